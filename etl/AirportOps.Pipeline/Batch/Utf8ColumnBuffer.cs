using AirportOps.Cleaning.Columns;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Batch;

/// <summary>A column of text.</summary>
internal sealed class Utf8ColumnBuffer(SchemaColumn schema) : ColumnBuffer(schema)
{
    private byte[] _bytes = [];
    private int _byteCount;

    /// <summary>Where each value starts and the last one ends.</summary>
    private int[] _offsets = [];
    private int _offsetCount;

    private protected override long ValueBytes => _byteCount + ((long)_offsetCount * sizeof(int));

    internal override void WriteTo(RowGroupWriter group)
    {
        if (_offsetCount == 0)
        {
            group.WriteUtf8([], [0], Levels);
            return;
        }

        group.WriteUtf8(_bytes.AsSpan(0, _byteCount), _offsets.AsSpan(0, _offsetCount), Levels);
    }

    internal override void Release()
    {
        base.Release();
        Return(ref _bytes, ref _byteCount);
        Return(ref _offsets, ref _offsetCount);
    }

    private protected override void AppendValues(Column column)
    {
        var text = (Utf8Column)column;
        if (_offsetCount == 0)
        {
            Extend(ref _offsets, ref _offsetCount, 1)[0] = 0;
        }

        var start = _byteCount;
        text.Bytes.CopyTo(Extend(ref _bytes, ref _byteCount, text.Bytes.Length));
        var offsets = text.Offsets[1..];
        var ends = Extend(ref _offsets, ref _offsetCount, offsets.Length);
        for (var i = 0; i < offsets.Length; i++)
        {
            ends[i] = start + offsets[i];
        }
    }
}
