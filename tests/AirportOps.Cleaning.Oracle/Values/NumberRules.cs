using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>The row <c>number_text</c>, and what a JSON number is in a field.</summary>
internal static class NumberRules
{
    /// <summary>A number in a text: a sign, leading zeros, commas between groups of three, a fraction, an exponent.</summary>
    public const string Pattern = @"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?";

    private static readonly Regex Text = new($"^{Pattern}$", RegexOptions.CultureInvariant);

    /// <summary>The spelling of a number without commas and plus; null where the text is no number.</summary>
    public static string? FromText(string text) =>
        Text.IsMatch(text) && !text.EndsWith('\n') ? text.Replace(",", "", StringComparison.Ordinal).TrimStart('+') : null;

    /// <summary>A number as a clean integer: a whole value in its range, however it is spelt. Exact, so that 12.00…01 is not whole.</summary>
    public static FieldReading Integer(string spelling, int min, int max, params string[] repairs) =>
        Whole(spelling) is { } whole && whole >= min && whole <= max ? FieldReading.Of((int)whole, repairs) : FieldReading.Bad;

    /// <summary>A number as a clean decimal, the nearest double.</summary>
    public static FieldReading Decimal(string spelling, int min, int max, params string[] repairs) =>
        double.Parse(spelling, CultureInfo.InvariantCulture) is var value && value >= min && value <= max
            ? FieldReading.Of(value, repairs)
            : FieldReading.Bad;

    /// <summary>The digits of a number with a whole value of ten digits.</summary>
    public static FieldReading BagTag(string spelling) =>
        Whole(spelling) is { } whole && Regex.IsMatch(whole.ToString(CultureInfo.InvariantCulture), "^[0-9]{10}$")
            ? FieldReading.Of(whole.ToString(CultureInfo.InvariantCulture))
            : FieldReading.Bad;

    private static BigInteger? Whole(string spelling)
    {
        const int beyondAnyRange = 1000;
        var parts = Regex.Match(spelling, @"^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]\+?(-?[0-9]+))?$");
        var fraction = parts.Groups[3].Value.TrimEnd('0');
        var digits = (parts.Groups[2].Value + fraction).TrimStart('0');
        if (digits.Length == 0)
        {
            return BigInteger.Zero;
        }

        // The value is the digits times ten to this power.
        var power = (parts.Groups[4].Success ? BigInteger.Parse(parts.Groups[4].Value, CultureInfo.InvariantCulture) : 0) - fraction.Length;
        var significant = digits.TrimEnd('0');
        power += digits.Length - significant.Length;
        if (power < 0 || power > beyondAnyRange)
        {
            return null;
        }

        var value = BigInteger.Parse(significant, CultureInfo.InvariantCulture) * BigInteger.Pow(10, (int)power);
        return parts.Groups[1].Value == "-" ? -value : value;
    }
}
