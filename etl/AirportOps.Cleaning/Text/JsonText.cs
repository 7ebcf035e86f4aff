using System.Buffers;
using System.Text;

namespace AirportOps.Cleaning.Text;

/// <summary>
/// The content of JSON text whose grammar a reader has checked, but not its characters: bytes that are not UTF-8 and escapes of lone
/// surrogates become U+FFFD, one for each maximal ill-formed part (Unicode 16, section 3.9, "Substitution of Maximal Subparts").
/// </summary>
internal static class JsonText
{
    private const int EscapeLength = 6;

    private static ReadOnlySpan<byte> Replacement => "\uFFFD"u8;

    /// <summary>How much longer a text can become: a single ill-formed byte becomes three.</summary>
    internal const int Growth = 3;

    /// <summary>Unescapes the inside of a JSON string.</summary>
    /// <param name="raw">What stands between the quotes.</param>
    /// <param name="destination">At least <see cref="Growth"/> times as long.</param>
    /// <param name="keepsBytes">Whether bytes that are not UTF-8 stay as they are.</param>
    /// <param name="isRepaired">Whether anything became U+FFFD.</param>
    /// <returns>Bytes written.</returns>
    internal static int Unescape(ReadOnlySpan<byte> raw, Span<byte> destination, bool keepsBytes, out bool isRepaired)
    {
        isRepaired = false;
        var written = 0;
        while (!raw.IsEmpty)
        {
            if (raw[0] != '\\')
            {
                var plain = raw.IndexOf((byte)'\\');
                plain = plain < 0 ? raw.Length : plain;
                written += keepsBytes
                    ? CopyAll(raw[..plain], destination[written..])
                    : CopyRepaired(raw[..plain], destination[written..], ref isRepaired);
                raw = raw[plain..];
            }
            else if (raw[1] != 'u')
            {
                destination[written++] = Unescaped(raw[1]);
                raw = raw[2..];
            }
            else
            {
                var rune = ReadEscape(raw, out var length, out var isLone);
                isRepaired |= isLone;
                written += rune.EncodeToUtf8(destination[written..]);
                raw = raw[length..];
            }
        }

        return written;
    }

    /// <summary>Copies JSON as it is but for ill-formed characters in its strings and commas before a closing bracket.</summary>
    /// <param name="json">Well-formed but for those.</param>
    /// <param name="destination">At least <see cref="Growth"/> times as long.</param>
    /// <param name="isRepaired">Set when a character was replaced; else left.</param>
    /// <returns>Bytes written.</returns>
    internal static int CopyJson(ReadOnlySpan<byte> json, Span<byte> destination, ref bool isRepaired)
    {
        var written = 0;
        while (!json.IsEmpty)
        {
            if (json[0] == '"')
            {
                var end = StringEnd(json);
                written += CopyString(json[..end], destination[written..], ref isRepaired);
                json = json[end..];
                continue;
            }

            if (json[0] != ',' || !ClosesNext(json[1..]))
            {
                destination[written++] = json[0];
            }

            json = json[1..];
        }

        return written;
    }

    /// <summary>Whether an escape of a surrogate without its partner may be in the JSON.</summary>
    internal static bool MayHoldSurrogateEscape(ReadOnlySpan<byte> json) => json.IndexOf("\\u"u8) >= 0;

    private static bool ClosesNext(ReadOnlySpan<byte> rest)
    {
        var next = rest.IndexOfAnyExcept(" \t\r\n"u8);
        return next >= 0 && rest[next] is (byte)']' or (byte)'}';
    }

    private static int StringEnd(ReadOnlySpan<byte> json)
    {
        var index = 1;
        while (json[index] != '"')
        {
            index += json[index] == '\\' ? 2 : 1;
        }

        return index + 1;
    }

    private static int CopyString(ReadOnlySpan<byte> raw, Span<byte> destination, ref bool isRepaired)
    {
        var written = 0;
        while (!raw.IsEmpty)
        {
            var escape = raw.IndexOf("\\"u8);
            var plain = escape < 0 ? raw.Length : escape;
            written += CopyRepaired(raw[..plain], destination[written..], ref isRepaired);
            raw = raw[plain..];
            if (raw.IsEmpty)
            {
                break;
            }

            var length = 2;
            var isLone = false;
            if (raw[1] == 'u')
            {
                ReadEscape(raw, out length, out isLone);
            }

            isRepaired |= isLone;
            written += CopyAll(isLone ? "\\ufffd"u8 : raw[..length], destination[written..]);
            raw = raw[length..];
        }

        return written;
    }

    private static int CopyAll(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }

    private static int CopyRepaired(ReadOnlySpan<byte> text, Span<byte> destination, ref bool isRepaired)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(text, out _, out var consumed);
            isRepaired |= status != OperationStatus.Done;
            written += CopyAll(status == OperationStatus.Done ? text[..consumed] : Replacement, destination[written..]);
            text = text[consumed..];
        }

        return written;
    }

    private static byte Unescaped(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };

    private static Rune ReadEscape(ReadOnlySpan<byte> raw, out int length, out bool isLone)
    {
        var first = CodeUnit(raw);
        length = EscapeLength;
        isLone = false;
        if (Rune.TryCreate(first, out var rune))
        {
            return rune;
        }

        var rest = raw[EscapeLength..];
        if (rest.Length >= EscapeLength && rest.StartsWith("\\u"u8) && Rune.TryCreate(first, CodeUnit(rest), out rune))
        {
            length += EscapeLength;
            return rune;
        }

        isLone = true;
        return Rune.ReplacementChar;
    }

    private static char CodeUnit(ReadOnlySpan<byte> escape)
    {
        var unit = 0;
        foreach (var digit in escape[2..EscapeLength])
        {
            unit = (unit << 4) | Hex(digit);
        }

        return (char)unit;
    }

    private static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
