using System.Text;

namespace AirportOps.Cleaning.Values;

/// <summary>Dates as days since 1970-01-01, in the proleptic Gregorian calendar, years 1 to 9999.</summary>
internal static class CalendarDate
{
    private static ReadOnlySpan<byte> MonthNames => "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"u8;

    private const int LongestForm = 11;
    private const int DaysBefore1970 = 719_162;

    /// <summary>Reads <c>YYYY-MM-DD</c>.</summary>
    internal static bool TryParseIso(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        return text.Length == 10 && text[4] == '-' && text[7] == '-'
            && TryDigits(text[..4], out var year) && TryDigits(text[5..7], out var month) && TryDigits(text[8..], out var dayOfMonth)
            && TryCreate(year, month, dayOfMonth, out day);
    }

    /// <summary>Reads <c>YYYYMMDD</c>.</summary>
    internal static bool TryParseCompact(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        return text.Length == 8
            && TryDigits(text[..4], out var year) && TryDigits(text[4..6], out var month) && TryDigits(text[6..], out var dayOfMonth)
            && TryCreate(year, month, dayOfMonth, out day);
    }

    /// <summary>Reads <c>M/D/YYYY</c> or <c>D-MON-YYYY</c>, one or two digits for day and month.</summary>
    internal static bool TryParseWritten(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        if (text.Length > LongestForm)
        {
            return false;
        }

        var isAmerican = text.Contains((byte)'/');
        var separator = (byte)(isAmerican ? '/' : '-');
        var first = text.IndexOf(separator);
        var second = first < 0 ? -1 : text[(first + 1)..].IndexOf(separator);
        if (second < 0)
        {
            return false;
        }

        second += first + 1;
        var year = 0;
        var leading = 0;
        if (text.Length - second - 1 != 4 || !TryDigits(text[(second + 1)..], out year) || first > 2 || !TryDigits(text[..first], out leading))
        {
            return false;
        }

        var middle = text[(first + 1)..second];
        return isAmerican
            ? middle.Length <= 2 && TryDigits(middle, out var dayOfMonth) && TryCreate(year, leading, dayOfMonth, out day)
            : TryCreate(year, MonthNamed(middle), leading, out day);
    }

    /// <summary>The number of a month's English abbreviation; 0 when it is none.</summary>
    internal static int MonthNamed(ReadOnlySpan<byte> name)
    {
        for (var month = 1; name.Length == 3 && month <= 12; month++)
        {
            if (Ascii.EqualsIgnoreCase(name, MonthNames.Slice((month - 1) * 3, 3)))
            {
                return month;
            }
        }

        return 0;
    }

    internal static bool TryCreate(int year, int month, int dayOfMonth, out int day)
    {
        day = 0;
        if (year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || (dayOfMonth > 28 && dayOfMonth > DateTime.DaysInMonth(year, month)))
        {
            return false;
        }

        // Counting years from March puts the leap day last, so that months before it have the same lengths in every year.
        var marchYear = month > 2 ? year : year - 1;
        var marchMonth = month > 2 ? month - 3 : month + 9;
        var days = (365 * marchYear) + (marchYear / 4) - (marchYear / 100) + (marchYear / 400);
        day = days + (((153 * marchMonth) + 2) / 5) + dayOfMonth - 1 - 306 - DaysBefore1970;
        return true;
    }

    /// <summary>Reads one or more digits and nothing else; at most nine.</summary>
    internal static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if ((uint)(digit - '0') > 9)
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return text.Length is > 0 and < 10;
    }
}
