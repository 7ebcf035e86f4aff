using AirportOps.Simulator.Events;

namespace AirportOps.Simulator;

/// <summary>
/// Records in order of delivery. Disposing gives the buffers back for a later batch: until then the records stay as they are, however many
/// batches are taken meanwhile, so one thread may write while another simulates.
/// </summary>
public sealed class SimulatedBatch : IDisposable
{
    private readonly Action<SimulatedBatch> _giveBack;
    private readonly List<SimulatedRecord> _records = [];
    private readonly List<(string Key, int Start, int Length, int Events)> _written = [];
    private readonly Utf8Output _ledger = new();
    private bool _isOut;

    internal SimulatedBatch(Action<SimulatedBatch> giveBack) => _giveBack = giveBack;

    /// <summary>The records.</summary>
    public IReadOnlyList<SimulatedRecord> Records => _records;

    /// <summary>The ledger's lines about these records, each ending in a line feed; empty when no ledger was asked for.</summary>
    public ReadOnlyMemory<byte> Ledger => _ledger.Slice(0, _ledger.Length);

    /// <summary>Number of the first record, from 1.</summary>
    public long FirstRecordNumber { get; private set; }

    /// <summary>Events in all records.</summary>
    public int Events { get; private set; }

    /// <summary>The simulated time at which the last record was sent.</summary>
    public DateTimeOffset SentAt { get; private set; }

    internal Utf8Output Output { get; } = new();

    internal Utf8Output LedgerOutput => _ledger;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOut)
        {
            _isOut = false;
            _giveBack(this);
        }
    }

    internal void Begin(long firstRecordNumber)
    {
        _records.Clear();
        _written.Clear();
        _ledger.Truncate(0);
        Output.Truncate(0);
        FirstRecordNumber = firstRecordNumber;
        Events = 0;
        _isOut = true;
    }

    /// <summary>Makes a record of what was written since the one before.</summary>
    internal void EndRecord(string key, int events)
    {
        var start = _written.Count == 0 ? 0 : _written[^1].Start + _written[^1].Length;
        _written.Add((key, start, Output.Length - start, events));
        Events += events;
    }

    internal void End(long sentAt)
    {
        SentAt = DateTimeOffset.FromUnixTimeMilliseconds(sentAt);
        foreach (var (key, start, length, events) in _written)
        {
            _records.Add(new SimulatedRecord(key, Output.Slice(start, length), events));
        }
    }
}
