using System.Globalization;
using AirportOps.Reference.Sources;
using AirportOps.Reference.Time;

namespace AirportOps.Reference.Tests;

/// <summary>Local times at airports whose zone OpenFlights lacks or has outdated, against the system's time zone database and its own code.</summary>
public sealed class ChangedZoneTests
{
    private const int Seed = 20261130;

    [Fact]
    public void Local_times_at_changed_airports_are_those_of_the_systems_time_zones()
    {
        var before = DelimitedRows.OpenFlights.Read(EmbeddedFile.Read("openflights_airports.dat.gz"))
            .Where(row => row[4] is not null).DistinctBy(row => row[4]).ToDictionary(row => row[4]!, row => row[11], StringComparer.Ordinal);
        var changed = ReferenceTables.Default.Airports.DistinctBy(airport => airport.Iata)
            .Where(airport => airport.TimeZone is not null && IsAnotherClock(before.GetValueOrDefault(airport.Iata), airport.TimeZone))
            .OrderBy(airport => airport.Iata, StringComparer.Ordinal).ToList();
        Assert.True(changed.Count > 500, $"only {changed.Count} airports changed");

        var random = new Random(Seed);
        var firstDay = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        foreach (var airport in changed)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(airport.TimeZone!);
            for (var i = 0; i < 10; i++)
            {
                var local = firstDay.AddMinutes(random.Next(11 * 365 * 24 * 60));
                if (zone.IsInvalidTime(local) || zone.IsAmbiguousTime(local))
                {
                    continue;
                }

                var expected = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUnixTimeSeconds();
                var found = LocalClock.Find(airport.TimeZone)!.ToUtc((local.Ticks - DateTime.UnixEpoch.Ticks) / 10) / 1_000_000;
                Assert.True(
                    expected == found,
                    string.Create(CultureInfo.InvariantCulture, $"{airport.Iata} {airport.TimeZone} {local:O}: {expected} expected, {found} found (seed {Seed})"));
            }
        }
    }

    /// <summary>Whether two zones had different clocks since 2015; names differ more often than clocks.</summary>
    private static bool IsAnotherClock(string? before, string now)
    {
        if (before is null)
        {
            return true;
        }

        var (old, today) = (TimeZoneInfo.FindSystemTimeZoneById(before), TimeZoneInfo.FindSystemTimeZoneById(now));
        return Enumerable.Range(0, 12 * 12).Select(month => new DateTime(2015, 1, 15, 12, 0, 0, DateTimeKind.Utc).AddMonths(month))
            .Any(instant => old.GetUtcOffset(instant) != today.GetUtcOffset(instant));
    }
}
