using System.Buffers;
using System.Runtime.InteropServices;
using AirportOps.Parquet.Statistics;

namespace AirportOps.Parquet.Encodings;

/// <summary>
/// Finds the different strings of a chunk by open addressing over their bytes. Entries are kept as the body of the dictionary page
/// (PLAIN: four-byte length and bytes), so that page is ready when the last value has been seen.
/// </summary>
internal sealed class Utf8Dictionary : IDisposable
{
    private const int SmallestTable = 256;

    private readonly PooledBuffer _page = new();
    private ulong[] _slots = [];
    private int[] _starts = [];
    private int _mask;

    internal int Count { get; private set; }

    /// <summary>Body of the dictionary page: entries in order of first appearance.</summary>
    internal ReadOnlySpan<byte> Page => _page.Written;

    internal ReadOnlySpan<byte> Entry(int index) => _page.Written[_starts[index]..(_starts[index + 1] - sizeof(int))];

    /// <summary>Fills <paramref name="indexes"/>; false where a dictionary does not pay, see <see cref="DictionaryRule"/>.</summary>
    internal bool TryEncode(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, Span<int> indexes, long limitBytes)
    {
        Reset();
        var count = offsets.Length - 1;
        long collisions = 0;
        var start = offsets[0];
        var previous = -1;
        for (var i = 0; i < count; i++)
        {
            var end = offsets[i + 1];
            var value = bytes[start..end];
            start = end;

            // Neighbours are often equal: partition, source, shard.
            if (previous >= 0 && value.SequenceEqual(Entry(previous)))
            {
                indexes[i] = previous;
            }
            else
            {
                var index = Find(value, ref collisions, out var at, out var hash);
                if (index < 0)
                {
                    if (_page.Length + sizeof(int) + (long)value.Length > limitBytes || DictionaryRule.IsCrowded(collisions, i))
                    {
                        return false;
                    }

                    index = Add(at, hash, value);
                }

                indexes[i] = previous = index;
            }

            if (i == DictionaryRule.SampleSize - 1 && DictionaryRule.IsHopeless(i + 1, Count))
            {
                return false;
            }
        }

        return DictionaryRule.Pays(count, Count, _page.Length, (long)offsets[count] - offsets[0] + ((long)count * sizeof(int)));
    }

    /// <summary>Statistics of the chunk last encoded, from its different values.</summary>
    internal ColumnStatistics Statistics(long nullCount)
    {
        var (min, max) = (0, 0);
        for (var i = 1; i < Count; i++)
        {
            min = Entry(i).SequenceCompareTo(Entry(min)) < 0 ? i : min;
            max = Entry(i).SequenceCompareTo(Entry(max)) > 0 ? i : max;
        }

        return Utf8Statistics.Describe(Entry(min), Entry(max), nullCount);
    }

    public void Dispose()
    {
        _page.Dispose();
        if (_slots.Length > 0)
        {
            ArrayPool<ulong>.Shared.Return(_slots);
            ArrayPool<int>.Shared.Return(_starts);
        }

        _slots = [];
        _starts = [];
        Count = 0;
    }

    /// <summary>A slot holds the hash above and the entry's number (from 1; 0 is free) below, so that most misses compare no bytes.</summary>
    private int Find(ReadOnlySpan<byte> value, ref long collisions, out int at, out uint hash)
    {
        hash = ByteHash.Of(value);
        at = (int)hash & _mask;
        ulong slot;
        while ((slot = _slots[at]) != 0)
        {
            var index = (int)(uint)slot - 1;
            if (slot >> 32 == hash && value.SequenceEqual(Entry(index)))
            {
                return index;
            }

            at = (at + 1) & _mask;
            collisions++;
        }

        return -1;
    }

    private int Add(int at, uint hash, ReadOnlySpan<byte> value)
    {
        if (Count + 2 > _starts.Length)
        {
            var larger = ArrayPool<int>.Shared.Rent(2 * _starts.Length);
            _starts.AsSpan(0, Count + 1).CopyTo(larger);
            ArrayPool<int>.Shared.Return(_starts);
            _starts = larger;
        }

        var target = _page.Reserve(sizeof(int) + value.Length);
        var length = value.Length;
        MemoryMarshal.Write(target, in length);
        value.CopyTo(target[sizeof(int)..]);
        _page.Advance(sizeof(int) + length);

        // The start after the last stands where the next entry's bytes will, so that an entry's end needs no second array.
        _starts[++Count] = _page.Length + sizeof(int);
        _slots[at] = ((ulong)hash << 32) | (uint)Count;
        if (2 * Count > _mask)
        {
            Grow();
        }

        return Count - 1;
    }

    private void Reset()
    {
        if (_slots.Length < SmallestTable)
        {
            _slots = ArrayPool<ulong>.Shared.Rent(SmallestTable);
            _starts = ArrayPool<int>.Shared.Rent(SmallestTable);
        }

        _page.Clear();
        _starts[0] = sizeof(int);
        Count = 0;
        _mask = SmallestTable - 1;
        _slots.AsSpan(0, SmallestTable).Clear();
    }

    private void Grow()
    {
        var old = _slots;
        var oldSize = _mask + 1;
        var size = 2 * oldSize;
        _slots = ArrayPool<ulong>.Shared.Rent(size);
        _mask = size - 1;
        _slots.AsSpan(0, size).Clear();
        foreach (var slot in old.AsSpan(0, oldSize))
        {
            if (slot != 0)
            {
                var at = (int)(slot >> 32) & _mask;
                while (_slots[at] != 0)
                {
                    at = (at + 1) & _mask;
                }

                _slots[at] = slot;
            }
        }

        ArrayPool<ulong>.Shared.Return(old);
    }
}
