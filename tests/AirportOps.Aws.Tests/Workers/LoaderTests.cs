using AirportOps.Aws.Tests.Emulators;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Aws.Tests.Workers;

/// <summary>Several <c>load --follow</c> on one lake and warehouse: one loads, whatever becomes of it.</summary>
public sealed class LoaderTests(AwsEmulators emulators)
{
    [Fact]
    public async Task One_loads_and_another_takes_over_from_one_that_is_frozen_or_killed()
    {
        await using var scene = await WorkerScene.CreateAsync(emulators, shardCount: 2, leaseSeconds: 3);
        var loaders = new Dictionary<string, RunningProgram>
        {
            ["a"] = scene.StartWorker("a", "load", "--follow"),
            ["b"] = scene.StartWorker("b", "load", "--follow"),
        };
        var silver = scene.StartWorker("silver", "silver", "--no-load", "--window-seconds", "0.5");
        var feed = scene.Start("simulate", "--events", "4000", "--rate", "200", "--mess", "0.3", "--seed", "7", "--ledger", scene.Ledger);
        var first = await scene.LoaderAsync(_ => true, [.. loaders.Values]);

        var lease = (await scene.StatusAsync()).GetProperty("loaders").EnumerateArray().Single();
        Assert.StartsWith($"{first}-", lease.GetProperty("worker").GetString(), StringComparison.Ordinal);
        Assert.NotNull(lease.GetProperty("until").GetString());

        await loaders[first].SignalAsync("STOP");
        var second = await scene.LoaderAsync(name => name != first, silver);
        await loaders[first].SignalAsync("CONT");
        await loaders[second].SignalAsync("KILL");
        Assert.Equal(first, await scene.LoaderAsync(name => name == first, loaders[first], silver));

        (await feed.WaitAsync()).Done();
        (await scene.StartWorker("last", "silver", "--once", "--no-load").WaitAsync()).Done();
        await silver.SignalAsync("TERM");
        (await silver.WaitAsync()).Done();
        await loaders[first].SignalAsync("TERM");
        var told = (await loaders[first].WaitAsync()).Done();
        (await scene.Start("load").WaitAsync()).Done();
        (await scene.Start("gold", "build").WaitAsync()).Done();
        var verified = await scene.Start("verify", "--ledger", scene.Ledger).WaitAsync();

        Assert.Contains("leads no more", told.Error, StringComparison.Ordinal);
        Assert.Contains("stands by", told.Error, StringComparison.Ordinal);
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
    }

    [Fact]
    public async Task Silver_only_cleans_where_others_may_share_its_lake_and_warehouse()
    {
        await using var scene = await WorkerScene.CreateAsync(emulators, shardCount: 1, leaseSeconds: 3);
        (await scene.Start("simulate", "--events", "50", "--seed", "7").WaitAsync()).Done();

        // Nothing answers there, and nothing asks.
        var silver = (await scene.Start("silver", "--once", "--warehouse", "postgres://nobody@127.0.0.1:1/none").WaitAsync()).Done();

        Assert.Contains("'load --follow' loads", silver.Error, StringComparison.Ordinal);
        Assert.True(silver.Json.GetProperty("silver").GetProperty("rows").GetInt32() > 0);
        Assert.False(silver.Json.TryGetProperty("load", out _));
    }
}
