using System.Buffers.Binary;
using System.Text;

namespace AirportOps.Parquet.Statistics;

/// <summary>
/// Bounds of strings, in unsigned byte order. Bounds over <see cref="MaxBoundBytes"/> are cut, as parquet.thrift allows
/// (<c>Statistics</c>: "more compact values", valid within the logical type, so never inside a character) and marked as inexact.
/// </summary>
internal struct Utf8Statistics
{
    /// <summary>Every field of an event is at most this long, so only free text gets inexact bounds.</summary>
    internal const int MaxBoundBytes = 64;

    private int _min;
    private int _max;
    private ulong _minPrefix;
    private ulong _maxPrefix;

    /// <summary>Bounds over values that lie one after another: value i is bytes[offsets[i]..offsets[i + 1]].</summary>
    internal static ColumnStatistics Of(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, long nullCount)
    {
        var count = offsets.Length - 1;
        if (count == 0)
        {
            return new ColumnStatistics { NullCount = nullCount };
        }

        var bounds = new Utf8Statistics { _minPrefix = ulong.MaxValue };
        var start = offsets[0];
        for (var i = 0; i < count; i++)
        {
            var end = offsets[i + 1];
            bounds.Add(bytes, offsets, i, bytes[start..end]);
            start = end;
        }

        return Describe(Value(bytes, offsets, bounds._min), Value(bytes, offsets, bounds._max), nullCount);
    }

    /// <summary>Statistics of a chunk whose least and greatest value are known.</summary>
    internal static ColumnStatistics Describe(ReadOnlySpan<byte> min, ReadOnlySpan<byte> max, long nullCount)
    {
        var upper = UpperBound(max);
        return new ColumnStatistics
        {
            NullCount = nullCount,
            Min = CutAtCharacter(min).ToArray(),
            Max = upper,
            IsMinExact = min.Length <= MaxBoundBytes,
            IsMaxExact = max.Length <= MaxBoundBytes,
        };
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, int index) => bytes[offsets[index]..offsets[index + 1]];

    /// <summary>The first eight bytes decide nearly always; only values equal in them are compared as a whole.</summary>
    private void Add(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, int index, ReadOnlySpan<byte> value)
    {
        var prefix = Prefix(value);
        if (index == 0 || prefix < _minPrefix || (prefix == _minPrefix && value.SequenceCompareTo(Value(bytes, offsets, _min)) < 0))
        {
            _min = index;
            _minPrefix = prefix;
        }

        if (index == 0 || prefix > _maxPrefix || (prefix == _maxPrefix && value.SequenceCompareTo(Value(bytes, offsets, _max)) > 0))
        {
            _max = index;
            _maxPrefix = prefix;
        }
    }

    private static ulong Prefix(ReadOnlySpan<byte> value)
    {
        if (value.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(value);
        }

        ulong prefix = 0;
        foreach (var b in value)
        {
            prefix = (prefix << 8) | b;
        }

        return prefix << (8 * ((sizeof(ulong) - value.Length) & 7));
    }

    private static ReadOnlySpan<byte> CutAtCharacter(ReadOnlySpan<byte> value)
    {
        if (value.Length <= MaxBoundBytes)
        {
            return value;
        }

        var end = MaxBoundBytes;
        while (end > 0 && (value[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return value[..end];
    }

    /// <summary>A string at or above the value: itself, or its beginning with the last character that has a successor replaced by that; null where there is none.</summary>
    private static byte[]? UpperBound(ReadOnlySpan<byte> value)
    {
        if (value.Length <= MaxBoundBytes)
        {
            return value.ToArray();
        }

        var kept = CutAtCharacter(value);
        while (Rune.DecodeLastFromUtf8(kept, out var last, out var size) == System.Buffers.OperationStatus.Done)
        {
            kept = kept[..^size];
            if (last.Value == 0x10FFFF)
            {
                continue;
            }

            // The code points D800 to DFFF are no characters.
            var next = new Rune(last.Value == 0xD7FF ? 0xE000 : last.Value + 1);
            var bound = new byte[kept.Length + next.Utf8SequenceLength];
            kept.CopyTo(bound);
            next.EncodeToUtf8(bound.AsSpan(kept.Length));
            return bound;
        }

        return null;
    }
}
