using System.Globalization;
using System.Text.RegularExpressions;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>The row <c>designator</c>: airline, number and suffix in one.</summary>
internal sealed class DesignatorRules(CodeRules airlines)
{
    private static readonly Regex Form = new(
        "^(?:((?![0-9]{2})[A-Z0-9]{2})|([A-Z]{3}))[ \\t]*([0-9]{1,4})([A-Z]?)$", RegexOptions.CultureInvariant);

    /// <summary>Reads a designator; null where the text has not its form.</summary>
    public Designator? Read(FieldText text)
    {
        var parts = Form.Match(Upper(text.Text));
        if (!parts.Success || parts.Groups[3].Value.Trim('0').Length == 0)
        {
            return null;
        }

        return new Designator(
            parts.Groups[1].Success ? airlines.ByIata(parts.Groups[1].Value) : airlines.ByIcao(parts.Groups[2].Value),
            int.Parse(parts.Groups[3].Value, CultureInfo.InvariantCulture),
            parts.Groups[4].Value.Length > 0 ? parts.Groups[4].Value : null,
            text.IsTrimmed);
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
