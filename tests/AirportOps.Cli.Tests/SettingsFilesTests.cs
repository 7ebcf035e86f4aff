using AirportOps.Cli.Settings;
using AirportOps.Reliability;

namespace AirportOps.Cli.Tests;

/// <summary>The settings files that docs ships are ones the program reads.</summary>
public sealed class SettingsFilesTests
{
    [Fact]
    public void The_minimal_file_is_all_that_is_needed()
    {
        var settings = Read("minimal.json");

        Assert.Equal("/var/lib/airportops", settings.Data);
        Assert.Equal("local:/var/lib/airportops/stream/airport-events", settings.Stream);
        Assert.Equal("file:/var/lib/airportops/lake", settings.Lake);
        Assert.Equal("local:/var/lib/airportops/warehouse", settings.Warehouse);
    }

    [Fact]
    public void The_reference_file_has_every_setting_with_its_default_but_for_retention()
    {
        var settings = Read("reference.json");
        var defaults = SettingsReader.Read([], []);

        Assert.Equal((168, 10L << 30), (settings.RetentionHours, settings.RetentionBytes));
        Assert.Equal(
            defaults,
            settings with
            {
                Stream = defaults.Stream,
                Lake = defaults.Lake,
                Warehouse = defaults.Warehouse,
                RetentionHours = null,
                RetentionBytes = null,
            });
    }

    [Fact]
    public void A_window_is_stuck_only_beyond_the_age_at_which_it_closes()
    {
        Assert.Equal(TimeSpan.FromSeconds(360), StuckAfter(("Window:Seconds", "60")));
        Assert.Equal(TimeSpan.FromSeconds(70), StuckAfter(("Window:Seconds", "60"), ("Alerts:StuckWindowSeconds", "10")));
        Assert.Equal(TimeSpan.Zero, StuckAfter(("Window:Seconds", "60"), ("Alerts:StuckWindowSeconds", "0")));

        static TimeSpan StuckAfter(params (string Key, string? Value)[] options) =>
            SettingsReader.Read([], options.Select(option => KeyValuePair.Create(option.Key, option.Value))).Alerts.Options.StuckAfter;
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        var wrong = Assert.Throws<UsageException>(() => SettingsReader.Read([], [new("Shards", "0"), new("Window:Seconds", "soon")]));

        Assert.Equal(
            "the setting Shards is '0', expected a whole number from 1 to 64; the setting Window:Seconds is 'soon', expected a number from 0.001 to 3600",
            wrong.Message);
    }

    [Fact]
    public void A_file_of_profiles_of_sources_is_read_and_what_is_wrong_with_it_told()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """[{"name":"acme","sources":["acme"]}]""");
            Assert.StartsWith("2 profiles-", SettingsReader.Read([], [new("Cleaning:Profiles", file)]).Cleaning.Rules, StringComparison.Ordinal);

            File.WriteAllText(file, """[{"name":"acme"}]""");
            Assert.Equal(
                "the setting Cleaning:Profiles: Profiles of sources: acme: it: expected sources or fingerprints, without which it fits no event.",
                Assert.Throws<UsageException>(() => SettingsReader.Read([], [new("Cleaning:Profiles", file)])).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static AppSettings Read(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AirportOps.sln")))
        {
            folder = folder.Parent;
        }

        return SettingsReader.Read([Path.Combine(folder.FullName, "docs", "settings", name)], []);
    }
}
