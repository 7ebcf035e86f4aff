using System.Text;
using System.Text.RegularExpressions;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>The rows <c>trimmed</c> and <c>null_token</c>; text that is kept has at most 64 bytes and no U+0000.</summary>
internal static class TextRules
{
    private const int MaxBytes = 64;

    private static readonly HashSet<string> NullTokens = ["", "-", "N/A", "NA", "NULL", "NONE", "NAN", "UNKNOWN", "?"];
    private static readonly string[] EventTypes = ["flight", "baggage", "security", "ground"];
    private static readonly string[] ScanPoints = ["checkin", "sorter", "loaded", "unloaded", "claim", "mishandled"];
    private static readonly string[] Services = ["deboarding", "cleaning", "catering", "fueling", "baggage", "boarding", "pushback"];

    public static bool IsNullToken(FieldText text) => NullTokens.Contains(text.Text.ToUpperInvariant());

    /// <summary>Zeros, or UNKNOWN cut to six letters, are no tail number.</summary>
    public static bool IsNoTailNumber(string text) => Regex.IsMatch(text, @"^(0+|[Uu][Nn][Kk][Nn][Oo][Ww])\z");

    public static FieldReading Plain(FieldText text) => Kept(text.Text, text.IsTrimmed);

    public static FieldReading Upper(FieldText text)
    {
        var upper = text.Text.ToUpperInvariant();
        return Kept(upper, text.IsTrimmed || upper != text.Text);
    }

    public static FieldReading Letter(FieldText text) => Regex.IsMatch(text.Text, "^[A-Za-z]$") ? Upper(text) : FieldReading.Bad;

    public static FieldReading EventType(FieldText text) => Word(text, EventTypes);

    public static FieldReading ScanPoint(FieldText text) => Word(text, ScanPoints);

    public static FieldReading Service(FieldText text) => Word(text, Services);

    public static FieldReading BagTag(FieldText text) =>
        Regex.IsMatch(text.Text, "^[0-9]{10}$") ? FieldReading.Of(text.Text, text.IsTrimmed) : FieldReading.Bad;

    private static FieldReading Word(FieldText text, string[] words)
    {
        var lower = string.Concat(text.Text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
        return words.Contains(lower) ? FieldReading.Of(lower, text.IsTrimmed || lower != text.Text) : FieldReading.Bad;
    }

    private static FieldReading Kept(string text, bool isTrimmed) =>
        Encoding.UTF8.GetByteCount(text) <= MaxBytes && !text.Contains('\0') ? FieldReading.Of(text, isTrimmed) : FieldReading.Bad;
}
