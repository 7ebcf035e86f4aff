using AirportOps.Chaos.Checks;
using AirportOps.Chaos.Feeding;
using AirportOps.Chaos.Planning;
using AirportOps.Chaos.Stages;
using AirportOps.Testing;

namespace AirportOps.Chaos.Rounds;

/// <summary>One round: a pipeline of real processes in a folder of its own is hurt as planned, ends in order, is worked off and checked.</summary>
/// <param name="plan">What happens.</param>
/// <param name="size">How much is sent.</param>
/// <param name="keepsFailed">Whether the folder of a round that failed stays.</param>
internal sealed class Round(RoundPlan plan, RoundSize size, bool keepsFailed)
{
    private const int TailLines = 40;

    private static readonly TimeSpan TimeToBegin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TimeForVerb = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TimeForTarget = TimeSpan.FromSeconds(10);

    /// <summary>What somebody may type while the pipeline works.</summary>
    private static readonly string[][] Verbs = [["status"], ["gold", "build"], ["gold", "test"], ["load"], ["migrate", "status"], ["sql", "SELECT 1"]];

    private readonly Lock _lock = new();
    private readonly Dictionary<HurtKind, int> _applied = [];
    private readonly List<string> _faults = [];
    private readonly List<string> _lastLines = [];

    /// <summary>Does all of it.</summary>
    internal async Task<RoundResult> RunAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var folder = new RoundFolder();
        PostgresServer? own = null;
        try
        {
            own = plan.HasOwnServer ? await PostgresServer.CreateAsync(folder["server"], cancellationToken) : null;
            await RunAsync(folder, own, cancellationToken);
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException or IOException)
        {
            Fault(failure.Message);
        }
        finally
        {
            await (own?.DisposeAsync() ?? default);
        }

        folder.IsKept = keepsFailed && _faults.Count > 0;
        if (folder.IsKept)
        {
            _lastLines.Add($"the round's folder is kept: {folder.Path}");
        }

