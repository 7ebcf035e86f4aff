using System.Buffers;
using System.Text;

namespace AirportOps.Cleaning.Text;

/// <summary>Keys and words as they are compared: ASCII letters in lower case and digits, and nothing else.</summary>
internal static class KeyText
{
    /// <summary>Writes what is left of a text for comparing.</summary>
    /// <param name="text">UTF-8, not necessarily well-formed.</param>
    /// <param name="destination">Takes it.</param>
    /// <returns>Bytes written; −1 when it does not fit or holds letters or digits outside ASCII, and so equals nothing that is known.</returns>
    internal static int Normalise(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= 0x80)
            {
                if (Rune.DecodeFromUtf8(text[i..], out var rune, out var consumed) == OperationStatus.Done && Rune.IsLetterOrDigit(rune))
                {
                    return -1;
                }

                i += consumed - 1;
                continue;
            }

            if (char.IsAsciiLetterUpper((char)c))
            {
                c |= 0x20;
            }
            else if (!char.IsAsciiLetterLower((char)c) && !char.IsAsciiDigit((char)c))
            {
                continue;
            }

            if (written == destination.Length)
            {
                return -1;
            }

            destination[written++] = c;
        }

        return written;
    }
}
