using System.Globalization;

namespace AirportOps.Cleaning.Values;

/// <summary>
/// A decimal number as it is written: <c>Digits × 10^Exponent</c>, exact while it has at most 19 significant digits.
/// </summary>
/// <param name="IsNegative">Whether a minus stands before it.</param>
/// <param name="Digits">The significant digits.</param>
/// <param name="Exponent">The power of ten of the last of them, −99999…99999.</param>
/// <param name="IsExact">Whether no digit but zeros was cut off.</param>
internal readonly record struct NumberText(bool IsNegative, ulong Digits, int Exponent, bool IsExact)
{
    private const int MostDigits = 19;
    private const int MostDecimals = 28;
    private const int MostExponent = 99_999;
    private const int MostExactPower = 22;
    private const ulong MostExactDigits = 1UL << 53;

    private static readonly double[] Powers = [.. Enumerable.Range(0, MostExactPower + 1).Select(power => Math.Pow(10, power))];

    /// <summary>
    /// Reads a number: sign, digits with or without commas between groups of three, fraction, exponent. Everything that JSON calls a number
    /// is one; text may also have a plus, leading zeros, and no digit before or after the point.
    /// </summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out NumberText number)
    {
        number = default;
        var isNegative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..])
        {
            text = text[1..];
        }

        var whole = IntegerLength(text);
        if (whole < 0)
        {
            return false;
        }

        var fraction = 0;
        var rest = text[whole..];
        if (rest is [(byte)'.', ..])
        {
            fraction = 1 + DigitsLength(rest[1..]);
            rest = rest[fraction..];
        }

        if ((whole == 0 && fraction <= 1) || !TryReadExponent(rest, out var exponent))
        {
            return false;
        }

        var digits = 0UL;
        var significant = 0;
        var isExact = true;
        for (var i = 0; i < whole + fraction; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                continue;
            }

            if (significant < MostDigits)
            {
                digits = (digits * 10) + digit;
                significant += digits == 0 ? 0 : 1;
                exponent -= i > whole ? 1 : 0;
            }
            else
            {
                isExact &= digit == 0;
                exponent += i < whole ? 1 : 0;
            }
        }

        number = new NumberText(isNegative, digits, exponent, isExact);
        return true;
    }

    /// <summary>The number as an integer, when it is whole and small enough.</summary>
    internal bool TryToInteger(out long value)
    {
        value = 0;
        var digits = Digits;
        var exponent = Exponent;
        if (!IsExact)
        {
            return false;
        }

        for (; exponent < 0 && digits != 0; exponent++)
        {
            if (digits % 10 != 0)
            {
                return false;
            }

            digits /= 10;
        }

        for (; exponent > 0 && digits != 0; exponent--)
        {
            if (digits > long.MaxValue / 10)
            {
                return false;
            }

            digits *= 10;
        }

        if (digits > long.MaxValue)
        {
            return false;
        }

        value = IsNegative ? -(long)digits : (long)digits;
        return true;
    }

    /// <summary>The nearest floating-point number; zero has no sign.</summary>
    /// <param name="text">The text this was read from, for numbers that need more than one exact operation.</param>
    internal double ToDouble(ReadOnlySpan<byte> text)
    {
        if (!IsExact || Digits > MostExactDigits || Math.Abs(Exponent) > MostExactPower)
        {
            return Digits == 0
                ? 0
                : double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        }

        var magnitude = Exponent < 0 ? Digits / Powers[-Exponent] : Digits * Powers[Exponent];
        return IsNegative && Digits != 0 ? -magnitude : magnitude;
    }

    /// <summary>
    /// The number as a decimal, when it has at most 19 significant digits and is no larger than 19 digits. One under 10⁻⁹ with more than 28 decimals is
    /// zero, which is what is left of it after rounding.
    /// </summary>
    internal bool TryToDecimal(out decimal value)
    {
        value = 0;
        if (!IsExact || Exponent > 0)
        {
            return TryToInteger(out var whole) && (value = whole) == whole;
        }

        if (Exponent < -MostDecimals)
        {
            return true;
        }

        value = new decimal((int)Digits, (int)(Digits >> 32), 0, IsNegative, (byte)-Exponent);
        return true;
    }

    /// <summary>The length of an integer part, which may be empty; −1 when commas group it wrongly.</summary>
    private static int IntegerLength(ReadOnlySpan<byte> text)
    {
        var length = DigitsLength(text);
        if (length is 0 or > 3 || length == text.Length || text[length] != ',')
        {
            return length;
        }

        while (length < text.Length && text[length] == ',')
        {
            if (DigitsLength(text[(length + 1)..]) != 3)
            {
                return -1;
            }

            length += 4;
        }

        return length;
    }

    private static int DigitsLength(ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? text.Length : length;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        text = text[1..];
        var isNegative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..])
        {
            text = text[1..];
        }

        if (text.IsEmpty || DigitsLength(text) != text.Length)
        {
            return false;
        }

        foreach (var digit in text)
        {
            exponent = Math.Min(MostExponent, (exponent * 10) + (digit - '0'));
        }

        exponent = isNegative ? -exponent : exponent;
        return true;
    }
}
