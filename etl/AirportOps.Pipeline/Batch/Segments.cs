using System.Buffers;
using System.Runtime.InteropServices;

namespace AirportOps.Pipeline.Batch;

/// <summary>Numbers or bytes one after another, in blocks of a pool. Not thread-safe.</summary>
internal sealed class Segments<T>(BlockPool pool)
    where T : unmanaged
{
    private static readonly unsafe int PerBlock = BlockPool.BlockBytes / sizeof(T);

    private readonly List<byte[]> _blocks = [];
    private int _roomInLast;

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Bytes of the blocks held.</summary>
    internal long Bytes => (long)_blocks.Count * BlockPool.BlockBytes;

    internal void Append(ReadOnlySpan<T> items)
    {
        Count = checked(Count + items.Length);
        while (!items.IsEmpty)
        {
            if (_roomInLast == 0)
            {
                _blocks.Add(pool.Take());
                _roomInLast = PerBlock;
            }

            var taken = Math.Min(items.Length, _roomInLast);
            items[..taken].CopyTo(MemoryMarshal.Cast<byte, T>(_blocks[^1].AsSpan())[^_roomInLast..]);
            _roomInLast -= taken;
            items = items[taken..];
        }
    }

    /// <summary>Everything in one piece; the blocks go back to the pool. The caller returns the array to the shared array pool.</summary>
    internal T[] TakeAll(out int count)
    {
        var all = ArrayPool<T>.Shared.Rent(Count);
        var rest = all.AsSpan(0, Count);
        foreach (var block in _blocks)
        {
            var part = MemoryMarshal.Cast<byte, T>(block.AsSpan())[..Math.Min(PerBlock, rest.Length)];
            part.CopyTo(rest);
            rest = rest[part.Length..];
            pool.Give(block);
        }

        _blocks.Clear();
        count = Count;
        (Count, _roomInLast) = (0, 0);
        return all;
    }
}
