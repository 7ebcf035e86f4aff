using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>Reads the quarantine.</summary>
public static class QuarantineReader
{
    /// <summary>The lines of one object, in order.</summary>
    /// <exception cref="PipelineException">The object is missing or damaged.</exception>
    public static async IAsyncEnumerable<QuarantinedEvent> ReadAsync(
        ILake lake,
        WindowObject file,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var content = await StoredObject.GetAsync(lake, file, cancellationToken).ConfigureAwait(false);
        using var lines = new StreamReader(new GZipStream(new MemoryStream(content), CompressionMode.Decompress));
        long read = 0;
        while (await ReadLineAsync(lines, file.Key, cancellationToken).ConfigureAwait(false) is { } line)
        {
            read++;
            yield return Parse(file.Key, line);
        }

        // A copy cut short decompresses without an error.
        if (read != file.Entries)
        {
            throw new PipelineException($"{file.Key} has {read} lines, its manifest says {file.Entries}. {StoredObject.Remedy}", Fault.Operator, null);
        }
    }

    private static async ValueTask<string?> ReadLineAsync(StreamReader lines, string key, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException damaged)
        {
            throw new PipelineException($"{key} can't be decompressed: {damaged.Message} {StoredObject.Remedy}", Fault.Operator, damaged);
        }
    }

    private static QuarantinedEvent Parse(string key, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var fields = document.RootElement;
            return new QuarantinedEvent(
                fields.GetProperty("reason").GetString()!,
                fields.GetProperty("field").GetString(),
                fields.GetProperty("detail").GetString()!,
                fields.GetProperty("event_id").GetString(),
                fields.GetProperty("shard").GetString()!,
                SequenceNumber.Parse(fields.GetProperty("sequence").GetString()!).ToString(),
                fields.GetProperty("arrived").GetString()!,
                fields.TryGetProperty("raw_b64", out var base64)
                    ? base64.GetBytesFromBase64()
                    : System.Text.Encoding.UTF8.GetBytes(fields.GetProperty("raw").GetString()!));
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new PipelineException($"A line of {key} is no line of a quarantine: {damaged.Message} {StoredObject.Remedy}", Fault.Operator, damaged);
        }
    }
}
