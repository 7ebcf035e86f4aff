using System.Text.Encodings.Web;
using System.Text.Json;
using AirportOps.Cleaning;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>
/// A line of the quarantine: <c>{"reason","field","detail","event_id","shard","sequence","arrived","raw" or "raw_b64"}</c>. The bytes stand as
/// text where they are UTF-8, else in base 64; both give back exactly what came.
/// </summary>
internal static class QuarantineFormat
{
    /// <summary>Text is kept readable: only what JSON demands is escaped.</summary>
    internal static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one refusal and a line feed.</summary>
    internal static void WriteLine(Refusal refusal, Stream output, Utf8JsonWriter json)
    {
        json.Reset(output);
        json.WriteStartObject();
        json.WriteString("reason", refusal.Reason);
        json.WriteString("field", refusal.Field);
        json.WriteString("detail", refusal.Detail);
        json.WriteString("event_id", refusal.EventId);
        json.WriteString("shard", refusal.Shard);
        json.WriteString("sequence", refusal.Sequence);
        json.WriteString("arrived", Iso8601.FromMicros(refusal.ArrivedMicros));
        if (System.Text.Unicode.Utf8.IsValid(refusal.Raw.Span))
        {
            json.WritePropertyName("raw");
            WriteInSegments(refusal.Raw.Span, json);
        }
        else
        {
            json.WriteBase64String("raw_b64", refusal.Raw.Span);
        }

        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    /// <summary>A writer given a text at once takes room for its longest escaping, six times its bytes.</summary>
    private static void WriteInSegments(ReadOnlySpan<byte> text, Utf8JsonWriter json)
    {
        const int segmentBytes = 16 << 10;
        for (; text.Length > segmentBytes; text = text[segmentBytes..])
        {
            json.WriteStringValueSegment(text[..segmentBytes], isFinalSegment: false);
            json.Flush();
        }

        json.WriteStringValueSegment(text, isFinalSegment: true);
    }
}
