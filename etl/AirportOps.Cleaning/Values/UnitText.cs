using System.Buffers;

namespace AirportOps.Cleaning.Values;

/// <summary>Weights and durations with their unit, as text.</summary>
internal static class UnitText
{
    private const decimal KilogramsPerPound = 0.45359237m;
    private const int LongestUnit = 10;

    private static readonly SearchValues<byte> NumberCharacters = SearchValues.Create("0123456789.,+- "u8);
    private static readonly SearchValues<byte> IsoTimeCharacters = SearchValues.Create("0123456789.hmsHMS"u8);

    /// <summary>Reads a weight such as <c>44 lb</c>; kilograms rounded to 2 decimals, half away from zero.</summary>
    internal static bool TryParseWeight(ReadOnlySpan<byte> text, out decimal kilograms)
    {
        var number = NumberLength(text);
        kilograms = 0;
        return number > 0 && TryConvertWeight(text[..number].TrimEnd(" "u8), text[number..], out kilograms);
    }

    /// <summary>Reads a weight whose number and unit came apart.</summary>
    internal static bool TryConvertWeight(ReadOnlySpan<byte> number, ReadOnlySpan<byte> unit, out decimal kilograms)
    {
        kilograms = 0;
        Span<byte> word = stackalloc byte[LongestUnit];
        if (!NumberText.TryParse(number, out var parsed) || !parsed.TryToDecimal(out var value) || !TryLower(unit, word, out var length))
        {
            return false;
        }

        var name = word[..length];
        var isKilograms = name.SequenceEqual("kg"u8) || name.SequenceEqual("kgs"u8)
            || name.SequenceEqual("kilogram"u8) || name.SequenceEqual("kilograms"u8);
        var isPounds = name.SequenceEqual("lb"u8) || name.SequenceEqual("lbs"u8)
            || name.SequenceEqual("pound"u8) || name.SequenceEqual("pounds"u8);
        if (!isKilograms && !isPounds)
        {
            return false;
        }

        kilograms = decimal.Round(isPounds ? value * KilogramsPerPound : value, 2, MidpointRounding.AwayFromZero);
        return true;
    }

    /// <summary>Reads a duration such as <c>PT1H20M</c>, <c>12 min</c> or <c>1h 20m</c>; minutes, not rounded.</summary>
    internal static bool TryParseDuration(ReadOnlySpan<byte> text, out decimal minutes)
    {
        minutes = 0;
        var isNegative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..])
        {
            text = text[1..];
        }

        var isIso = text is [(byte)'P' or (byte)'p', ..];
        if (isIso ? !TryParseIso(text[1..], out minutes) : !TryParseParts(text, out minutes))
        {
            return false;
        }

        minutes = isNegative ? -minutes : minutes;
        return true;
    }

    /// <summary>Reads a duration whose number and unit came apart; minutes, not rounded.</summary>
    internal static bool TryConvertDuration(ReadOnlySpan<byte> number, ReadOnlySpan<byte> unit, out decimal minutes)
    {
        minutes = 0;
        return NumberText.TryParse(number, out var parsed) && parsed.TryToDecimal(out var value)
            && SecondsOf(unit) is var seconds and > 0 && TryScale(value, seconds, out minutes);
    }

    /// <summary>ISO 8601, days to seconds: <c>[nD][T[nH][nM][nS]]</c> after the P.</summary>
    private static bool TryParseIso(ReadOnlySpan<byte> text, out decimal minutes)
    {
        minutes = 0;
        var time = text.IndexOfAny((byte)'T', (byte)'t');
        var days = time < 0 ? text : text[..time];
        if (!days.IsEmpty && (days[^1] is not ((byte)'D' or (byte)'d') || !TryParseParts(days, out minutes)))
        {
            return false;
        }

        if (time < 0)
        {
            return !days.IsEmpty;
        }

        var clock = text[(time + 1)..];
        if (clock.IndexOfAnyExcept(IsoTimeCharacters) >= 0 || !TryParseParts(clock, out var rest))
        {
            return false;
        }

        minutes += rest;
        return true;
    }

    /// <summary>Numbers with units, the larger unit first and each once, with or without white space between.</summary>
    private static bool TryParseParts(ReadOnlySpan<byte> text, out decimal minutes)
    {
        minutes = 0;
        var smallest = int.MaxValue;
        do
        {
            var number = NumberLength(text);
            var unit = UnitLength(text[number..]);
            var seconds = SecondsOf(text.Slice(number, unit));
            if (number == 0 || text[0] is (byte)'-' or (byte)'+' || seconds == 0 || seconds >= smallest
                || !TryConvertDuration(text[..number].TrimEnd(" "u8), text.Slice(number, unit), out var part))
            {
                return false;
            }

            minutes += part;
            smallest = seconds;
            text = text[(number + unit)..].TrimStart(" "u8);
        }
        while (!text.IsEmpty);
        return true;
    }

    private static bool TryScale(decimal value, int seconds, out decimal minutes)
    {
        // 19 digits of minutes are more than any duration; days of that size would overflow.
        const decimal most = 1_000_000_000_000;
        minutes = 0;
        if (Math.Abs(value) > most)
        {
            return false;
        }

        minutes = value * seconds / 60;
        return true;
    }

    private static int SecondsOf(ReadOnlySpan<byte> unit)
    {
        Span<byte> word = stackalloc byte[LongestUnit];
        if (!TryLower(unit, word, out var length))
        {
            return 0;
        }

        return System.Text.Encoding.ASCII.GetString(word[..length]) switch
        {
            "d" or "day" or "days" => 86_400,
            "h" or "hr" or "hrs" or "hour" or "hours" => 3_600,
            "m" or "min" or "mins" or "minute" or "minutes" => 60,
            "s" or "sec" or "secs" or "second" or "seconds" => 1,
            _ => 0,
        };
    }

    private static bool TryLower(ReadOnlySpan<byte> unit, Span<byte> word, out int length)
    {
        unit = unit.Trim(" "u8);
        length = unit.Length;
        return length <= word.Length && System.Text.Ascii.ToLower(unit, word, out _) == OperationStatus.Done;
    }

    /// <summary>The length of a number at the start, with the blanks after it.</summary>
    private static int NumberLength(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(NumberCharacters);
        return end < 0 ? text.Length : end;
    }

    private static int UnitLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiLetter((char)text[length]))
        {
            length++;
        }

        return length;
    }
}
