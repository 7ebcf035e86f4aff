using AirportOps.Cleaning.Codes;

namespace AirportOps.Cleaning.Values;

/// <summary>Airline, flight number and suffix in one text, such as <c>AA 0100</c> or <c>aal100a</c>.</summary>
/// <param name="Airline">The airline's number in the table; −1 when no row has the code.</param>
/// <param name="Number">1…9999.</param>
/// <param name="Suffix">An upper-case letter; 0 without one.</param>
internal readonly record struct DesignatorText(int Airline, int Number, byte Suffix)
{
    /// <summary>The longest that <see cref="Format"/> writes.</summary>
    internal const int LongestClean = 7;

    private const int IataLength = 2;
    private const int IcaoLength = 3;
    private const int MostDigits = 4;
    private const int MostCharacters = 32;

    /// <summary>
    /// Reads an IATA code (two letters or digits, at least one a letter) or an ICAO code (three letters), blanks, one to four digits and
    /// perhaps a letter. Where both codes fit, the one that exists counts, IATA first. A US registration, such as <c>N2767K</c>, is none.
    /// </summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, CodeTable airlines, out DesignatorText designator)
    {
        designator = default;
        Span<byte> upper = stackalloc byte[MostCharacters];
        if (text.Length > MostCharacters || System.Text.Ascii.ToUpper(text, upper, out var length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        ReadOnlySpan<byte> letters = upper[..length];
        if (IsUsRegistration(letters))
        {
            return false;
        }

        var hasIata = TryParse(letters, IataLength, airlines, out var byIata);
        if (hasIata && byIata.Airline >= 0)
        {
            designator = byIata;
            return true;
        }

        var hasIcao = TryParse(letters, IcaoLength, airlines, out var byIcao);
        designator = hasIcao ? byIcao : byIata;
        return hasIata || hasIcao;
    }

    /// <summary>Reads a flight number without an airline: one to four digits, not all zeros.</summary>
    internal static bool TryParseNumber(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        return text.Length <= MostDigits && CalendarDate.TryDigits(text, out number) && number > 0;
    }

    /// <summary>Writes the clean form: code, number without leading zeros, suffix.</summary>
    /// <returns>Bytes written.</returns>
    internal int Format(ReadOnlySpan<byte> code, Span<byte> destination)
    {
        code.CopyTo(destination);
        Number.TryFormat(destination[code.Length..], out var digits, default, System.Globalization.CultureInfo.InvariantCulture);
        var length = code.Length + digits;
        if (Suffix != 0)
        {
            destination[length++] = Suffix;
        }

        return length;
    }

    /// <summary>An N, a digit from 1 on, and up to four letters or digits more.</summary>
    private static bool IsUsRegistration(ReadOnlySpan<byte> text)
    {
        const int longest = 6;
        if (text.Length < 2 || text.Length > longest || text[0] != 'N' || text[1] is < (byte)'1' or > (byte)'9')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, int codeLength, CodeTable airlines, out DesignatorText designator)
    {
        designator = default;
        if (text.Length <= codeLength || !IsCode(text[..codeLength]))
        {
            return false;
        }

        var rest = text[codeLength..].TrimStart(" \t"u8);
        byte suffix = 0;
        if (!rest.IsEmpty && char.IsAsciiLetterUpper((char)rest[^1]))
        {
            suffix = rest[^1];
            rest = rest[..^1];
        }

        if (rest.Length > MostDigits || !CalendarDate.TryDigits(rest, out var number) || number == 0)
        {
            return false;
        }

        var code = text[..codeLength];
        var isFound = codeLength == IataLength ? airlines.TryFindIata(code, out var airline) : airlines.TryFindIcao(code, out airline);
        designator = new DesignatorText(isFound ? airline : -1, number, suffix);
        return true;
    }

    private static bool IsCode(ReadOnlySpan<byte> code)
    {
        var letters = 0;
        foreach (var c in code)
        {
            if (char.IsAsciiLetterUpper((char)c))
            {
                letters++;
            }
            else if (!char.IsAsciiDigit((char)c))
            {
                return false;
            }
        }

        return code.Length == IataLength ? letters > 0 : letters == code.Length;
    }
}