        return new RoundResult(plan, _applied, TimeProvider.System.GetElapsedTime(began), _faults, _lastLines);
    }

    private async Task RunAsync(RoundFolder folder, PostgresServer? own, CancellationToken cancellationToken)
    {
        string[] places = own is null ? [] : ["--warehouse", own.Uri];
        var late = plan.Hurts.FirstOrDefault(hurt => hurt.Kind == HurtKind.Late);
        await DoneAsync(folder, ["migrate", "up", .. places], cancellationToken);
        if (late is not null)
        {
            await own!.StopAsync(isImmediate: false, cancellationToken);
        }

        var options = SourceOptions.Of(plan, size);
        var source = new Source(folder, options);
        var sending = source.RunAsync(cancellationToken);
        await Deadline.UntilAsync(
            "the source has made its stream", () => Directory.Exists(folder.Stream) || sending.IsCompleted, TimeToBegin, cancellationToken);
        using var warehouse = new HurtWarehouse(own?.Data ?? folder.ClusterData, own);
        var stages = StageCommands.Of(plan)
            .Select(command => new SupervisedStage(command, () => folder.Start([.. command.Split(' '), .. places])))
            .ToList();
        try
        {
            stages.ForEach(stage => stage.Start());
            var scene = new Scene(folder, places, source, stages, warehouse, own);
            var hurts = plan.Hurts.Select(hurt => HurtAsync(hurt, scene, cancellationToken)).ToList();
            await Task.WhenAll(hurts.Prepend(sending));
            foreach (var stage in stages)
            {
                await stage.StopAsync();
            }

            if (await sending is { } unsent)
            {
                Fault(unsent);
            }
        }
        finally
        {
            foreach (var stage in stages)
            {
                await stage.DisposeAsync();
                _faults.AddRange(stage.Faults);
                _lastLines.Add($"--- {stage.Name}");
                _lastLines.AddRange(stage.LastLines(TailLines));
            }
        }

        if (_faults.Count == 0)
        {
            foreach (var command in StageCommands.Drain(plan))
            {
                await DoneAsync(folder, [.. command.Split(' '), .. places], cancellationToken);
            }

            _faults.AddRange(await new RoundChecks(folder, places, own is null ? null : folder["server"]).RunAsync(cancellationToken));
        }
    }

    /// <summary>Waits until a hurt's time has come, and does it.</summary>
    private async Task HurtAsync(Hurt hurt, Scene scene, CancellationToken cancellationToken)
    {
        await Task.Delay(hurt.At, cancellationToken);
        var began = TimeProvider.System.GetTimestamp();
        while (!await TryHurtAsync(hurt, scene, cancellationToken))
        {
            // The target is down for the moment, because of another hurt.
            if (TimeProvider.System.GetElapsedTime(began) > TimeForTarget)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        Applied(hurt.Kind);
    }

    /// <returns>False when there is no target now.</returns>
    private static async Task<bool> TryHurtAsync(Hurt hurt, Scene scene, CancellationToken cancellationToken)
    {
        var stage = scene.Stages[hurt.Pick % scene.Stages.Count];
        switch (hurt.Kind)
        {
            case HurtKind.Kill:
                return await stage.SignalAsync("KILL", hurt.For);
            case HurtKind.Freeze:
                var isFrozen = await stage.SignalAsync("STOP", null);
                await Task.Delay(isFrozen ? hurt.For : TimeSpan.Zero, cancellationToken);
                await stage.SignalAsync("CONT", null);
                return isFrozen;
            case HurtKind.Stop:
                var isAsked = await stage.SignalAsync("TERM", hurt.For);
                await (isAsked ? stage.UntilEndedAsync(cancellationToken) : Task.CompletedTask);
                return isAsked;
            case HurtKind.Second:
                // Whichever of the two the other has overtaken gives way.
                stage.MayGiveWay = true;
                await LiveAsync(scene, stage.Name.Split(' '), hurt.For, cancellationToken);
                return true;
            case HurtKind.Source:
                return await scene.Source.KillAsync(hurt.For);
            case HurtKind.Verb:
                await LiveAsync(scene, Verbs[hurt.Pick % Verbs.Length], hurt.For / 2, cancellationToken);
                return true;
            case HurtKind.Backend:
                return await scene.Warehouse.KillBackendAsync(hurt.Pick);
            case HurtKind.Postmaster:
                return await scene.Warehouse.KillPostmasterAsync(hurt.For, cancellationToken);
            case HurtKind.Server:
                return await scene.Warehouse.StopAsync(hurt.Pick % 2 == 0, hurt.For, cancellationToken);
            case HurtKind.Late:
                await Task.Delay(hurt.For, cancellationToken);
                await scene.Own!.StartAsync(cancellationToken);
                return true;
            default:
                throw new InvalidOperationException($"{hurt.Kind} is no kind of hurt.");
        }
    }

    /// <summary>Starts a process beside the stages, which lives for some time.</summary>
    private static async Task LiveAsync(Scene scene, string[] words, TimeSpan life, CancellationToken cancellationToken)
    {
        await using var process = scene.Folder.Start([.. words, .. scene.Places]);
        await Task.Delay(life, cancellationToken);
    }

    private static async Task DoneAsync(RoundFolder folder, string[] words, CancellationToken cancellationToken)
    {
        await using var process = folder.Start(words);
        var end = await process.WaitAsync(TimeForVerb, cancellationToken);
        if (end.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{process.CommandLine}' ended with {end.ExitCode}: {end.Error.Trim()}");
        }
    }

    private void Applied(HurtKind kind)
    {
        lock (_lock)
        {
            _applied[kind] = _applied.GetValueOrDefault(kind) + 1;
        }
    }

    private void Fault(string what)
    {
        lock (_lock)
        {
            _faults.Add(what);
        }
    }

    /// <summary>What a hurt may be done to.</summary>
    private sealed record Scene(
        RoundFolder Folder, string[] Places, Source Source, IReadOnlyList<SupervisedStage> Stages, HurtWarehouse Warehouse, PostgresServer? Own);
}
