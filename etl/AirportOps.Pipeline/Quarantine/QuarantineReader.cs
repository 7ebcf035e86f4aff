using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AirportOps.Lake;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>Reads the quarantine.</summary>
public static class QuarantineReader
{
    /// <summary>The lines of one object, in order.</summary>
    /// <exception cref="PipelineException">The object is damaged.</exception>
    public static async IAsyncEnumerable<QuarantinedEvent> ReadAsync(
        ILake lake,
        string key,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var content = await lake.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        using var lines = new StreamReader(new GZipStream(content, CompressionMode.Decompress));
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return Parse(key, line);
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
            throw new PipelineException($"A line of {key} is no line of a quarantine: {damaged.Message} Rebuild Silver from Bronze.", Fault.Operator, damaged);
        }
    }
}
