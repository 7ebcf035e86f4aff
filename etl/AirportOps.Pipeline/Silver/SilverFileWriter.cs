using AirportOps.Cleaning;
using AirportOps.Cleaning.Columns;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Silver;

/// <summary>Encodes row sets as Parquet files. Not thread-safe: it keeps its working memory from file to file.</summary>
internal sealed class SilverFileWriter : IDisposable
{
    /// <summary>With checksums, by which any reader of the format finds a page that was changed.</summary>
    private static readonly ParquetWriterOptions Options = new() { Checksums = true };

    private readonly ParquetWriterScratch _scratch = new();

    /// <summary>Writes one file with one row group.</summary>
    internal ParquetFileSummary Write(RowSet rows, Stream output)
    {
        using var writer = new ParquetWriter(output, SilverSchema.Of(rows.Entity), Options, _scratch);
        var group = writer.StartRowGroup(rows.Count);
        foreach (var column in rows.Columns)
        {
            switch (column)
            {
                case Utf8Column text:
                    group.WriteUtf8(text.Bytes, text.Offsets, text.Levels);
                    break;
                case Int32Column integers:
                    group.WriteInt32(integers.Values, integers.Levels);
                    break;
                case Int64Column instants:
                    group.WriteInt64(instants.Values, instants.Levels);
                    break;
                case DoubleColumn numbers:
                    group.WriteDouble(numbers.Values, numbers.Levels);
                    break;
                default:
                    throw new InvalidOperationException($"Column {column.Schema.Name} is a {column.GetType().Name}, which has no encoding.");
            }
        }

        return writer.Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();
}
