using System.Globalization;
using System.Text.RegularExpressions;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>The row <c>designator</c>: airline, number and suffix in one.</summary>
internal sealed class DesignatorRules(CodeRules airlines)
{
    private static readonly Regex Form = new(
        "^(?:((?![0-9]{2})[A-Z0-9]{2})|([A-Z]{3}))[ \\t]*([0-9]{1,4})([A-Z]?)$", RegexOptions.CultureInvariant);

    private static readonly Regex UsRegistration = new("^N[1-9][A-Z0-9]{0,4}$", RegexOptions.CultureInvariant);

    /// <summary>Reads a designator; null where the text has not its form, or is the registration of an aircraft.</summary>
    public Designator? Read(FieldText text)
    {
        var upper = Upper(text.Text);
        var parts = Form.Match(upper);
        if (!parts.Success || UsRegistration.IsMatch(upper) || parts.Groups[3].Value.Trim('0').Length == 0)
        {
            return null;
        }

        return new Designator(
            parts.Groups[1].Success ? airlines.ByIata(parts.Groups[1].Value) : airlines.ByIcao(parts.Groups[2].Value),
            int.Parse(parts.Groups[3].Value, CultureInfo.InvariantCulture),
            parts.Groups[4].Value.Length > 0 ? parts.Groups[4].Value : null,
            text.IsTrimmed);
    }

    /// <summary>Reads a flight number without an airline; null where the text is none.</summary>
    public static int? ReadNumber(string text) =>
        Regex.IsMatch(text, @"^[0-9]{1,4}\z") && int.Parse(text, CultureInfo.InvariantCulture) is var number and > 0 ? number : null;

    /// <summary>Reads a designator that is kept as one text.</summary>
    public FieldReading ReadWhole(FieldText text)
    {
        if (Read(text) is not { } read)
        {
            return FieldReading.Bad;
        }

        if (read.Airline is null)
        {
            return FieldReading.Unknown;
        }

        var clean = string.Create(CultureInfo.InvariantCulture, $"{read.Airline}{read.Number}{read.Suffix}");
        return clean == text.Text ? FieldReading.Of(clean, text.IsTrimmed) : FieldReading.Of(clean, text.IsTrimmed, "designator");
    }

    /// <summary>Only ASCII letters have a case here: a letter whose upper case happens to be one is none of a code.</summary>
    private static string Upper(string text) => string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : c));
}

/// <param name="Airline">The airline's IATA code; null where no row has the code.</param>
/// <param name="Number">1…9999.</param>
/// <param name="Suffix">A letter; null without one.</param>
/// <param name="IsTrimmed">Whether white space stood around.</param>
internal sealed record Designator(string? Airline, int Number, string? Suffix, bool IsTrimmed)
{
    public FieldReading Reading(object value) => FieldReading.Of(value, IsTrimmed, "designator");
}
