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
        try
        {
            var content = await lake.GetAsync(file.Key, cancellationToken).ConfigureAwait(false);
            var reader = new ParquetReader(content);
            if (content.Length == file.Bytes && reader.RowCount == file.Rows)
            {
                return reader;
            }

            reader.Dispose();
            throw new PipelineException(
                $"{file.Key} has {content.Length} bytes and {reader.RowCount} rows, its manifest says {file.Bytes} and {file.Rows}. " +
                "Rebuild Silver from Bronze.",
                Fault.Operator,
                null);
        }
        catch (Exception damaged) when (damaged is ParquetFormatException or LakeObjectNotFoundException)
        {
            throw new PipelineException($"{file.Key}: {damaged.Message} Rebuild Silver from Bronze.", Fault.Operator, damaged);
        }
    }
}
