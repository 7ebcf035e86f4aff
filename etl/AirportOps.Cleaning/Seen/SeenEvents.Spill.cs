namespace AirportOps.Cleaning.Seen;

/// <summary>What is beyond the limit: entries go to disk, in their order of acceptance, all that are in memory at a time.</summary>
public sealed partial class SeenEvents : IDisposable
{
    /// <summary>Sorting goes by the upper bits of the ids first, so that what is compared lies close together.</summary>
    private const int BucketBits = 12;

    private readonly SeenRuns? _runs;
    private readonly int _mostInMemory;

    /// <summary>Deletes what is on disk.</summary>
    public void Dispose() => _runs?.Dispose();

    private void SpillAtLimit()
    {
        if (_runs is not null && InMemory >= _mostInMemory)
        {
            var oldest = _retentionMicros == long.MaxValue ? long.MinValue : _latestArrival - _retentionMicros;
            _runs.Add(Sorted(), InMemory, oldest);
            Clear();
        }
    }

    /// <summary>The entries in memory by id, of equal ids in the order of acceptance.</summary>
    private IEnumerable<AcceptedEvent> Sorted()
    {
        foreach (var number in Order())
        {
            yield return Entry(_head + number);
        }
    }

    private int[] Order()
    {
        var ends = new int[(1 << BucketBits) + 1];
        for (var number = _head; number < _tail; number++)
        {
            ends[BucketOf(Entry(number).Id) + 1]++;
        }

        for (var bucket = 1; bucket < ends.Length; bucket++)
        {
            ends[bucket] += ends[bucket - 1];
        }

        var order = new int[InMemory];
        for (var number = _head; number < _tail; number++)
        {
            order[ends[BucketOf(Entry(number).Id)]++] = (int)(number - _head);
        }

        for (var bucket = 0; bucket < ends.Length - 1; bucket++)
        {
            var start = bucket == 0 ? 0 : ends[bucket - 1];
            order.AsSpan(start..ends[bucket]).Sort((a, b) => Entry(_head + a).Id.CompareTo(Entry(_head + b).Id) is var byId && byId != 0 ? byId : a.CompareTo(b));
        }

        return order;
    }

    private static int BucketOf(UInt128 id) => (int)(id >> (128 - BucketBits));

    private void Clear()
    {
        for (var chunk = _head >> ChunkBits; chunk < _tail >> ChunkBits; chunk++)
        {
            ReleaseChunk(chunk);
        }

        _head = _tail;
        Array.Clear(_tags);
        _slotsUsed = 0;
    }
}
