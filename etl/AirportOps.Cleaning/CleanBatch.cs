using System.Numerics;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Reading;
using AirportOps.Cleaning.Seen;
using AirportOps.Cleaning.Text;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning;

/// <summary>
/// What came of the records cleaned into it: rows, refusals, the ids accepted, and counts with <c>Events = Rows + Duplicates + Refused</c>.
/// Reusable: <see cref="Clear"/> keeps the buffers. Not thread-safe.
/// </summary>
public sealed partial class CleanBatch
{
    private readonly List<RowSet> _rowSets = [];
    private readonly Dictionary<(Entity Entity, int Day), RowSet> _byDay = [];
    private readonly Stack<RowSet>[] _spare = [new(), new(), new(), new()];
    private readonly RowSet?[] _latest = new RowSet?[EntityNames.All.Count];
    private readonly int[] _latestDay = new int[EntityNames.All.Count];
    private readonly List<Refusal> _refusals = [];
    private readonly Dictionary<string, long> _refusedByReason = new(StringComparer.Ordinal);
    private readonly long[] _repairs = new long[RepairTable.Ids.Length];
    private AcceptedEvent[] _accepted = new AcceptedEvent[64];
    private int _acceptedCount;
    private EventTimeReach _reach;

    /// <summary>The rows, one set for each entity and UTC event date touched, in the order in which they were first touched.</summary>
    public IReadOnlyList<RowSet> RowSets => _rowSets;

    /// <summary>The refused events, in the order of their records.</summary>
    public IReadOnlyList<Refusal> Refusals => _refusals;

    /// <summary>The ids of the rows, in the order in which they were accepted: what a window stores.</summary>
    public ReadOnlySpan<AcceptedEvent> AcceptedEvents => _accepted.AsSpan(0, _acceptedCount);

    /// <summary>Records cleaned.</summary>
    public long Records { get; private set; }

    /// <summary>Events found in them: <see cref="Rows"/>, <see cref="Duplicates"/> and <see cref="Refused"/> together.</summary>
    public long Events => Rows + Duplicates + Refused;

    /// <summary>Events that became rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Events dropped because an accepted one has their id and equal clean content.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Events refused.</summary>
    public long Refused => _refusals.Count;

    /// <summary>Events refused by reason; a reason that did not occur is absent. Changes with the batch.</summary>
    public IReadOnlyDictionary<string, long> RefusedByReason => _refusedByReason;

    /// <summary>Rows by the repair they took; a repair that did not occur is absent. Made anew at each call.</summary>
    public IReadOnlyDictionary<string, long> Repairs =>
        RepairTable.Ids.Zip(_repairs).Where(pair => pair.Second > 0).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    /// <summary>
    /// How far the rows have come in event time, microseconds since 1970-01-01 UTC; null without rows. The greatest event_time that lies not behind
    /// its own arrival: an event from the future, of a clock that is ahead, moves nothing. Where all rows are from the future, the last arrival.
    /// </summary>
    public long? WatermarkMicros => _reach.Micros;

    /// <summary>Bytes held for rows and refusals, before encoding.</summary>
    public long ApproximateBytes { get; private set; }

    /// <summary>Empties the batch and keeps its buffers for the next. The row sets and spans it gave are no longer valid; refusals stay so.</summary>
    public void Clear()
    {
        foreach (var set in _rowSets)
        {
            _spare[(int)set.Entity].Push(set);
        }

        _rowSets.Clear();
        _byDay.Clear();
        Array.Clear(_latest);
        _refusals.Clear();
        _refusedByReason.Clear();
        Array.Clear(_repairs);
        _acceptedCount = 0;
        ClearUnsettled();
        (Records, Rows, Duplicates, _reach, ApproximateBytes) = (0, 0, 0, default, 0);
    }

    internal void CountRecord() => Records++;

    internal void CountDuplicate() => Duplicates++;

    internal void Add(Refusal refusal)
    {
        _refusals.Add(refusal);
        ApproximateBytes += refusal.Raw.Length;
        _refusedByReason[refusal.Reason] = _refusedByReason.GetValueOrDefault(refusal.Reason) + 1;
    }

    /// <summary>Adds an event that became a row.</summary>
    /// <param name="values">The clean event.</param>
    /// <param name="repairs">Its repairs, as text; null without any.</param>
    /// <param name="workspace">Holds the texts.</param>
    /// <param name="origin">Where the record came from.</param>
    /// <param name="accepted">The event's hashes.</param>
    internal void Add(CleanEvent values, Slice? repairs, Workspace workspace, in RecordOrigin origin, in AcceptedEvent accepted)
    {
        Rows++;
        var eventTime = values.Number(Field.EventTime);
        _reach.Add(eventTime, origin.ArrivedMicros);
        for (var left = values.Repairs; left != 0; left &= left - 1)
        {
            _repairs[BitOperations.TrailingZeroCount(left)]++;
        }

        if (_acceptedCount == _accepted.Length)
        {
            Array.Resize(ref _accepted, 2 * _accepted.Length);
        }

        _accepted[_acceptedCount++] = accepted;
        ApproximateBytes += SetOf(values.Entity, (int)(eventTime / InstantText.MicrosPerDay)).Add(values, repairs, workspace, origin);
    }

    private RowSet SetOf(Entity entity, int day)
    {
        // Nearly all events of a window fall on one or two dates.
        if (_latest[(int)entity] is { } latest && _latestDay[(int)entity] == day)
        {
            return latest;
        }

        if (!_byDay.TryGetValue((entity, day), out var set))
        {
            set = _spare[(int)entity].TryPop(out var spare) ? spare : new RowSet(entity, EventSchema.Columns(entity));
            set.Start(day);
            _byDay.Add((entity, day), set);
            _rowSets.Add(set);
        }

        (_latest[(int)entity], _latestDay[(int)entity]) = (set, day);
        return set;
    }
}
