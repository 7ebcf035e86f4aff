using System.Text.Json;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

public sealed class StopTests
{
    [Theory]
    [InlineData("bronze", "TERM")]
    [InlineData("silver --no-load --window-seconds 0.2", "INT")]
    [InlineData("run --window-seconds 0.2", "TERM")]
    public async Task A_service_that_is_stopped_ends_with_0_and_all_it_counted_stands(string service, string signal)
    {
        await using var folder = new TestFolder();
        var growing = folder.Start(
            "simulate", "--events", "10000", "--rate", "4000", "--mess", "0.3", "--date", "2024-05-17", "--ledger", "ledger.jsonl");
        await TestFolder.UntilAsync(() => folder.HasFile(".airportops/stream"), growing);
        var running = folder.Start([.. service.Split(' '), "--json"]);
        await TestFolder.UntilAsync(() => service == "bronze" ? growing.HasEnded : folder.HasFile(".airportops/lake/silver/_windows"), running);

        await running.SignalAsync(signal);
        var counted = (await running.WaitAsync()).Done().Json;

        if (counted.TryGetProperty("bronze", out var bronze))
        {
            Assert.Equal(Count(bronze, "records"), folder.HasFile(".airportops/lake/bronze") ? Records.OfBronze(folder[".airportops/lake/bronze"]).Count : 0);
        }

        if (counted.TryGetProperty("silver", out var silver))
        {
            var standing = (await folder.RunAsync("verify", "--no-gold", "--ledger", "ledger.jsonl", "--json")).Json.GetProperty("silver");
            Assert.All(["records", "events", "rows", "duplicates", "refused"], name => Assert.Equal(Count(silver, name), Count(standing, name)));
        }

        if (counted.TryGetProperty("load", out var load))
        {
            // The service may have been stopped before its loader had a warehouse.
            (await folder.RunAsync("migrate", "up")).Done();
            Assert.Equal(Count(load, "rows"), (await WarehouseDump.ReadAsync(folder)).Count(line => !line.StartsWith("leg,", StringComparison.Ordinal)));
        }

        (await growing.WaitAsync()).Done();
        (await folder.RunAsync("run", "--once")).Done();
        (await folder.RunAsync("verify", "--ledger", "ledger.jsonl")).Done();
        Assert.Empty(folder.Processes());
    }

    [Fact]
    public async Task Objects_of_the_raw_zone_close_at_the_age_that_the_option_says_while_the_archiver_goes_on()
    {
        await using var folder = new TestFolder();
        (await folder.RunAsync("simulate", "--events", "500")).Done();
        var started = TimeProvider.System.GetTimestamp();
        var archiving = folder.Start("bronze", "--bronze-seconds", "0.2");

        await TestFolder.UntilAsync(() => folder.HasFile(".airportops/lake/bronze"), archiving);

        Assert.False(archiving.HasEnded);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(50));
        await archiving.SignalAsync("TERM");
        (await archiving.WaitAsync()).Done();
    }

    [Fact]
    public async Task A_service_that_is_stopped_while_its_warehouse_is_created_ends_with_0_and_leaves_no_server()
    {
        await using var folder = new TestFolder();
        var running = folder.Start("run");
        await TestFolder.UntilAsync(() => Directory.Exists(folder[".airportops/warehouse/cluster"]), running);

        await running.SignalAsync("TERM");

        (await running.WaitAsync()).Done();
        await folder.UntilIdleAsync();
        (await folder.RunAsync("migrate", "up")).Done();
        Assert.Empty(folder.Processes());
    }

    [Fact]
    public async Task A_verb_that_has_an_end_and_is_stopped_before_it_says_so_and_fails()
    {
        await using var folder = new TestFolder();
        var simulating = folder.Start("simulate", "--events", "1000000", "--rate", "10");
        await TestFolder.UntilAsync(() => folder.HasFile(".airportops/stream"), simulating);

        await simulating.SignalAsync("INT");

        Assert.Equal(
            "simulate was stopped before its end; nothing is lost, and the same command goes on or starts anew",
            (await simulating.WaitAsync()).Failed());
    }

    [Fact]
    public async Task Clean_that_waits_for_standard_input_stops_at_once_and_leaves_nothing()
    {
        await using var folder = new TestFolder();
        var cleaning = folder.StartWithInput("clean", "-", "--out", "out");
        await TestFolder.UntilAsync(() => Directory.Exists(folder["out/.clean/new"]), cleaning);

        var asked = TimeProvider.System.GetTimestamp();
        await cleaning.SignalAsync("INT");
        var said = (await cleaning.WaitAsync()).Failed();

        Assert.InRange(TimeProvider.System.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal("clean was stopped before its end; nothing is lost, and the same command goes on or starts anew", said);
        Assert.False(folder.HasFile("out"));
    }

    private static int Count(JsonElement result, string name) => result.GetProperty(name).GetInt32();
}
