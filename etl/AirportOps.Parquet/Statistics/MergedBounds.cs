using System.Buffers.Binary;
using System.Globalization;
using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet.Statistics;

/// <summary>Bounds of a column over several row groups, and their text.</summary>
internal sealed class MergedBounds(ParquetType type)
{
    private byte[]? _min;
    private byte[]? _max;
    private bool _hasNoMin;
    private bool _hasNoMax;

    internal string? Min => _hasNoMin || _min is null ? null : Text(_min);

    internal string? Max => _hasNoMax || _max is null ? null : Text(_max);

    internal void Add(ColumnChunkMetadata chunk)
    {
        var statistics = chunk.Statistics;
        if (statistics.NullCount == chunk.Values)
        {
            return;
        }

        var (min, max) = (statistics.Min, statistics.Max);
        _hasNoMin |= min is null;
        _hasNoMax |= max is null;
        _min = _min is null || (min is not null && Compare(min, _min) < 0) ? min : _min;
        _max = _max is null || (max is not null && Compare(max, _max) > 0) ? max : _max;
    }

    private int Compare(byte[] left, byte[] right) => type.Physical() switch
    {
        PhysicalType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(left).CompareTo(BinaryPrimitives.ReadInt32LittleEndian(right)),
        PhysicalType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(left).CompareTo(BinaryPrimitives.ReadInt64LittleEndian(right)),
        PhysicalType.Double => BinaryPrimitives.ReadDoubleLittleEndian(left).CompareTo(BinaryPrimitives.ReadDoubleLittleEndian(right)),
        _ => left.AsSpan().SequenceCompareTo(right),
    };

    private string Text(byte[] bound)
    {
        switch (type)
        {
            case ParquetType.Int32:
                return BinaryPrimitives.ReadInt32LittleEndian(bound).ToString(CultureInfo.InvariantCulture);
            case ParquetType.Int64:
                return BinaryPrimitives.ReadInt64LittleEndian(bound).ToString(CultureInfo.InvariantCulture);
            case ParquetType.Double:
                return BinaryPrimitives.ReadDoubleLittleEndian(bound).ToString("R", CultureInfo.InvariantCulture);
            case ParquetType.Date:
                var days = BinaryPrimitives.ReadInt32LittleEndian(bound);
                return Calendar.Date(days) ?? days.ToString(CultureInfo.InvariantCulture);
            case ParquetType.TimestampMicros:
                var micros = BinaryPrimitives.ReadInt64LittleEndian(bound);
                return Calendar.Instant(micros) ?? micros.ToString(CultureInfo.InvariantCulture);
            default:
                return System.Text.Encoding.UTF8.GetString(bound);
        }
    }
}
