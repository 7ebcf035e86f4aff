namespace AirportOps.Pipeline.Firehose;

/// <summary>
/// Finds records again in an object of a delivery stream, which keeps nothing of where one ends. With a delimiter a record is a line, or as many
/// lines as one JSON value takes. Without one it is a JSON value; broken ones end where another record seems to start
/// (<see cref="BrokenRecord"/>).
/// </summary>
/// <remarks>
/// Every byte but white space between records is in a record, so what is broken comes to the quarantine, at worst together with its neighbour. What
/// is found follows from the bytes alone, not from how many of them are at hand at a time.
/// </remarks>
/// <param name="hasDelimiter">Whether records end in a line feed.</param>
internal sealed class FirehoseScanner(bool hasDelimiter)
{
    /// <summary>Records looked at to see whether lines delimit them: enough that a few with several events in one don't count.</summary>
    private const int RecordsLookedAt = 200;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>A scanner for an object, from its beginning.</summary>
    /// <param name="delimiter">What is known of it.</param>
    /// <param name="beginning">The first bytes: the whole object, or many records.</param>
    /// <param name="isEnd">Whether that is all.</param>
    internal static FirehoseScanner For(FirehoseDelimiter delimiter, ReadOnlySpan<byte> beginning, bool isEnd) => new(delimiter switch
    {
        FirehoseDelimiter.Newline => true,
        FirehoseDelimiter.None => false,
        _ => HasDelimiter(beginning, isEnd),
    });

    /// <summary>The next record.</summary>
    /// <param name="bytes">The bytes at hand.</param>
    /// <param name="from">Where to go on.</param>
    /// <param name="isEnd">Whether nothing follows the bytes.</param>
    /// <param name="record">The record, without line ends around it; go on behind it.</param>
    /// <returns>False when more bytes are needed, or none are left.</returns>
    internal bool TryNext(ReadOnlySpan<byte> bytes, int from, bool isEnd, out Range record)
    {
        var start = from + LeadingWhiteSpace(bytes[from..]);
        record = default;
        if (start == bytes.Length)
        {
            return false;
        }

        var end = hasDelimiter ? EndOfLines(bytes, start, isEnd) : EndOfValue(bytes, start, isEnd);
        if (end < 0)
        {
            return false;
        }

        record = start..(start + bytes[start..end].TrimEnd("\r\n"u8).Length);
        return true;
    }

    private static bool HasDelimiter(ReadOnlySpan<byte> beginning, bool isEnd)
    {
        var scanner = new FirehoseScanner(hasDelimiter: false);
        var (newlines, others) = (0, 0);
        var last = 0..0;
        while (newlines + others < RecordsLookedAt && scanner.TryNext(beginning, last.End.Value, isEnd, out var record))
        {
            if (last.End.Value > 0)
            {
                var isNewline = beginning[last.End.Value..record.Start.Value].Contains((byte)'\n');
                (newlines, others) = isNewline ? (newlines + 1, others) : (newlines, others + 1);
            }

            last = record;
        }

        // Of one record alone the line feed behind it tells.
        newlines += newlines + others == 0 && last.End.Value > 0 && beginning[last.End.Value..].Contains((byte)'\n') ? 1 : 0;
        return newlines > 0 && newlines >= others;
    }

    /// <summary>The end of a record of lines, without its line feed; −1 when more bytes are needed.</summary>
    private static int EndOfLines(ReadOnlySpan<byte> bytes, int start, bool isEnd)
    {
        var end = EndOfLine(bytes, start, isEnd);
        if (end < 0)
        {
            return -1;
        }

        var following = end + LeadingWhiteSpace(bytes[end..]);
        if (following == bytes.Length && !isEnd)
        {
            return -1;
        }

        // Nearly every record is a line from brace to brace, and the next one starts like one too.
        if (bytes[start] == '{' && EndsInBrace(bytes[start..end]) && (following == bytes.Length || bytes[following] == '{'))
        {
            return end;
        }

        var value = JsonValue.Read(bytes[SkipMark(bytes, start)..], isEnd);
        return value.Outcome switch
        {
            JsonValueOutcome.GoesOn => -1,
            JsonValueOutcome.Complete when SkipMark(bytes, start) + value.Consumed is var last && last > end => EndOfLine(bytes, last, isEnd),
            _ => end,
        };
    }

    /// <summary>The end of a record that nothing delimits; −1 when more bytes are needed.</summary>
    private static int EndOfValue(ReadOnlySpan<byte> bytes, int start, bool isEnd)
    {
        for (var position = SkipMark(bytes, start); ;)
        {
            var value = JsonValue.Read(bytes[position..], isEnd);
            if (value.Outcome == JsonValueOutcome.GoesOn)
            {
                return -1;
            }

            if (value.Outcome == JsonValueOutcome.Broken)
            {
                return BrokenRecord.End(bytes, position, value, isEnd);
            }

            var isString = bytes[position] == '"';
            position += value.Consumed;
            if (isString && BrokenRecord.EndOfCutString(bytes, position, isEnd) is not 0 and var cut)
            {
                return cut;
            }

            var following = position + LeadingWhiteSpace(bytes[position..]);
            if (following == bytes.Length)
            {
                return isEnd ? position : -1;
            }

            if (bytes[following] == ',')
            {
                return following + 1;
            }

            // Producers put several objects into a record with blanks between; records themselves stand end to end.
            if (following == position || bytes[following] != '{' || bytes[position..following].Contains((byte)'\n'))
            {
                return position;
            }

            position = following;
        }
    }

    private static int EndOfLine(ReadOnlySpan<byte> bytes, int from, bool isEnd)
    {
        var length = bytes[from..].IndexOf((byte)'\n');
        return length >= 0 ? from + length : isEnd ? bytes.Length : -1;
    }

    private static bool EndsInBrace(ReadOnlySpan<byte> line) => line.TrimEnd(" \t\r"u8) is [.., (byte)'}'];

    private static int SkipMark(ReadOnlySpan<byte> bytes, int start)
    {
        var value = bytes[start..].StartsWith(ByteOrderMark) ? start + ByteOrderMark.Length : start;
        return value + LeadingWhiteSpace(bytes[value..]);
    }

    private static int LeadingWhiteSpace(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        return length < 0 ? bytes.Length : length;
    }
}
