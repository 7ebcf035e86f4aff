using System.Text.Json;

namespace AirportOps.Cli.Tests;

public sealed class DemoTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public void Interrupted_it_fails_with_one_line_and_leaves_nothing_running()
    {
        Assert.Equal(
            "demo was stopped before its end; nothing is lost, and the same command goes on or starts anew", demo.Interrupted.Failed());
        Assert.Empty(demo.LeftByInterrupted);
    }

    [Fact]
    public void It_reconciles_even_after_one_that_was_interrupted()
    {
        var report = demo.Demo.Done().Json;

        Assert.True(report.GetProperty("reconciles").GetBoolean());
        Assert.All(report.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("holds").GetBoolean(), check.ToString()));
        Assert.Equal(5000, report.GetProperty("reconciliation").GetProperty("ledger").GetProperty("events").GetInt32());
        Assert.Empty(demo.LeftByDemo);
    }

    /// <summary>The Bureau of Transportation Statistics' own figures of these days, worked out from its file.</summary>
    [Fact]
    public void Its_figures_of_the_real_days_are_exact()
    {
        Assert.Equal(
            """{"legs":46125,"cancelled":1054,"diverted":101,"mean_arrival_delay_min":13.724,"late_15_percent":31.93}""",
            Figure("US domestic network, 1 to 3 January 2015: all legs"));
        Assert.StartsWith("""{"late_aircraft":332255,""", Figure("Minutes of arrival delay by cause"), StringComparison.Ordinal);
    }

    private string Figure(string title)
    {
        var figure = Assert.Single(
            demo.Demo.Json.GetProperty("figures").EnumerateArray(), figure => figure.GetProperty("title").GetString() == title);
        return JsonSerializer.Serialize(Assert.Single(figure.GetProperty("rows").EnumerateArray()));
    }
}
