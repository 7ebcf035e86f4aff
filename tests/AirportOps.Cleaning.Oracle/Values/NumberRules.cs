using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>The row <c>number_text</c>, and what a JSON number is in a field.</summary>
internal static class NumberRules
{
    /// <summary>Digits in a text: leading zeros, commas between groups of three, a fraction; digits may miss before or after the point.</summary>
    public const string Digits = @"(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)";

    private static readonly Regex Text = new($@"^([+-]?)({Digits})((?:[eE][+-]?[0-9]+)?)\z", RegexOptions.CultureInvariant);

    /// <summary>A number as JSON would spell it, but for leading zeros; null where the text is no number.</summary>
    public static string? FromText(string text)
    {
        if (Text.Match(text) is not { Success: true } parts)
        {
            return null;
        }

        var digits = parts.Groups[2].Value.Replace(",", "", StringComparison.Ordinal);
        digits = digits.StartsWith('.') ? "0" + digits : digits.TrimEnd('.');
        return parts.Groups[1].Value.TrimStart('+') + digits + parts.Groups[3].Value;
    }

    /// <summary>A number as a clean integer: a whole value in its range, however it is spelt. Exact, so that 12.00…01 is not whole.</summary>
    public static FieldReading Integer(string spelling, int min, int max, params string[] repairs) =>
        Whole(spelling) is { } whole && whole >= min && whole <= max ? FieldReading.Of((int)whole, repairs) : FieldReading.Bad;

    /// <summary>A number as a clean decimal, the nearest double; zero has no sign.</summary>
    public static FieldReading Decimal(string spelling, int min, int max, params string[] repairs) =>
        double.Parse(spelling, CultureInfo.InvariantCulture) is var value && value >= min && value <= max
            ? FieldReading.Of(value + 0.0, repairs)
            : FieldReading.Bad;

    /// <summary>The digits of a number with a whole value of ten digits.</summary>
    public static FieldReading BagTag(string spelling) =>
        AsText(spelling) is { } digits && Regex.IsMatch(digits, "^[0-9]{10}$") ? FieldReading.Of(digits) : FieldReading.Bad;

    /// <summary>
    /// A whole number that is not negative as its digits; null for any other. One that is not spelt as digits alone counts up to what 64 bits hold.
    /// </summary>
    public static string? AsText(string spelling) =>
        Regex.IsMatch(spelling, "^[0-9]+$") ? spelling
        : Whole(spelling) is { } whole && whole >= 0 && whole <= long.MaxValue ? whole.ToString(CultureInfo.InvariantCulture)
        : null;

    /// <summary>The flight number that a number under a key of designators is; null for none.</summary>
    public static int? FlightNumber(string spelling) => Whole(spelling) is { } whole && whole >= 1 && whole <= 9999 ? (int)whole : null;

    /// <summary>How many digits a number has from the first that is not zero to the last that is not.</summary>
    public static int SignificantDigits(string spelling) =>
        Regex.Match(spelling, "^[^eE]*").Value.Replace(".", "", StringComparison.Ordinal).Trim('-', '0').Length;

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
