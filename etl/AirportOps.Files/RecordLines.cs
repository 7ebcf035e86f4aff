using System.Text;
using System.Text.Json;

namespace AirportOps.Files;

/// <summary>What ends a line.</summary>
internal enum LineEnd
{
    /// <summary>A line feed, a carriage return before it or not.</summary>
    LineFeed,

    /// <summary>A carriage return alone.</summary>
    CarriageReturn,
}

/// <summary>
/// Tells from its beginning whether a file can be records of JSON, one a line. Records may be broken in any way, so only what can't be records broken one by
/// one is said to be something else.
/// </summary>
internal static class RecordLines
{
    private const int DeepestJson = 1000;
    private const int LeastColumns = 3;
    private const int HeaderShown = 40;

    private static readonly byte[] Separators = [.. ",;\t|"u8];

    /// <summary>Checks the first bytes of a file.</summary>
    /// <param name="start">The bytes.</param>
    /// <param name="isWhole">Whether they are all.</param>
    /// <param name="name">The file, for messages.</param>
    /// <exception cref="InputFormatException">It is something else.</exception>
    internal static LineEnd Check(ReadOnlyMemory<byte> start, bool isWhole, string name)
    {
        var bytes = start.Span;
        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes["\uFEFF"u8.Length..] : bytes;
        var end = HasLoneReturns(bytes) ? LineEnd.CarriageReturn : LineEnd.LineFeed;
        bytes = bytes.TrimStart(" \t\r\n"u8);
        if (IsSpread(bytes, isWhole))
        {
            var (what, filter) = bytes[0] == '[' ? ("an array", "'.[]'") : ("JSON", ".");
            throw new InputFormatException(
                $"{name} holds {what} spread over lines; a record is one line. Put each on a line of its own: jq -c {filter} FILE > lines.jsonl.");
        }

        if (!HasJsonLine(bytes) && IsMarkup(bytes))
        {
            throw new InputFormatException($"{name} is HTML or XML, not lines of JSON; perhaps a page with an error was saved in its place. Fetch it again.");
        }

        if (!HasJsonLine(bytes) && IsCsv(bytes, out var header))
        {
            throw new InputFormatException(
                $"{name} is CSV (columns {header}), not lines of JSON. Recorded flights are for 'ingest flights'; of others make lines of JSON first.");
        }

        return end;
    }

    private static bool HasLoneReturns(ReadOnlySpan<byte> bytes)
    {
        for (var rest = bytes; !bytes.Contains((byte)'\n') && rest.IndexOf((byte)'\r') is var at and >= 0; rest = rest[(at + 1)..])
        {
            if (rest[..at].TrimEnd(" \t"u8) is [.., (byte)'}' or (byte)']'] && rest[(at + 1)..].TrimStart(" \t\r"u8) is [(byte)'{' or (byte)'[', ..] or [])
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasJsonLine(ReadOnlySpan<byte> bytes) =>
        bytes is [(byte)'{' or (byte)'[', ..] || bytes.StartsWith("\"{"u8) || bytes.IndexOf("\n{"u8) >= 0;

    /// <summary>
    /// Whether one JSON value goes over several lines. A record cut short is followed by another one's beginning, which can't go on what the cut one began.
    /// </summary>
    private static bool IsSpread(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        var lineEnd = bytes.IndexOf((byte)'\n');
        return lineEnd > 0 && bytes[0] is (byte)'{' or (byte)'['
            && Read(bytes[..lineEnd]) == JsonPart.Begun
            && Read(bytes) is var part && (part == JsonPart.Whole || (part == JsonPart.Begun && !isWhole));
    }

    private static JsonPart Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowTrailingCommas = true, MaxDepth = DeepestJson }));
        try
        {
            while (reader.Read())
            {
                if (reader is { CurrentDepth: 0, TokenType: JsonTokenType.EndObject or JsonTokenType.EndArray })
                {
                    return JsonPart.Whole;
                }
            }

            return JsonPart.Begun;
        }
        catch (JsonException)
        {
            return JsonPart.None;
        }
    }

    private static bool IsMarkup(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, "<!doctype".Length)]);
        return start.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether there is a line of names and a line with as many values.</summary>
    private static bool IsCsv(ReadOnlySpan<byte> bytes, out string header)
    {
        header = "";
        var lineEnd = bytes.IndexOf((byte)'\n');
        if (lineEnd < 0)
        {
            return false;
        }

        var first = bytes[..lineEnd].TrimEnd((byte)'\r');
        var second = bytes[(lineEnd + 1)..];
        second = second.IndexOf((byte)'\n') is var end and >= 0 ? second[..end] : second;
        foreach (var separator in Separators)
        {
            var columns = first.Count(separator) + 1;
            if (columns >= LeastColumns && second.Count(separator) + 1 >= columns && AreNames(first, separator))
            {
                header = Encoding.ASCII.GetString(first[..Math.Min(first.Length, HeaderShown)]) + (first.Length > HeaderShown ? "…" : "");
                return true;
            }
        }

        return false;
    }

    private static bool AreNames(ReadOnlySpan<byte> line, byte separator)
    {
        foreach (var range in line.Split(separator))
        {
            var name = line[range].Trim(" \""u8);
            if (name.ContainsAnyExcept(NameBytes) || (!name.IsEmpty && name[0] is >= (byte)'0' and <= (byte)'9'))
            {
                return false;
            }
        }

        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> NameBytes =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_ .()/-"u8);

    private enum JsonPart
    {
        /// <summary>Not JSON.</summary>
        None,

        /// <summary>A value that goes on behind the bytes.</summary>
        Begun,

        /// <summary>A whole value, and perhaps more.</summary>
        Whole,
    }
}
