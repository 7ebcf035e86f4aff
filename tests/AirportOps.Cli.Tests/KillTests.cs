using System.Text.Json;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

/// <summary>Stages killed by SIGKILL while they work, over a stream that grows meanwhile.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Seed = 20_240_517;
    private const int LongestLifeMilliseconds = 1_500;

    private readonly Random _random = new(Seed);

    [Fact]
    public async Task Whatever_is_killed_whenever_the_end_is_that_of_an_undisturbed_run()
    {
        output.WriteLine($"seed {Seed}");
        await using var folder = new TestFolder();
        var growing = folder.Start(
            "simulate", "--events", "20000", "--rate", "2500", "--mess", "0.3", "--seed", "5", "--date", "2024-05-17", "--ledger", "ledger.jsonl");
        await TestFolder.UntilAsync(() => folder.HasFile(".airportops/stream"), growing);

        string[] services =
            ["bronze", "bronze", "silver --no-load --window-seconds 0.2", "silver --window-records 100", "run --window-seconds 0.2", "run", "run"];
        _random.Shuffle(services);
        foreach (var service in services)
        {
            await KillAsync(folder, service);
        }

        (await growing.WaitAsync()).Done();
        string[] verbs =
            ["bronze --once", "bronze --once", "silver --once --no-load", "load", "load", "load", "gold build", "gold build", "gold build"];
        _random.Shuffle(verbs);
        foreach (var verb in verbs)
        {
            await KillAsync(folder, verb);
        }

        (await folder.RunAsync("bronze", "--once")).Done();
        (await folder.RunAsync("silver", "--once", "--no-load")).Done();
        (await folder.RunAsync("load")).Done();
        (await folder.RunAsync("gold", "build")).Done();
        Assert.Empty(folder.Processes());

        string[] undisturbed = ["--lake", $"file:{folder["lake"]}", "--warehouse", $"local:{folder["warehouse"]}"];
        (await folder.RunAsync(["run", "--once", .. undisturbed])).Done();
        Assert.Equal(await Records.OfStreamAsync(folder[".airportops/stream/airport-events"]), Records.OfBronze(folder[".airportops/lake/bronze"]));
        Assert.Equal(await VerifyAsync(folder, undisturbed), await VerifyAsync(folder));
        Assert.Equal(await WarehouseDump.ReadAsync(folder, undisturbed), await WarehouseDump.ReadAsync(folder));
    }

    [Fact]
    public async Task A_warehouse_whose_creation_was_killed_is_created_by_the_next_command_at_once()
    {
        await using var folder = new TestFolder();
        var cluster = folder[".airportops/warehouse/cluster"];
        for (var kills = 0; kills < 3; kills++)
        {
            var before = Unfinished();
            var creating = folder.Start("migrate", "up");
            await TestFolder.UntilAsync(() => Unfinished().Except(before).Any(), creating);
            Assert.Equal(137, (await creating.KillAsync()).ExitCode);
        }

        (await folder.RunAsync("migrate", "up")).Done();
        await folder.UntilIdleAsync();
        (await folder.RunAsync("migrate", "status")).Done();
        Assert.Empty(Unfinished());

        string[] Unfinished() => Directory.Exists(cluster) ? Directory.GetDirectories(cluster, "data.new*") : [];
    }

    /// <summary>Starts a verb and kills it at a random moment of its life, from before it reads its settings to long after it has begun its work.</summary>
    private async Task KillAsync(TestFolder folder, string verb)
    {
        var life = TimeSpan.FromMilliseconds(_random.Next(LongestLifeMilliseconds));
        var program = folder.Start(verb.Split(' '));
        await Task.Delay(life, TestContext.Current.CancellationToken);
        var end = await program.KillAsync();
        output.WriteLine($"{verb} lived {life.TotalMilliseconds} ms and ended with {end.ExitCode}\n{end.Error}");
        Assert.Contains(end.ExitCode, (int[])[0, 137]);
    }

    /// <summary>The reconciliation with the ledger, all its figures.</summary>
    private static async Task<string> VerifyAsync(TestFolder folder, params string[] options)
    {
        var found = (await folder.RunAsync(["verify", "--ledger", "ledger.jsonl", "--json", .. options])).Done().Json;
        Assert.Equal(0, found.GetProperty("difference_count").GetInt32());
        return JsonSerializer.Serialize(found);
    }
}
