using System.Text;

namespace AirportOps.Cleaning.Values;

/// <summary>The texts that stand for null.</summary>
internal static class NullTokens
{
    private const int Longest = 7;

    /// <summary>Whether a text stands for no tail number: zeros, or UNKNOWN cut to six letters.</summary>
    internal static bool IsNoTailNumber(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyExcept((byte)'0') < 0 || Ascii.EqualsIgnoreCase(text, "UNKNOW"u8);

    /// <summary>Whether a text, white space around it left out, stands for null in any case.</summary>
    internal static bool IsNull(ReadOnlySpan<byte> text)
    {
        if (text.Length > Longest)
        {
            return false;
        }

        return text.Length switch
        {
            0 => true,
            1 => text[0] is (byte)'-' or (byte)'?',
            2 => Ascii.EqualsIgnoreCase(text, "NA"u8),
            3 => Ascii.EqualsIgnoreCase(text, "N/A"u8) || Ascii.EqualsIgnoreCase(text, "NAN"u8),
            4 => Ascii.EqualsIgnoreCase(text, "NULL"u8) || Ascii.EqualsIgnoreCase(text, "NONE"u8),
            7 => Ascii.EqualsIgnoreCase(text, "UNKNOWN"u8),
            _ => false,
        };
    }
}
