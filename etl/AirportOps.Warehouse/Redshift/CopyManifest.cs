using System.Buffers;
using System.Text.Json;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Warehouse.Redshift;

/// <summary>
/// The list of files of a COPY
/// (<see href="https://docs.aws.amazon.com/redshift/latest/dg/loading-data-files-using-manifest.html">Using a manifest to specify data files</see>).
/// </summary>
internal static class CopyManifest
{
    /// <summary>
    /// Writes the manifest as JSON in UTF-8. Every file is mandatory, which is not the default, and has its exact size, without which Redshift loads no Parquet.
    /// </summary>
    /// <param name="lakeUri">The lake's address without a slash at its end, <c>s3://BUCKET/PREFIX</c>.</param>
    /// <param name="files">The files, each once: one listed twice is loaded twice.</param>
    /// <exception cref="ArgumentException">A file is there twice, or there is none.</exception>
    internal static byte[] Write(string lakeUri, IReadOnlyList<WindowFile> files)
    {
        if (files.Count == 0 || files.DistinctBy(file => file.Key).Count() != files.Count)
        {
            throw new ArgumentException("A manifest names each of its files once, and at least one.", nameof(files));
        }

        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartArray("entries");
            foreach (var file in files)
            {
                json.WriteStartObject();
                json.WriteString("url", $"{lakeUri}/{file.Key}");
                json.WriteBoolean("mandatory", true);
                json.WriteStartObject("meta");
                json.WriteNumber("content_length", file.Bytes);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }
}
