using AirportOps.Lake;
using AirportOps.Parquet;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Silver;

/// <summary>Opens the Parquet files that manifests name.</summary>
public static class SilverFileReader
{
    /// <summary>Reads a window's file whole and opens it; the reader is the caller's to dispose.</summary>
    /// <exception cref="PipelineException">The file is missing, damaged, or not the one the manifest speaks of.</exception>
    public static async Task<ParquetReader> OpenAsync(ILake lake, WindowFile file, CancellationToken cancellationToken)
    {
        var content = await StoredObject.GetAsync(lake, file.Key, file.Bytes, file.Sha256, cancellationToken).ConfigureAwait(false);
        ParquetReader reader;
        try
        {
            reader = new ParquetReader(content);
        }
        catch (ParquetFormatException damaged)
        {
            throw new PipelineException($"{file.Key}: {damaged.Message} {StoredObject.Remedy}", Fault.Operator, damaged);
        }

        if (reader.RowCount == file.Rows)
        {
            return reader;
        }

        reader.Dispose();
        throw new PipelineException($"{file.Key} has {reader.RowCount} rows, its manifest says {file.Rows}. {StoredObject.Remedy}", Fault.Operator, null);
    }
}
