using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>Dates as they are written in instants and dates.</summary>
internal static class CalendarRules
{
    /// <summary><c>2026-03-01</c>.</summary>
    public const string Iso = "(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})";

    /// <summary><c>20260301</c>.</summary>
    public const string Compact = "(?<year>[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2})";

    /// <summary><c>03/01/2026</c>.</summary>
    public const string American = "(?<month>[0-9]{1,2})/(?<day>[0-9]{1,2})/(?<year>[0-9]{4})";

    /// <summary><c>01-MAR-2026</c>.</summary>
    public const string Named = "(?<day>[0-9]{1,2})-(?<name>[A-Za-z]{3})-(?<year>[0-9]{4})";

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>The date in a match of one of the patterns; null where there is no such day.</summary>
    public static LocalDate? Date(Match parts)
    {
        var year = Number(parts, "year");
        var month = parts.Groups["name"].Success
            ? Array.IndexOf(Months, parts.Groups["name"].Value.ToUpperInvariant()) + 1
            : Number(parts, "month");
        var day = Number(parts, "day");
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? new LocalDate(year, month, day)
            : null;
    }

    /// <summary>The number in a group; 0 where the group is absent.</summary>
    public static int Number(Match parts, string group) =>
        parts.Groups[group].Success ? int.Parse(parts.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
}
