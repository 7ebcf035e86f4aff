using AirportOps.Cleaning;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Batch;

/// <summary>The rows of one partition that become its next row group, in the order of the input. Not thread-safe.</summary>
internal sealed class RowBuffer(Entity entity)
{
    private readonly ColumnBuffer[] _columns = [.. EventSchema.Columns(entity).Select(ColumnBuffer.For)];

    /// <summary>Rows held.</summary>
    internal int Rows { get; private set; }

    /// <summary>Bytes of their values and levels.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Takes all rows of a set.</summary>
    internal void Append(RowSet rows)
    {
        Rows += rows.Count;
        Bytes = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Append(rows.Columns[i]);
            Bytes += _columns[i].Bytes;
        }
    }

    /// <summary>Writes the rows as one row group and gives their memory back.</summary>
    internal void WriteTo(ParquetWriter writer)
    {
        var group = writer.StartRowGroup(Rows);
        foreach (var column in _columns)
        {
            column.WriteTo(group);
            column.Release();
        }

        (Rows, Bytes) = (0, 0);
    }
}
