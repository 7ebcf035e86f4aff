using System.Globalization;
using AirportOps.Chaos.Checks;
using AirportOps.Chaos.Feeding;
using AirportOps.Chaos.Stages;
using AirportOps.Lake;
using AirportOps.Testing;
using Npgsql;

namespace AirportOps.Chaos.Outages;

/// <summary>
/// One <c>run</c> over a warehouse that is away in every way there is, one after another, while events go on: Bronze and Silver never pause,
/// load and Gold catch up by themselves each time, and at the end nothing differs from the ledger.
/// </summary>
/// <param name="options">How large.</param>
/// <param name="output">Told what happens.</param>
internal sealed class OutageRun(OutageOptions options, TextWriter output)
{
    private const int Shards = 4;
    private const string Bronze = "bronze";
    private const string Silver = "silver";

    private static readonly TimeSpan TimeForVerb = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TimeToBegin = TimeSpan.FromMinutes(2);

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly List<string> _faults = [];

    /// <summary>Does all of it.</summary>
    /// <returns>What was wrong; empty when all held.</returns>
    internal async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        await using var places = await OutagePlaces.OpenAsync(options.IsOnEmulators, Shards, cancellationToken);
        await using var folder = new RoundFolder { Settings = places.Settings };
        await using var server = await PostgresServer.CreateAsync(folder["server"], cancellationToken);
        string[] all = [.. places.Options, "--warehouse", server.Uri];
        await server.StopAsync(isImmediate: false, cancellationToken);

        var source = new SourceOptions(options.Events, options.Rate, options.Seed, Shards);
        await using var sending = folder.Start([.. source.Arguments, "--ledger", folder.Ledger, .. places.Options]);
        var lake = places.OpenLake(folder);
        await using var progress = LakeProgress.Start(lake, () => !sending.HasEnded);
        string[] run = ["run", "--window-seconds", "1", "--bronze-seconds", "2", "--shards", Text(Shards), .. all];
        var stage = new SupervisedStage("run", () => folder.Start(run));
        await using (stage)
        {
            stage.Start();
            try
            {
                await CasesAsync(new Scene(folder, server, progress, all, () => !sending.HasEnded), cancellationToken);
                CheckProgress(progress, "all cases");
            }
            catch (TimeoutException late)
            {
                _faults.Add(late.Message);
            }

            var sent = await sending.WaitAsync(TimeForVerb, cancellationToken);
            if (sent.ExitCode != 0)
            {
                _faults.Add($"the source ended with {Text(sent.ExitCode)}: {sent.Error.Trim()}");
            }

            await stage.StopAsync();
            _faults.AddRange(stage.Faults);
        }

        if (_faults.Count == 0)
        {
            await CheckAsync(folder, lake, all, cancellationToken);
        }

        foreach (var line in _faults.Count == 0 ? [] : stage.LastLines(40))
        {
            await output.WriteLineAsync($"  {line}");
        }

