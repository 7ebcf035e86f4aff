using System.Runtime.ExceptionServices;
using AirportOps.Reliability;
using Microsoft.Extensions.Logging;

namespace AirportOps.Pipeline.Hosting;

/// <summary>
/// Runs stages side by side, each in a failure scope of its own. A fault outside is waited out, and the stage goes on from what is stored; what may be our
/// own fault is tried a few times; a lasting fault ends the stage with a line, and the others go on.
/// </summary>
/// <param name="options">How it goes on when a stage fails.</param>
/// <param name="logger">Told of outages, repetitions and ends.</param>
/// <param name="clock">Waits.</param>
public sealed class StageHost(StageHostOptions options, ILogger logger, TimeProvider clock)
{
    private readonly Retry _retry = new(options.Retry, clock);

    /// <summary>Runs stages until each has worked off what there is after the drain, has failed for good, or is stopped.</summary>
    /// <param name="stages">The stages, each behind those that feed it.</param>
    /// <param name="drain">Requested once nothing more comes for the stages that no other feeds.</param>
    /// <param name="cancellationToken">Stops all stages, also in the middle of an outage.</param>
    /// <returns>The stages that failed, in the order of their ends. The call itself throws nothing, not even when it is stopped.</returns>
    public async Task<IReadOnlyList<StageFailure>> RunAsync(IReadOnlyList<HostedStage> stages, Drain drain, CancellationToken cancellationToken)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var scopes = new Dictionary<HostedStage, Scope>();
        foreach (var stage in stages)
        {
            scopes.Add(stage, new Scope(stage, [.. stage.After.Select(feeding => scopes[feeding])], drain, all.Token));
        }

        var failures = new List<StageFailure>();
        try
        {
            await Task.WhenAll(scopes.Values.Select(scope => Task.Run(() => HostAsync(scope), CancellationToken.None))).ConfigureAwait(false);
        }
        finally
        {
            foreach (var scope in scopes.Values)
            {
                scope.Dispose();
            }
        }

        return failures;

        async Task HostAsync(Scope scope)
        {
            var failure = await RunStageAsync(scope).ConfigureAwait(false);
            if (failure is null)
            {
                Leave(scope);
                return;
            }

            lock (failures)
            {
                failures.Add(new StageFailure(scope.Stage.Name, failure));
            }

            var others = Leave(scope);
            if (others > 0)
            {
                Log.StageEnded(logger, scope.Stage.Name, Describe(failure), options.EndsAll ? "The others end too." : "The others go on.");
                Log.StageFailure(logger, failure, scope.Stage.Name);
            }

            if (options.EndsAll)
            {
                await all.CancelAsync().ConfigureAwait(false);
            }
            else if (options.EndsFedStages)
            {
                await EndFedAsync(scope).ConfigureAwait(false);
            }
        }

        int Leave(Scope scope)
        {
            lock (failures)
            {
                scope.HasEnded = true;
                return scopes.Values.Count(other => !other.HasEnded);
            }
        }

