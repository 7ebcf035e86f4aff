using System.Text.RegularExpressions;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>The row <c>date_format</c>.</summary>
internal static class DateRules
{
    private static readonly Regex Clean = new($"^{CalendarRules.Iso}$", RegexOptions.CultureInvariant);

    private static readonly Regex[] Forms =
    [
        new($"^{CalendarRules.Compact}$", RegexOptions.CultureInvariant),
        new($"^{CalendarRules.American}$", RegexOptions.CultureInvariant),
        new($"^{CalendarRules.Named}$", RegexOptions.CultureInvariant),
    ];

    public static FieldReading Read(FieldText text)
    {
        if (Clean.Match(text.Text) is { Success: true } clean)
        {
            return CalendarRules.Date(clean) is { } date ? FieldReading.Of(date, text.IsTrimmed) : FieldReading.Bad;
        }

        if (Forms.Select(form => form.Match(text.Text)).FirstOrDefault(match => match.Success) is { } parts)
        {
            return CalendarRules.Date(parts) is { } date ? FieldReading.Of(date, text.IsTrimmed, "date_format") : FieldReading.Bad;
        }

        return TimeRules.DateOf(text.Text) is { } instantDate ? FieldReading.Of(instantDate, text.IsTrimmed, "date_format") : FieldReading.Bad;
    }

    /// <summary>A JSON number is the date that its eight digits spell.</summary>
    public static FieldReading Read(string number) =>
        Forms[0].Match(number) is { Success: true } parts && CalendarRules.Date(parts) is { } date
            ? FieldReading.Of(date, "date_format")
            : FieldReading.Bad;
}
