using System.Buffers;
using AirportOps.Cleaning.Columns;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Batch;

/// <summary>A column of text.</summary>
internal sealed class Utf8ColumnBuffer(SchemaColumn schema, BlockPool pool) : ColumnBuffer(schema, pool)
{
    private readonly Segments<byte> _bytes = new(pool);

    /// <summary>Where the values start in the bytes of all; the end of the last is not in it.</summary>
    private readonly Segments<int> _starts = new(pool);

    private protected override long ValueBytes => _bytes.Bytes + _starts.Bytes;

    private protected override void AppendValues(Column column)
    {
        const int mostAtOnce = 256;
        var text = (Utf8Column)column;
        Span<int> starts = stackalloc int[mostAtOnce];
        var before = _bytes.Count;
        for (var offsets = text.Offsets[..^1]; !offsets.IsEmpty; offsets = offsets[Math.Min(mostAtOnce, offsets.Length)..])
        {
            var count = Math.Min(mostAtOnce, offsets.Length);
            for (var i = 0; i < count; i++)
            {
                starts[i] = before + offsets[i];
            }

            _starts.Append(starts[..count]);
        }

        _bytes.Append(text.Bytes);
    }

    private protected override void WriteValues(RowGroupWriter group, ReadOnlySpan<byte> levels)
    {
        _starts.Append([_bytes.Count]);
        var bytes = _bytes.TakeAll(out var byteCount);
        var offsets = _starts.TakeAll(out var offsetCount);
        group.WriteUtf8(bytes.AsSpan(0, byteCount), offsets.AsSpan(0, offsetCount), levels);
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<int>.Shared.Return(offsets);
    }
}