        async Task EndFedAsync(Scope failed)
        {
            foreach (var fed in scopes.Values.Where(scope => scope.Stage.After.Contains(failed.Stage) && !scope.HasEnded))
            {
                Log.FedStageEnded(logger, fed.Stage.Name, failed.Stage.Name);
                await fed.StopAsync().ConfigureAwait(false);
                await EndFedAsync(fed).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What an operator reads of a failure, in one line.</summary>
    public static string Describe(Exception failure) =>
        (Faults.IsTold(failure) ? failure.Message : $"an error of the program, {failure.GetType().Name}: {failure.Message}").ReplaceLineEndings(" ");

    /// <returns>Why the stage failed for good; null when it did its work or was stopped.</returns>
    private async Task<Exception?> RunStageAsync(Scope scope)
    {
        var outage = new OutageReporter(scope.Stage.Name, logger, clock);
        ExceptionDispatchInfo? earlier = null;
        try
        {
            do
            {
                // A run that worked for a while and then failed is the first failure of a new series, with waits and counts from the start.
                var first = earlier;
                earlier = scope.Stage.IsRepeatable
                    ? await _retry.RunAsync(stop => AttemptAsync(), failure => Wait(scope.Stage, outage, failure), null, scope.Stop).ConfigureAwait(false)
                    : await RunOnceAsync(scope, outage).ConfigureAwait(false);

                Task<ExceptionDispatchInfo?> AttemptAsync()
                {
                    var failed = Interlocked.Exchange(ref first, null);
                    failed?.Throw();
                    return RunOnceAsync(scope, outage);
                }
            }
            while (earlier is not null);

            outage.End();
            scope.SetDone();
            return null;
        }
        catch (Exception end) when (scope.Stop.IsCancellationRequested && (end is OperationCanceledException || Faults.Of(end) is Fault.Outside))
        {
            return null;
        }
        catch (Exception lasting)
        {
            return lasting;
        }
    }

    /// <returns>Null when the stage has done its work; its failure when it had worked before and may go on.</returns>
    private async Task<ExceptionDispatchInfo?> RunOnceAsync(Scope scope, OutageReporter outage)
    {
        var (stage, stop) = (scope.Stage, scope.Stop);
        var hasWorked = 0;
        using var standing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var watch = stage.Progress.Watch(Works);
        var stands = StandAsync(standing.Token);
        try
        {
            await stage.RunAsync(scope.Drain, stop).ConfigureAwait(false);
            return null;
        }
        catch (Exception failure) when (
            stage.IsRepeatable && Volatile.Read(ref hasWorked) == 1 && !stop.IsCancellationRequested && Faults.Of(failure) is not Fault.Operator)
        {
            return ExceptionDispatchInfo.Capture(failure);
        }
        finally
        {
            await standing.CancelAsync().ConfigureAwait(false);
            await stands.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Works()
        {
            Volatile.Write(ref hasWorked, 1);
            outage.End();
        }

        async Task StandAsync(CancellationToken failed)
        {
            await Task.Delay(options.Standing, clock, failed).ConfigureAwait(false);
            Works();
        }
    }

    private void Wait(HostedStage stage, OutageReporter outage, Exception failure)
    {
        if (Faults.Of(failure) is Fault.Outside)
        {
            // Who watches the process must not start it anew: that does not end the outage.
            stage.Progress.Touch();
            outage.Meet(Describe(failure));
            return;
        }

        Log.StageRepeats(logger, stage.Name, Describe(failure));
        Log.StageFailure(logger, failure, stage.Name);
    }

    /// <summary>What belongs to one stage while it is hosted.</summary>
    private sealed class Scope : IDisposable
    {
        private readonly CancellationTokenSource _stop;
        private readonly IReadOnlyList<Scope> _feeding;
        private readonly List<Scope> _fed = [];
        private volatile bool _isDone;

        public Scope(HostedStage stage, IReadOnlyList<Scope> feeding, Drain drain, CancellationToken all)
        {
            (Stage, _feeding) = (stage, feeding);
            _stop = CancellationTokenSource.CreateLinkedTokenSource(all);
            Stop = _stop.Token;
            Drain = feeding.Count == 0 ? drain : new Drain();
            foreach (var scope in feeding)
            {
                scope._fed.Add(this);
            }
        }

        public HostedStage Stage { get; }

        public Drain Drain { get; }

        public CancellationToken Stop { get; }

        /// <summary>Whether the stage has ended, however.</summary>
        public bool HasEnded { get; set; }

        /// <summary>Says that the stage has worked off all there was: what it feeds may work off what is left.</summary>
        public void SetDone()
        {
            _isDone = true;
            foreach (var fed in _fed.Where(fed => fed._feeding.All(scope => scope._isDone)))
            {
                fed.Drain.Request();
            }
        }

        public Task StopAsync() => _stop.CancelAsync();

        public void Dispose() => _stop.Dispose();
    }
}
