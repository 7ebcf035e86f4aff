using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

public sealed class GoldTestTests
{
    [Fact]
    public async Task A_spoilt_warehouse_is_an_exit_status_a_table_and_rows_in_the_books()
    {
        await using var folder = new TestFolder();
        folder.Write("flights.csv", Flights.Csv);
        (await folder.RunAsync("ingest", "flights", "flights.csv")).Done();
        (await folder.RunAsync("run", "--once")).Done();
        (await folder.RunAsync("gold", "test")).Done();
        File.Delete(Directory.EnumerateFiles(Path.Combine(folder.Path, ".airportops", "lake", "silver", "_windows"), "*.json", SearchOption.AllDirectories).First());

        var outcome = await folder.RunAsync("gold", "test", "--select", "load_batch");

        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Contains("ops.load_batch.manifests  failed", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("no manifest", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Data test ops.load_batch.manifests: 1 rows fail", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(
            "1",
            (await folder.RunAsync("sql", "SELECT COUNT(*) AS n FROM ops.test_failure", "--csv")).Done().Output.Split('\n')[1].Trim());
    }

    [Fact]
    public async Task A_selection_of_nothing_is_wrong_usage()
    {
        await using var folder = new TestFolder();

        var outcome = await folder.RunAsync("gold", "test", "--select", "fact_fligt");

        Assert.Equal(ExitCode.Usage, outcome.ExitCode);
        Assert.Equal("airportops: No data test is called 'fact_fligt'.", outcome.ErrorLines[^1]);
    }
}
