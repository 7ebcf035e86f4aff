using System.Buffers;
using AirportOps.Cleaning.Json;

namespace AirportOps.Pipeline.Firehose;

/// <summary>
/// Guesses where a broken record ends that nothing delimits: where a brace and a key stand that the grammar does not allow there, or that seem to be
/// an event. Most broken records were cut short, and then what follows shows at the first token that does not fit.
/// </summary>
internal static class BrokenRecord
{
    /// <summary>A brace with a key behind it is told within so many bytes.</summary>
    private const int KeyBytes = 128;

    /// <summary>An event's own keys come early.</summary>
    private const int EventBytes = 4096;

    /// <summary>Braces looked at closely; beyond, a record that is broken over and over would take time without end.</summary>
    private const int MostLookedAt = 256;

    private static readonly SearchValues<byte> BetweenTokens = SearchValues.Create(" \t\r\n,:"u8);

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>The end of the record, which is where the next one starts or all bytes end; −1 when more bytes are needed.</summary>
    /// <param name="bytes">The bytes at hand.</param>
    /// <param name="start">Where the value starts that is broken.</param>
    /// <param name="value">How far it could be read.</param>
    /// <param name="isEnd">Whether nothing follows the bytes.</param>
    internal static int End(ReadOnlySpan<byte> bytes, int start, in JsonValue value, bool isEnd)
    {
        if (Swallowed(bytes, start, value) is var swallowed && swallowed > 0)
        {
            return swallowed;
        }

        var misfit = Misfit(bytes, start + value.Consumed);
        var position = Math.Max(start + 1, start + value.LastStringStart);
        for (var looked = 0; ; position++)
        {
            var found = bytes[position..].IndexOf((byte)'{');
            if (found < 0)
            {
                return isEnd ? bytes.Length : -1;
            }

            position += found;
            if (bytes.Length - position < KeyBytes && !isEnd)
            {
                return -1;
            }

            var candidate = StartOfRecord(bytes, position, start);
            if (candidate < 0)
            {
                continue;
            }

            if (candidate <= misfit || !IsInside(bytes, candidate))
            {
                return candidate;
            }

            if (looked++ < MostLookedAt)
            {
                if (bytes.Length - position < EventBytes && !isEnd)
                {
                    return -1;
                }

                if (EventShape.IsEvent(bytes.Slice(position, Math.Min(EventBytes, bytes.Length - position))))
                {
                    return candidate;
                }
            }
        }
    }

    /// <summary>
    /// Where a string that is a record of its own ends, if only the brace and the quote of the next record end it: then it was cut. 0 where it was not,
    /// −1 when more bytes are needed to tell.
    /// </summary>
    /// <param name="bytes">The bytes at hand.</param>
    /// <param name="end">The end of the string, behind its quote.</param>
    /// <param name="isEnd">Whether nothing follows the bytes.</param>
    internal static int EndOfCutString(ReadOnlySpan<byte> bytes, int end, bool isEnd) =>
        bytes[end - 2] != '{' ? 0
        : bytes.Length - end < KeyBytes && !isEnd ? -1
        : IsKey(bytes[end..Math.Min(bytes.Length, end + KeyBytes)]) ? end - 2
        : 0;

    /// <summary>
    /// A record cut where a value was to come takes the next one for it. That shows when the one after that does not fit: then the object read last is
    /// an event inside another. Elements of an array of events are no such thing.
    /// </summary>
    private static int Swallowed(ReadOnlySpan<byte> bytes, int start, in JsonValue value)
    {
        if (value.LastObjectStart <= 0)
        {
            return -1;
        }

        var inner = start + value.LastObjectStart;
        return (bytes[start] == '{' || Before(bytes, inner) == ':') && EventShape.IsEvent(bytes[inner..(start + value.Consumed)]) ? inner : -1;
    }

    /// <summary>Where the token starts that does not fit; of a string, its end, for a brace in it may be the next record's.</summary>
    private static int Misfit(ReadOnlySpan<byte> bytes, int from)
    {
        var length = bytes[from..].IndexOfAnyExcept(BetweenTokens);
        if (length < 0)
        {
            return bytes.Length;
        }

        var misfit = from + length;
        if (bytes[misfit] != '"')
        {
            return misfit;
        }

        for (var i = misfit + 1; i < bytes.Length; i++)
        {
            if (bytes[i] == '"')
            {
                return i;
            }

            i += bytes[i] == '\\' ? 1 : 0;
        }

        return bytes.Length;
    }

    /// <summary>Where a record starts whose first object's brace is here: it may be in an array, in a string, or behind a byte order mark. −1 for none.</summary>
    private static int StartOfRecord(ReadOnlySpan<byte> bytes, int brace, int after)
    {
        var key = bytes[(brace + 1)..];
        key = key[..Math.Min(KeyBytes, key.Length)].TrimStart(" \t\r\n"u8);
        var before = bytes[(after + 1)..brace];
        if ((key.StartsWith("\\\""u8) || key.StartsWith("\\u0022"u8)) && before is [.., (byte)'"'])
        {
            return brace - 1;
        }

        if (key is not [(byte)'"', ..] || !IsKey(key[1..]))
        {
            return -1;
        }

        return before.EndsWith(ByteOrderMark) ? brace - ByteOrderMark.Length
            : before is [.., (byte)'['] ? brace - 1
            : brace;
    }

    private static bool IsKey(ReadOnlySpan<byte> text)
    {
        var length = text.IndexOf((byte)'"');
        return length > 0 && text[(length + 1)..].TrimStart(" \t\r\n"u8) is [(byte)':', ..];
    }

    /// <summary>Whether the byte before says that a value was to come here, so that an object is none of its own.</summary>
    private static bool IsInside(ReadOnlySpan<byte> bytes, int position) => Before(bytes, position) is (byte)':' or (byte)'[' or (byte)',';

    private static byte Before(ReadOnlySpan<byte> bytes, int position)
    {
        var before = bytes[..position].TrimEnd(" \t\r\n"u8);
        return before.IsEmpty ? (byte)0 : before[^1];
    }
}
