using System.Text.Json;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

/// <summary>Stages that were down for longer than the stream keeps its records, as an operator meets it.</summary>
public sealed class GapTests
{
    [Fact]
    public async Task What_only_Silver_missed_comes_from_Bronze_and_nothing_is_lost()
    {
        await using var folder = new TestFolder();
        await SendAsync(folder, 1, events: 1000);
        (await folder.RunAsync("silver", "--once", "--no-load")).Done();
        await SendAsync(folder, 2, events: 4000);
        (await folder.RunAsync("bronze", "--once")).Done();
        await SendAsync(folder, 3, events: 500);

        (await folder.RunAsync("silver", "--once", "--no-load")).Done();

        (await folder.RunAsync("verify", "--no-gold", "--ledger", "1.jsonl", "--ledger", "2.jsonl", "--ledger", "3.jsonl")).Done();
    }

    [Fact]
    public async Task What_only_Silver_missed_comes_from_a_raw_zone_in_a_lake_of_its_own()
    {
        await using var folder = new TestFolder();
        string[] raw = ["--bronze-lake", $"file:{folder["raw"]}"];
        await SendAsync(folder, 1, events: 1000);
        (await folder.RunAsync("silver", "--once", "--no-load")).Done();
        await SendAsync(folder, 2, events: 4000);
        (await folder.RunAsync(["bronze", "--once", .. raw])).Done();
        await SendAsync(folder, 3, events: 500);

        Assert.Equal(1, (await folder.RunAsync("silver", "--once", "--no-load")).ExitCode);
        (await folder.RunAsync(["silver", "--once", "--no-load", .. raw])).Done();

        (await folder.RunAsync("verify", "--no-gold", "--ledger", "1.jsonl", "--ledger", "2.jsonl", "--ledger", "3.jsonl")).Done();
        Assert.False(folder.HasFile(".airportops/lake/bronze"));
        var status = (await folder.RunAsync(["status", "--no-warehouse", "--json", .. raw])).Done();
        Assert.NotNull(JsonDocument.Parse(status.Output).RootElement.GetProperty("shards")[0].GetProperty("bronze_sequence").GetString());
    }

    [Fact]
    public async Task What_nobody_has_stops_both_stages_and_accepted_shows_as_missing_everywhere()
    {
        await using var folder = new TestFolder();
        await SendAsync(folder, 1, events: 1000);
        (await folder.RunAsync("bronze", "--once")).Done();
        (await folder.RunAsync("silver", "--once", "--no-load")).Done();
        await SendAsync(folder, 2, events: 4000);
        await SendAsync(folder, 3, events: 500);

        foreach (var stage in (string[])["bronze", "silver"])
        {
            var stopped = await folder.RunAsync([stage, "--once", .. stage == "silver" ? (string[])["--no-load"] : []]);
            Assert.Equal(1, stopped.ExitCode);
            Assert.Contains("Shard shardId-000000000000 of stream airport-events: the stream no longer has the records up to ", stopped.Error, StringComparison.Ordinal);
            Assert.Contains($"start '{stage}' with --accept-gap", stopped.Error, StringComparison.Ordinal);
        }

        (await folder.RunAsync("run", "--once", "--accept-gap")).Done();

        Assert.Single(Directory.EnumerateFiles(folder[".airportops/lake/bronze"], "*.gap.json", SearchOption.AllDirectories));
        var status = JsonDocument.Parse((await folder.RunAsync("status", "--json")).Done().Output).RootElement;
        Assert.Equal(1, status.GetProperty("warehouse").GetProperty("gaps").GetInt32());

        // The manifests tell of it too, windows later and without the warehouse.
        await SendAsync(folder, 4, events: 100);
        (await folder.RunAsync("silver", "--once", "--no-load")).Done();
        var shown = (await folder.RunAsync("status", "--no-warehouse")).Done();
        Assert.Matches("gap in shardId-000000000000: records between [0-9]+ and [0-9]+ were lost, arrived from ", shown.Output);
        var tests = await folder.RunAsync("gold", "test");
        Assert.Equal(1, tests.ExitCode);
        Assert.Contains("gaps", tests.Output + tests.Error, StringComparison.Ordinal);
        var verified = await folder.RunAsync("verify", "--ledger", "1.jsonl", "--ledger", "3.jsonl");
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains("were lost", verified.Output + verified.Error, StringComparison.Ordinal);
    }

    /// <summary>Every writer starts a new file, and drops what is more than a mebibyte of files before it.</summary>
    private static async Task SendAsync(TestFolder folder, int seed, int events) => (await folder.RunAsync(
        new Dictionary<string, string> { ["AIRPORTOPS_RETENTION__BYTES"] = $"{1 << 20}" },
        "simulate", "--events", $"{events}", "--seed", $"{seed}", "--shards", "1", "--mess", "0.2", "--date", $"2024-05-1{seed}", "--ledger", $"{seed}.jsonl")).Done();
}
