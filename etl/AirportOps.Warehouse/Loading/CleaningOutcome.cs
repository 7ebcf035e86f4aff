using AirportOps.Pipeline.Windows;

namespace AirportOps.Warehouse.Loading;

/// <summary>What the cleaner made of some of a window's events besides rows: a row of <c>ops.load_outcome</c>.</summary>
/// <param name="Outcome"><c>duplicate</c>, <c>refused</c> or <c>repaired</c>.</param>
/// <param name="Reason">Of a refusal its reason, of a repair its id.</param>
/// <param name="Events">How many, from 1.</param>
internal readonly record struct CleaningOutcome(string Outcome, string Reason, long Events)
{
    /// <summary>Those of a window; none where every event became a row as it was.</summary>
    internal static IReadOnlyList<CleaningOutcome> Of(WindowManifest window)
    {
        IEnumerable<CleaningOutcome> all =
        [
            new("duplicate", "seen before", window.Ledger.Duplicates),
            .. window.Ledger.Refused.Select(refused => new CleaningOutcome("refused", refused.Key, refused.Value)),
            .. window.Ledger.Repairs.Select(repaired => new CleaningOutcome("repaired", repaired.Key, repaired.Value)),
        ];
        return [.. all.Where(one => one.Events > 0)];
    }
}
