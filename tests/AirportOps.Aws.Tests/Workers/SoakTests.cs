using System.Globalization;
using System.Text.Json;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Cli.Tests.Support;
using AirportOps.Pipeline.Workers;
using AirportOps.Streams;
using AirportOps.Warehouse.Tests.Gold;

namespace AirportOps.Aws.Tests.Workers;

/// <summary>
/// All stages in several processes on emulators, under load, while shards are split and merged and workers killed, frozen, added and stopped. Small among
/// the ordinary tests; <c>./dev soak</c> runs it in full.
/// </summary>
public sealed class SoakTests(AwsEmulators emulators, ITestOutputHelper output)
{
    /// <summary>Far more than anything takes at any size.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly long _started = TimeProvider.System.GetTimestamp();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Events => Size("AIRPORTOPS_SOAK_EVENTS", 5_000);

    /// <summary>Events a second.</summary>
    private static int Rate => Size("AIRPORTOPS_SOAK_RATE", 500);

    private static int LeaseSeconds => Size("AIRPORTOPS_SOAK_LEASE_SECONDS", 4);

    [Fact]
    public async Task Whatever_becomes_of_workers_and_shards_nothing_is_lost_nor_doubled_and_Gold_is_that_of_one_undisturbed_worker()
    {
        await using var scene = await WorkerScene.CreateAsync(emulators, shardCount: 4, LeaseSeconds);
        var window = new[] { "--window-seconds", "0.5", "--window-records", "5000" };
        var archiver = scene.StartWorker("archiver", "bronze");
        var a = scene.StartWorker("a", ["silver", "--no-load", .. window]);
        var b = scene.StartWorker("b", ["silver", "--no-load", .. window]);
        var c = scene.StartWorker("c", ["run", .. window]);
        var feed = scene.Start(
            "simulate", "--events", $"{Events}", "--rate", $"{Rate}", "--mess", "0.3", "--seed", "7", "--ledger", scene.Ledger);
        await scene.UntilAsync(
            "each worker had a shard", leases => WorkerScene.Has(leases, "a") && WorkerScene.Has(leases, "b") && WorkerScene.Has(leases, "c"), archiver, a, b, c);
        Say("three workers share four shards");

        var parent = await scene.SplitAsync();
        await scene.UntilAsync("the split was followed", leases => leases.Count(lease => lease.Owner is not null) == 5 && Ended(leases, parent), archiver, a, b, c);
        Say($"{parent} is split, and its children have workers");

        await b.SignalAsync("STOP");
        await scene.UntilAsync("the frozen worker was replaced", leases => !WorkerScene.Has(leases, "b"), archiver, a, c);
        Say("b is frozen, and others have its shards");
        await b.SignalAsync("CONT");
        await scene.UntilAsync("the worker that came back had shards again", leases => WorkerScene.Has(leases, "b"), archiver, a, b, c);
        Say("b is back, and has shards again");

        await a.SignalAsync("KILL");
        await scene.UntilAsync("the killed worker was replaced", leases => !WorkerScene.Has(leases, "a"), archiver, b, c);
        var d = scene.StartWorker("d", ["silver", "--no-load", .. window]);
        await scene.UntilAsync("the added worker had a shard", leases => WorkerScene.Has(leases, "d"), archiver, b, c, d);
        Say("a is killed, and d, started instead, has shards");

        var merged = await scene.MergeAsync();
        await scene.UntilAsync(
            "the merge was followed",
            leases => leases.Count(lease => lease.Owner is not null) == 4 && merged.All(shard => Ended(leases, shard)),
            archiver, b, c, d);
        Say($"{string.Join(" and ", merged)} are merged, and their child has a worker");

        var sent = await DoneAsync(feed);
        Say($"{sent.GetProperty("events")} events are sent in {sent.GetProperty("records")} records");
        await d.SignalAsync("TERM");
        (await d.WaitAsync()).Done();
        Assert.False(WorkerScene.Has(await scene.LeasesAsync(ShardLeases.Silver), "d"));

        var last = await Task.WhenAll(
            DoneAsync(scene.StartWorker("last", ["silver", "--once", "--no-load", .. window])), DoneAsync(scene.StartWorker("last", "bronze", "--once")));
        var status = await scene.StatusAsync();
        Say($"all is cleaned, {last[0].GetProperty("silver").GetProperty("records")} of the records by a worker that came to help");
        foreach (var service in new[] { archiver, b, c })
        {
            await service.SignalAsync("TERM");
        }

        foreach (var service in new[] { archiver, b, c, d })
        {
            output.WriteLine((await service.WaitAsync()).Done().Error);
        }

        Assert.All([.. await scene.LeasesAsync(ShardLeases.Silver), .. await scene.LeasesAsync(ShardLeases.Bronze)], lease => Assert.Null(lease.Owner));
        await DoneAsync(scene.Start("load"));
        await DoneAsync(scene.Start("gold", "build"));
        var verified = await scene.Start("verify", "--ledger", scene.Ledger).WaitAsync(Patience);
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
        var silver = verified.Json.GetProperty("silver");
        Say($"verify: {JsonSerializer.Serialize(silver)}, differences: {verified.Json.GetProperty("difference_count")}");
        AssertWorkersAreShown(status);
        var records = await scene.RecordsAsync();
        Assert.Equal(sent.GetProperty("records").GetInt32(), records.Count);
        Assert.Equal(records.Count, silver.GetProperty("records").GetInt32());
        Assert.Equal(Texts(records), Texts(await scene.ArchivedAsync()));
        var expected = await OfOneWorkerAsync(scene, records);
        var found = await StarAsync(scene, "--data", scene.Folder.Path);
        Assert.Equal(expected.Count, found.Count);
        Assert.Equal(expected, found);
        Say($"{found.Count} rows of Gold are equal");
    }

