using System.Text;
using AirportOps.Streams;

namespace AirportOps.Aws.Kinesis;

/// <summary>
/// The records of one write and which of them may be sent: of each key only the first that is not yet written. A request may fail for some
/// of its records and succeed for others, so two records of a key in one request, or in two at once, could change places.
/// </summary>
internal sealed class PendingRecords
{
    private readonly IReadOnlyList<OutgoingRecord> _records;
    private readonly int[] _nextOfKey;
    private readonly int[] _failures;
    private readonly Queue<int> _ready = new();
    private readonly PriorityQueue<int, (long Due, int Index)> _delayed = new();

    /// <summary>Takes the records to write.</summary>
    public PendingRecords(IReadOnlyList<OutgoingRecord> records)
    {
        _records = records;
        _nextOfKey = new int[records.Count];
        _failures = new int[records.Count];
        Left = records.Count;
        var lastOfKey = new Dictionary<string, int>(records.Count, StringComparer.Ordinal);
        for (var index = 0; index < records.Count; index++)
        {
            _nextOfKey[index] = -1;
            if (lastOfKey.TryGetValue(records[index].PartitionKey, out var last))
            {
                _nextOfKey[last] = index;
            }
            else
            {
                _ready.Enqueue(index);
            }

            lastOfKey[records[index].PartitionKey] = index;
        }
    }

    /// <summary>Records not yet written.</summary>
    public int Left { get; private set; }

    /// <summary>When the first of the records that wait after a failure may be sent again, on the clock's timestamps; null when none waits.</summary>
    public long? NextDue => _delayed.TryPeek(out _, out var priority) ? priority.Due : null;

    /// <summary>The next records to send together, within the service's limits; empty when none may be sent now.</summary>
    /// <param name="now">The clock's timestamp.</param>
    public List<int> Take(long now)
    {
        while (_delayed.TryPeek(out var index, out var priority) && priority.Due <= now)
        {
            _delayed.Dequeue();
            _ready.Enqueue(index);
        }

        var taken = new List<int>();
        for (long bytes = 0; taken.Count < KinesisLimits.RequestRecords && _ready.TryPeek(out var index);)
        {
            var record = _records[index];
            bytes += record.Data.Length + Encoding.UTF8.GetByteCount(record.PartitionKey);
            if (taken.Count > 0 && bytes > KinesisLimits.RequestBytes)
            {
                break;
            }

            taken.Add(_ready.Dequeue());
        }

        return taken;
    }

    /// <summary>A record is written: the next of its key may be sent.</summary>
    public void Succeed(int index)
    {
        Left--;
        if (_nextOfKey[index] is >= 0 and var next)
        {
            _ready.Enqueue(next);
        }
    }

    /// <summary>A record was not written: it is sent again, and those of its key go on waiting.</summary>
    /// <param name="index">Which.</param>
    /// <param name="due">When, by how often it has failed now, on the clock's timestamps.</param>
    public void Fail(int index, Func<int, long> due) => _delayed.Enqueue(index, (due(++_failures[index]), index));
}
