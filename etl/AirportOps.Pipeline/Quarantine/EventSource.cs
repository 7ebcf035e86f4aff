using System.Text;
using System.Text.Json;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>
/// The source that a refused event names, as far as it can be read: events are refused for being broken, so reading goes up to where they
/// break. Of several spellings of the key the first in the order of the cleaning rules counts.
/// </summary>
public static class EventSource
{
    private const int MostWrappings = 2;

    private static readonly string[] Keys = ["source", "src", "system", "sourcesystem"];

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Reads the source of the first object in the bytes.</summary>
    /// <returns>The source, trimmed; null where none can be read.</returns>
    public static string? Read(ReadOnlyMemory<byte> raw) => Read(raw.Span, MostWrappings);

    private static string? Read(ReadOnlySpan<byte> raw, int wrappingsLeft)
    {
        raw = raw.StartsWith(ByteOrderMark) ? raw[ByteOrderMark.Length..] : raw;
        string? found = null;
        var foundAt = Keys.Length;
        try
        {
            // Told that more may come, the reader ends at a cut instead of throwing.
            var reader = new Utf8JsonReader(raw, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowTrailingCommas = true }));
            var inside = -1;
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.String when inside < 0 && reader.CurrentDepth == 0:
                        return wrappingsLeft > 0 ? Read(Encoding.UTF8.GetBytes(reader.GetString()!), wrappingsLeft - 1) : null;
                    case JsonTokenType.StartObject when inside < 0:
                        inside = reader.CurrentDepth + 1;
                        break;
                    case JsonTokenType.EndObject when reader.CurrentDepth == inside - 1:
                        return found;
                    case JsonTokenType.PropertyName when reader.CurrentDepth == inside:
                        var at = Array.IndexOf(Keys, Normalised(reader.GetString()!));
                        if (reader.Read() && reader.TokenType == JsonTokenType.String && at >= 0 && at <= foundAt
                            && reader.GetString()!.Trim() is { Length: > 0 } source)
                        {
                            (found, foundAt) = (source, at);
                        }
                        else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && !reader.TrySkip())
                        {
                            return found;
                        }

                        break;
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Up to here it could be read.
        }

        return found;
    }

    private static string Normalised(string key) => string.Concat(key.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
