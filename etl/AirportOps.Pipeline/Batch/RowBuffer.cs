using AirportOps.Cleaning;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Batch;

/// <summary>The rows of one partition that become its next row group, in the order of the input. Not thread-safe.</summary>
internal sealed class RowBuffer(Entity entity, BlockPool pool)
{
    private readonly ColumnBuffer[] _columns = [.. EventSchema.Columns(entity).Select(column => ColumnBuffer.For(column, pool))];

    /// <summary>Rows held.</summary>
    internal int Rows { get; private set; }

    /// <summary>Bytes of memory they take.</summary>
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

    /// <summary>Writes the rows as one row group and empties the buffer.</summary>
    internal void WriteTo(ParquetWriter writer)
    {
        var group = writer.StartRowGroup(Rows);
        foreach (var column in _columns)
        {
            column.WriteTo(group);
        }

        (Rows, Bytes) = (0, 0);
    }
}