    private static void AssertWorkersAreShown(JsonElement status)
    {
        var workers = status.GetProperty("shards").EnumerateArray().Select(shard => shard.GetProperty("silver_worker")).ToList();
        Assert.Equal(3, workers.Count(worker => worker.GetProperty("ended").GetBoolean()));
        Assert.All(
            workers.Where(worker => !worker.GetProperty("ended").GetBoolean()),
            worker => Assert.Matches("^([bc]|last)-", worker.GetProperty("worker").GetString() ?? "b-: free for a moment"));
    }

    private static async Task<JsonElement> DoneAsync(RunningProgram program) => (await program.WaitAsync(Patience)).Done().Json;

    private static bool Ended(IEnumerable<Streams.Leases.Lease> leases, string shard) =>
        leases.Any(lease => lease.IsEnded && lease.Key.EndsWith($"/{shard}", StringComparison.Ordinal));

    private static int Size(string variable, int small) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var size) ? size : small;

    private static IEnumerable<string> Texts(IEnumerable<StreamRecord> records) =>
        records.Select(record => $"{record.Sequence} {record.PartitionKey} {Convert.ToHexString(record.Data.Span)}").Order(StringComparer.Ordinal);

    /// <summary>What the same records come to in an embedded stream, lake and warehouse.</summary>
    private async Task<List<string>> OfOneWorkerAsync(WorkerScene scene, IReadOnlyList<StreamRecord> records)
    {
        var data = scene.Folder["embedded"];
        await using (var stream = LocalStream.Open(Path.Combine(data, "stream", "airport-events"), new LocalStreamOptions { ShardCount = 4 }, TimeProvider.System))
        await using (var writer = await stream.OpenWriterAsync(Token))
        {
            foreach (var batch in records.Chunk(5_000))
            {
                await writer.WriteAsync([.. batch.Select(record => new OutgoingRecord(record.PartitionKey, record.Data))], Token);
            }
        }

        await DoneAsync(scene.Folder.Start("run", "--once", "--data", data, "--json"));
        Say("one undisturbed worker has done the same");
        return await StarAsync(scene, "--data", data);
    }

    /// <summary>All rows of the star, sorted.</summary>
    private static async Task<List<string>> StarAsync(WorkerScene scene, params string[] place)
    {
        // One query for all tables: each call of the program starts the warehouse and stops it.
        var columns = (await RowsAsync(StarQueries.Columns)).Select(column => column.Split(','));
        var tables = columns.GroupBy(column => column[0], column => column[1])
            .Select(table => $"SELECT '{table.Key} ' || CAST(ROW_TO_JSON(q) AS VARCHAR) AS content FROM ({StarQueries.Of(table.Key, table)}) q");
        return [.. (await RowsAsync(string.Join(" UNION ALL ", tables))).Order(StringComparer.Ordinal)];

        async Task<IEnumerable<string>> RowsAsync(string query)
        {
            var answer = (await scene.Folder.RunAsync(["sql", query, "--csv", .. place])).Done();
            return answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.TrimEnd('\r'));
        }
    }

    private void Say(string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(_started).TotalSeconds,6:0.0} s: {what}");
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
