using System.Buffers;
using System.Runtime.InteropServices;
using AirportOps.Parquet.Statistics;

namespace AirportOps.Parquet.Encodings;

/// <summary>
/// Finds the different strings of a chunk by open addressing over their <see cref="ByteKey"/>s. Entries are kept as the body of the
/// dictionary page (PLAIN: four-byte length and bytes), so that page is ready when the last value has been seen.
/// </summary>
internal sealed class Utf8Dictionary : IDisposable
{
    private const int SmallestTable = 256;

    private readonly PooledBuffer _page = new();
    private Slot[] _slots = [];
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
        var previous = 0;
        for (var i = 0; i < indexes.Length; i++)
        {
            var end = offsets[i + 1];
            var value = bytes[start..end];
            start = end;

            // Neighbours are often equal (source, shard, repairs), and a long one is compared faster than digested.
            if (value.Length <= ByteKey.WholeBytes || previous == 0 || !value.SequenceEqual(Entry(previous - 1)))
            {
                var key = ByteKey.Of(value);
                var at = (int)key.Hash & _mask;
                while ((previous = _slots[at].Number) != 0 && !IsEntry(_slots[at], key, value))
                {
                    at = (at + 1) & _mask;
                    collisions++;
                }

                if (previous == 0)
                {
                    if (_page.Length + sizeof(int) + (long)value.Length > limitBytes || DictionaryRule.IsCrowded(collisions, i))
                    {
                        return false;
                    }

                    previous = Add(at, key, value);
                }
            }

            indexes[i] = previous - 1;
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
            ArrayPool<Slot>.Shared.Return(_slots);
            ArrayPool<int>.Shared.Return(_starts);
        }

        _slots = [];
        _starts = [];
        Count = 0;
    }

    private bool IsEntry(in Slot slot, ByteKey key, ReadOnlySpan<byte> value) =>
        slot.Key == key && (key.IsWhole || value.SequenceEqual(Entry(slot.Number - 1)));

    /// <summary>Adds an entry and returns its number.</summary>
    private int Add(int at, ByteKey key, ReadOnlySpan<byte> value)
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
        _slots[at] = new Slot(key, Count);
        if (2 * Count > _mask)
        {
            Grow();
        }

        return Count;
    }

    private void Reset()
    {
        if (_slots.Length < SmallestTable)
        {
            _slots = ArrayPool<Slot>.Shared.Rent(SmallestTable);
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
        _slots = ArrayPool<Slot>.Shared.Rent(2 * oldSize);
        _mask = (2 * oldSize) - 1;
        _slots.AsSpan(0, 2 * oldSize).Clear();
        foreach (var slot in old.AsSpan(0, oldSize))
        {
            if (slot.Number == 0)
            {
                continue;
            }

            var at = (int)slot.Key.Hash & _mask;
            while (_slots[at].Number != 0)
            {
                at = (at + 1) & _mask;
            }

            _slots[at] = slot;
        }

        ArrayPool<Slot>.Shared.Return(old);
    }

    /// <param name="Key">Beside its number, so that a hit touches one cache line.</param>
    /// <param name="Number">Number of the entry, from 1; 0 is a free slot.</param>
    private readonly record struct Slot(ByteKey Key, int Number);
}
