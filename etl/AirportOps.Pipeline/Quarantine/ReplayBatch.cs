using System.Text;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Seen;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>
/// Tries lines of the quarantine with today's cleaner and gathers what a replay window will hold. A line is resolved as soon as one of its events
/// is clean; then what is still refused of it is a refusal of the window's own. Not thread-safe.
/// </summary>
/// <param name="cleaner">Today's rules.</param>
internal sealed class ReplayBatch(EventCleaner cleaner)
{
    private readonly CleanBatch _trial = new();
    private readonly List<Refusal> _refusals = [];
    private readonly List<QuarantinedEvent> _resolved = [];
    private readonly Dictionary<string, (List<long> Rows, List<long> Duplicates)> _lines = new(StringComparer.Ordinal);
    private readonly List<string> _keys = [];

    /// <summary>Rows, ids and counts of the lines added; its refusals are also those of lines that stay in the quarantine.</summary>
    internal CleanBatch Cleaned { get; } = new();

    /// <summary>What is still refused of resolved lines.</summary>
    internal IReadOnlyList<Refusal> Refusals => _refusals;

    /// <summary>The lines that are resolved; without any there is nothing to commit.</summary>
    internal IReadOnlyList<QuarantinedEvent> Resolved => _resolved;

    /// <summary>Cleans a line as if nothing had ever been accepted. Gives its clean events, and says why the others are refused.</summary>
    internal (AcceptedEvent[] Clean, IReadOnlyList<string> Refused) Try(QuarantinedEvent line)
    {
        _trial.Clear();
        Clean(line, new SeenEvents(null), _trial);
        return (_trial.AcceptedEvents.ToArray(), [.. _trial.Refusals.Select(refusal => refusal.Reason)]);
    }

    /// <summary>Adds a line with a clean event.</summary>
    /// <param name="line">The line.</param>
    /// <param name="known">Accepted events with the ids of its events, one an id.</param>
    /// <param name="tally">Counts what becomes of it.</param>
    /// <returns>The events that became rows; they are accepted now.</returns>
    internal AcceptedEvent[] Add(QuarantineEntry line, IEnumerable<AcceptedEvent> known, ReplayTally tally)
    {
        var seen = new SeenEvents(null);
        foreach (var accepted in known)
        {
            seen.Add(accepted);
        }

        var (rows, duplicates, refused) = (Cleaned.Rows, Cleaned.Duplicates, Cleaned.Refusals.Count);
        Clean(line.Event, seen, Cleaned);
        (rows, duplicates) = (Cleaned.Rows - rows, Cleaned.Duplicates - duplicates);
        var refusals = Cleaned.Refusals.Skip(refused).ToArray();
        if (rows + duplicates > 0)
        {
            Resolve(line, rows > 0);
            _refusals.AddRange(refusals);
            tally.Add(line.Event.Reason, rows, duplicates, [.. refusals.Select(refusal => refusal.Reason)]);
        }
        else
        {
            // It stays one line, for whatever reasons its events are refused today.
            tally.Add(line.Event.Reason, 0, 0, [refusals[0].Reason]);
        }

        return Cleaned.AcceptedEvents[^(int)rows..].ToArray();
    }

    /// <summary>What the lines added take out of the quarantine.</summary>
    internal WindowReplay ToReplay() => new(
        Counted(_resolved.Select(line => line.Reason)),
        [.. _keys.Select(key => new ResolvedLines(key, LineNumbers.Format(_lines[key].Rows), LineNumbers.Format(_lines[key].Duplicates)))]);

    /// <summary>The ledger of the window: the resolved lines and what their events became. What stays in the quarantine is not in it.</summary>
    internal WindowLedger ToLedger() => new()
    {
        Records = _resolved.Count,
        Events = Cleaned.Rows + Cleaned.Duplicates + _refusals.Count,
        Rows = Cleaned.Rows,
        Duplicates = Cleaned.Duplicates,
        Refused = Counted(_refusals.Select(refusal => refusal.Reason)),
        Repairs = new SortedDictionary<string, long>(Cleaned.Repairs.ToDictionary(), StringComparer.Ordinal),
    };

    private static SortedDictionary<string, long> Counted(IEnumerable<string> reasons) =>
        new(reasons.CountBy(reason => reason).ToDictionary(count => count.Key, count => (long)count.Value), StringComparer.Ordinal);

    private void Resolve(QuarantineEntry line, bool isRow)
    {
        _resolved.Add(line.Event);
        if (!_lines.TryGetValue(line.Reference.Key, out var lines))
        {
            _lines.Add(line.Reference.Key, lines = ([], []));
            _keys.Add(line.Reference.Key);
        }

        (isRow ? lines.Rows : lines.Duplicates).Add(line.Reference.Line);
    }

    private void Clean(QuarantinedEvent line, SeenEvents seen, CleanBatch into)
    {
        var origin = new RecordOrigin(Encoding.UTF8.GetBytes(line.Shard), Encoding.UTF8.GetBytes(line.Sequence), line.ArrivedMicros);
        cleaner.Clean(line.Raw.Span, origin, seen, into);
    }
}
