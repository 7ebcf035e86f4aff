using System.Buffers.Binary;
using System.Numerics;

namespace AirportOps.Cleaning.Text;

/// <summary>Numbers by short byte strings; built once, searched without allocating. Open addressing, at most half full.</summary>
internal sealed class ByteKeyMap
{
    private readonly byte[]?[] _keys;
    private readonly int[] _values;
    private readonly int _longest;

    /// <param name="entries">Distinct keys with their values.</param>
    internal ByteKeyMap(IEnumerable<(byte[] Key, int Value)> entries)
    {
        var all = entries.ToList();
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * all.Count));
        _keys = new byte[]?[size];
        _values = new int[size];
        foreach (var (key, value) in all)
        {
            var slot = Slot(key);
            if (_keys[slot] is not null)
            {
                throw new ArgumentException($"The key '{System.Text.Encoding.UTF8.GetString(key)}' stands for two things.", nameof(entries));
            }

            (_keys[slot], _values[slot]) = (key, value);
            _longest = Math.Max(_longest, key.Length);
        }
    }

    internal bool TryFind(ReadOnlySpan<byte> key, out int value)
    {
        value = -1;
        if (key.Length > _longest)
        {
            return false;
        }

        var slot = Slot(key);
        if (_keys[slot] is null)
        {
            return false;
        }

        value = _values[slot];
        return true;
    }

    /// <summary>The slot that holds the key, or the free one where it would stand.</summary>
    private int Slot(ReadOnlySpan<byte> key)
    {
        var mask = _keys.Length - 1;
        var slot = (int)Hash(key) & mask;
        while (_keys[slot] is { } other && !key.SequenceEqual(other))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    /// <summary>Length, first and last eight bytes; the keys of this product differ there.</summary>
    private static uint Hash(ReadOnlySpan<byte> key)
    {
        ulong first, last;
        if (key.Length >= sizeof(ulong))
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(key);
            last = BinaryPrimitives.ReadUInt64LittleEndian(key[^sizeof(ulong)..]);
        }
        else
        {
            first = 0;
            foreach (var b in key)
            {
                first = (first << 8) | b;
            }

            last = first;
        }

        var mixed = (first ^ BitOperations.RotateLeft(last, 29) ^ (ulong)key.Length) * 0x9E37_79B9_7F4A_7C15;
        return (uint)(mixed >> 32);
    }
}
