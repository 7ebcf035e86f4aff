using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AirportOps.Parquet.Encodings;

/// <summary>Finds the different values of a chunk of 32- or 64-bit values by open addressing; doubles come as their bits.</summary>
internal sealed class FixedWidthDictionary<T> : IDisposable
    where T : unmanaged, IBinaryInteger<T>
{
    private const int SmallestTable = 256;

    private Slot[] _slots = [];
    private T[] _entries = [];
    private int _mask;

    internal int Count { get; private set; }

    /// <summary>Entries in order of first appearance.</summary>
    internal ReadOnlySpan<T> Entries => _entries.AsSpan(0, Count);

    /// <summary>Fills <paramref name="indexes"/>; false where a dictionary does not pay, see <see cref="DictionaryRule"/>.</summary>
    internal bool TryEncode(ReadOnlySpan<T> values, Span<int> indexes, long limitBytes)
    {
        Reset();
        var limit = (int)Math.Min(limitBytes / Unsafe.SizeOf<T>(), Array.MaxLength / 4);
        long collisions = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            var at = (int)(Hash(value) >> 32) & _mask;
            int index;
            while ((index = _slots[at].Index - 1) >= 0 && _slots[at].Value != value)
            {
                at = (at + 1) & _mask;
                collisions++;
            }

            if (index < 0)
            {
                if (Count == limit || DictionaryRule.IsCrowded(collisions, i))
                {
                    return false;
                }

                index = Add(at, value);
            }

            indexes[i] = index;
            if (i == DictionaryRule.SampleSize - 1 && DictionaryRule.IsHopeless(i + 1, Count))
            {
                return false;
            }
        }

        return DictionaryRule.Pays(values.Length, Count, (long)Count * Unsafe.SizeOf<T>(), (long)values.Length * Unsafe.SizeOf<T>());
    }

    public void Dispose()
    {
        Return(ref _slots);
        Return(ref _entries);
        Count = 0;
    }

    private static ulong Hash(T value) => ulong.CreateTruncating(value) * 0x9E3779B97F4A7C15;

    private static void Return<TItem>(ref TItem[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<TItem>.Shared.Return(array);
        }

        array = [];
    }

    private void Reset()
    {
        if (_slots.Length < SmallestTable)
        {
            _slots = ArrayPool<Slot>.Shared.Rent(SmallestTable);
            _entries = ArrayPool<T>.Shared.Rent(SmallestTable / 2);
        }

        Count = 0;
        _mask = SmallestTable - 1;
        _slots.AsSpan(0, SmallestTable).Clear();
    }

    private int Add(int at, T value)
    {
        if (Count == _entries.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(2 * Count);
            Entries.CopyTo(larger);
            ArrayPool<T>.Shared.Return(_entries);
            _entries = larger;
        }

        _entries[Count] = value;
        _slots[at] = new Slot(value, ++Count);
        if (2 * Count > _mask)
        {
            Grow();
        }

        return Count - 1;
    }

    private void Grow()
    {
        var size = 2 * (_mask + 1);
        if (_slots.Length < size)
        {
            ArrayPool<Slot>.Shared.Return(_slots);
            _slots = ArrayPool<Slot>.Shared.Rent(size);
        }

        _mask = size - 1;
        _slots.AsSpan(0, size).Clear();
        for (var index = 0; index < Count; index++)
        {
            var at = (int)(Hash(_entries[index]) >> 32) & _mask;
            while (_slots[at].Index != 0)
            {
                at = (at + 1) & _mask;
            }

            _slots[at] = new Slot(_entries[index], index + 1);
        }
    }

    /// <param name="Value">The key, beside its index so that a hit touches one cache line.</param>
    /// <param name="Index">Number of the entry, from 1; 0 is a free slot.</param>
    private readonly record struct Slot(T Value, int Index);
}