        return _faults;
    }

    private async Task CasesAsync(Scene scene, CancellationToken cancellationToken)
    {
        var (_, server, progress, _, _) = scene;
        await Deadline.UntilAsync(
            "Bronze and Silver have committed something of every shard, with no server there",
            () => progress.Shards(Bronze) == Shards && progress.Shards(Silver) == Shards,
            TimeToBegin,
            cancellationToken);
        progress.Restart();
        await Task.Delay(options.ShortlyAway, cancellationToken);
        await SayAsync(progress, "started with no server there");

        await server.StartAsync(cancellationToken);
        await Task.Delay(options.ShortlyAway, cancellationToken);
        await SayAsync(progress, "the server is there, its schema is not");
        await DoneAsync(scene.Folder, ["migrate", "up", .. scene.Places], cancellationToken);
        await CaughtUpAsync(scene, "migrate up from beside", cancellationToken);

        await server.StopAsync(isImmediate: false, cancellationToken);
        await Task.Delay(options.Away, cancellationToken);
        await server.StartAsync(cancellationToken);
        await CaughtUpAsync(scene, string.Create(CultureInfo.InvariantCulture, $"stopped for {options.Away.TotalSeconds:0} s"), cancellationToken);

        await Deadline.UntilAsync(
            "a backend that serves the run", () => PostgresProcesses.Backends(server.Data).Count > 0, TimeToBegin, cancellationToken);
        await Signals.SendAsync("KILL", PostgresProcesses.Backends(server.Data)[0]);
        await CaughtUpAsync(scene, "a backend killed", cancellationToken);

        await PostgresProcesses.KillPostmasterAsync(server.Data);
        await Task.Delay(options.ShortlyAway, cancellationToken);
        await server.StartAsync(cancellationToken);
        await CaughtUpAsync(
            scene,
            string.Create(CultureInfo.InvariantCulture, $"the postmaster killed, back after {options.ShortlyAway.TotalSeconds:0} s"),
            cancellationToken);
    }

    /// <summary>Waits until Gold has every window that Silver had when the server came back and, while events are sent, one more of each shard.</summary>
    private async Task CaughtUpAsync(Scene scene, string what, CancellationToken cancellationToken)
    {
        var back = TimeProvider.System.GetTimestamp();
        var newer = scene.IsSending() ? 1 : 0;
        var expected = await scene.Progress.WindowsAsync(cancellationToken);
        await Deadline.UntilAsync(
            $"load and Gold have caught up after: {what}",
            async () =>
            {
                var built = await BuiltAsync(scene.Server.Uri, cancellationToken);
                return expected.All(shard => built.GetValueOrDefault(shard.Key) >= shard.Value + (scene.IsSending() ? newer : 0));
            },
            options.TimeToCatchUp,
            cancellationToken);
        var after = TimeProvider.System.GetElapsedTime(back);
        await SayAsync(scene.Progress, string.Create(CultureInfo.InvariantCulture, $"{what}: caught up {after.TotalSeconds:0.0} s after{(newer == 0 ? ", when all was sent" : "")}"));
    }

    /// <summary>The newest window of each shard that the star schema was built from; none while the server doesn't answer.</summary>
    private static async Task<Dictionary<string, long>> BuiltAsync(string uri, CancellationToken cancellationToken)
    {
        const string Query = """
            SELECT shard, MAX(ordinal) FROM ops.load_batch WHERE load_number <= (SELECT MAX(to_load) FROM ops.gold_build) GROUP BY shard
            """;
        var built = new Dictionary<string, long>(StringComparer.Ordinal);
        var place = new Uri(uri);
        try
        {
            await using var source = NpgsqlDataSource.Create(
                $"Host={place.Host};Port={place.Port};Username={place.UserInfo};Database={place.AbsolutePath[1..]};Pooling=false");
            await using var command = source.CreateCommand(Query);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                built[rows.GetString(0)] = rows.GetInt64(1);
            }
        }
        catch (NpgsqlException)
        {
            // It recovers, or the connection was among those that a crash ended; asked again until the deadline.
        }

        return built;
    }

    private async Task CheckAsync(RoundFolder folder, ILake lake, string[] places, CancellationToken cancellationToken)
    {
        await DoneAsync(folder, ["run", "--once", .. places], cancellationToken);
        var verified = await DoneAsync(folder, ["verify", "--ledger", folder.Ledger, .. places], cancellationToken);
        await DoneAsync(folder, ["gold", "test", .. places], cancellationToken);
        _faults.AddRange(await SilverObjects.StrayAsync(lake, cancellationToken));
        await output.WriteLineAsync(verified.Output.TrimEnd());
    }

    private async Task<ProgramEnd> DoneAsync(RoundFolder folder, string[] words, CancellationToken cancellationToken)
    {
        await using var process = folder.Start(words);
        var end = await process.WaitAsync(TimeForVerb, cancellationToken);
        if (end.ExitCode != 0)
        {
            _faults.Add($"'{process.CommandLine}' ended with {Text(end.ExitCode)}: {end.Output.Trim()} {end.Error.Trim()}");
        }

        return end;
    }

    private void CheckProgress(LakeProgress progress, string what)
    {
        foreach (var stage in new[] { Bronze, Silver })
        {
            if (progress.LongestPause(stage) is var pause && pause > options.LongestPause)
            {
                _faults.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"a shard of {stage} got nothing for {pause.TotalSeconds:0.0} s in {what}, more than {options.LongestPause.TotalSeconds:0} s"));
            }
        }
    }

    private Task SayAsync(LakeProgress progress, string what) => output.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetElapsedTime(_started).TotalSeconds,6:0.0} s: {what}; longest pause of a shard so far: ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"Bronze {progress.LongestPause(Bronze).TotalSeconds:0.0} s, Silver {progress.LongestPause(Silver).TotalSeconds:0.0} s"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the cases work with.</summary>
    private sealed record Scene(RoundFolder Folder, PostgresServer Server, LakeProgress Progress, string[] Places, Func<bool> IsSending);
}
