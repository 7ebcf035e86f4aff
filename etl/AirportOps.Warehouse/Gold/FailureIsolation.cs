using AirportOps.Reliability;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Gold;

/// <summary>Builds what can be built when a step fails of its data: finds the keys that make it fail, and leaves them out.</summary>
/// <param name="tryIn">Builds a selection of a range of loads and undoes it.</param>
/// <param name="commitAsync">Builds a selection and commits.</param>
/// <param name="logger">Told what is looked for and what is set aside.</param>
internal sealed class FailureIsolation(
    Func<BuildRange, Func<BuildSelection, Task<(BuildAttempt Attempt, StepFailureException? Failure)>>> tryIn,
    Func<BuildSelection, Task<(GoldBuildOutcome Outcome, bool IsLast)>> commitAsync,
    ILogger logger)
{
    private static readonly KeySpan NoKeys = new(1, 0, []);

    private readonly Dictionary<long, (string Entity, string RowKey)> _names = [];
    private bool _isOvertaken;

    /// <summary>Finds the keys and builds the rest.</summary>
    /// <param name="range">The loads that were taken when it failed.</param>
    /// <param name="failed">The failure.</param>
    /// <returns>As a build does; nothing, and not the last, when another build was faster.</returns>
    /// <exception cref="WarehouseException">It fails without any key, or of too many.</exception>
    internal async Task<(GoldBuildOutcome Outcome, bool IsLast)> RunAsync(BuildRange range, StepFailureException failed)
    {
        var tryAsync = tryIn(range);
        var (empty, always) = await tryAsync(new BuildSelection { Tried = NoKeys }).ConfigureAwait(false);
        if (empty.IsOvertaken)
        {
            return default;
        }

        if (always is not null || empty.Keys == 0)
        {
            // Whatever is left out: the failure is not the keys'.
            throw failed;
        }

        Log.StepFails(logger, failed.Step, failed.Reason, empty.Keys);
        var search = new KeySearch(span => TryAsync(tryAsync, span), GoldBuild.MaxKeysSetAside);
        await search.HalveAsync(1, empty.Keys).ConfigureAwait(false);
        while (!_isOvertaken && !search.IsOver)
        {
            try
            {
                if (search.Found.Count > 0)
                {
                    var keys = search.Found.Select(found => new FailedKey(_names[found.Key].Entity, _names[found.Key].RowKey, found.Value)).ToList();
                    return await CommitAsync(range, keys, search.Trials).ConfigureAwait(false);
                }

                failed = (await tryAsync(new BuildSelection()).ConfigureAwait(false)).Failure ?? failed;
            }
            catch (StepFailureException together)
            {
                failed = together;
            }

            if (!await search.LastOfShortestAsync(empty.Keys).ConfigureAwait(false))
            {
                throw failed;
            }
        }

        return _isOvertaken
            ? default
            : throw new WarehouseException(
                $"Over {GoldBuild.MaxKeysSetAside} keys fail in the build, one of them in {failed.Message.TrimEnd('.')}. So many are the program's or the schema's fault, not their data's: mend that, then build again.",
                Fault.Operator,
                failed);
    }

    private async Task<(GoldBuildOutcome Outcome, bool IsLast)> CommitAsync(BuildRange range, List<FailedKey> keys, int trials)
    {
        var (outcome, isLast) = await commitAsync(new BuildSelection { Range = range, SetAside = keys }).ConfigureAwait(false);
        if (outcome.BuildNumber == 0)
        {
            return (outcome, false);
        }

        GoldMetrics.CountSetAside(keys);
        var first = keys[0];
        Log.SetAside(logger, keys.Count, first.RowKey, first.Entity, first.Failure.Step, first.Failure.Reason, trials);
        return (outcome, isLast);
    }

    private async Task<StepFailureException?> TryAsync(Func<BuildSelection, Task<(BuildAttempt Attempt, StepFailureException? Failure)>> tryAsync, KeySpan span)
    {
        var (attempt, failure) = await tryAsync(new BuildSelection { Tried = span }).ConfigureAwait(false);
        _isOvertaken |= attempt.IsOvertaken;
        if (attempt.LastKey is { } key)
        {
            _names[span.Last] = key;
        }

        return failure;
    }
}
