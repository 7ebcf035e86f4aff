using System.Text;

namespace AirportOps.Cleaning.Values;

/// <summary>
/// Points in time as text, in microseconds since 1970-01-01 on UTC's clock or, without a zone, on the wall's. Hours are 0…23 and seconds
/// 0…59: 24:00 and leap seconds name no instant here. Digits past microseconds are cut off.
/// </summary>
internal static class InstantText
{
    internal const long MicrosPerSecond = 1_000_000;
    internal const long MicrosPerDay = 86_400 * MicrosPerSecond;

    /// <summary>0001-01-01T00:00:00Z.</summary>
    internal const long FirstMicros = -62_135_596_800 * MicrosPerSecond;

    /// <summary>9999-12-31T23:59:59.999999Z.</summary>
    internal const long LastMicros = (253_402_300_800 * MicrosPerSecond) - 1;

    private const int LongestForm = 64;
    private const int MostOffsetMinutes = 14 * 60;

    /// <summary>The UTC date of an instant, in days since 1970-01-01.</summary>
    internal static long DayOf(long micros) => (micros - (((micros % MicrosPerDay) + MicrosPerDay) % MicrosPerDay)) / MicrosPerDay;

    /// <summary>Reads any form that is known.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out long micros, out InstantForm form)
    {
        if (TryParseIso(text, out micros, out form))
        {
            return true;
        }

        form = InstantForm.Zoned;
        return text.Length <= LongestForm
            && (TryParseEpoch(text, out micros) || TryParseRfc1123(text, out micros) || TryParseWritten(text, out micros, out form));
    }

    /// <summary>Reads <c>YYYY-MM-DD</c> or <c>YYYYMMDD</c>, a T or a blank, a time, and Z, an offset or nothing.</summary>
    internal static bool TryParseIso(ReadOnlySpan<byte> text, out long micros, out InstantForm form) => TryParseIso(text, out micros, out form, out _);

    /// <summary>Reads what the wall shows in the same forms, whatever zone is said after it.</summary>
    internal static bool TryParseWall(ReadOnlySpan<byte> text, out long micros)
    {
        var isRead = TryParseIso(text, out micros, out _, out var offsetMinutes);
        micros += offsetMinutes * 60 * MicrosPerSecond;
        return isRead;
    }

    private static bool TryParseIso(ReadOnlySpan<byte> text, out long micros, out InstantForm form, out int offsetMinutes)
    {
        (micros, form, offsetMinutes) = (0, InstantForm.Zoned, 0);
        var isExtended = text.Length > 10 && text[4] == '-';
        var dateLength = isExtended ? 10 : 8;
        if (text.Length <= dateLength || text[dateLength] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !(isExtended ? CalendarDate.TryParseIso(text[..dateLength], out var day) : CalendarDate.TryParseCompact(text[..dateLength], out day)))
        {
            return false;
        }

        const int secondsEnd = 19;
        var rest = text[(dateLength + 1)..];
        if (!TryReadTime(ref rest, isExtended, out var timeOfDay, out var hasSeconds))
        {
            return false;
        }

        micros = (day * MicrosPerDay) + timeOfDay;
        if (rest is [(byte)'Z' or (byte)'z'])
        {
            form = isExtended && hasSeconds && text[dateLength] == 'T' && rest[0] == 'Z' && text[secondsEnd] != ',' ? InstantForm.Clean : InstantForm.Zoned;
            return true;
        }

        if (rest.IsEmpty)
        {
            form = InstantForm.Local;
            return true;
        }

        if (!TryReadZone(rest.TrimStart(" "u8), out offsetMinutes))
        {
            return false;
        }

        micros -= offsetMinutes * 60 * MicrosPerSecond;
        return true;
    }

    /// <summary>Reads seconds, milliseconds, microseconds or nanoseconds since 1970: 10, 13, 16 or 19 digits, then perhaps a fraction.</summary>
    internal static bool TryParseEpoch(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        if (digits is not (10 or 13 or 16 or 19))
        {
            return false;
        }

        // Of nanoseconds the last three digits are past microseconds.
        var kept = Math.Min(digits, 16);
        foreach (var digit in text[..kept])
        {
            micros = (micros * 10) + (digit - '0');
        }

        var rest = text[digits..];
        if (rest.IsEmpty)
        {
            micros *= Power(16 - kept);
            return true;
        }

        if (rest.Length < 2 || rest[0] is not ((byte)'.' or (byte)',') || rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        micros = (micros * Power(16 - kept)) + Fraction(rest[1..], 16 - kept);
        return true;
    }

    /// <summary>Reads <c>[Sun, ]01 Mar 2026 14:05:00 GMT</c>; a weekday that is not the date's makes it unreadable.</summary>
    private static bool TryParseRfc1123(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        var comma = text.IndexOf((byte)',');
        var weekday = comma < 0 ? [] : text[..comma];
        var rest = text[(comma + 1)..].TrimStart(" "u8);
        Span<Range> words = stackalloc Range[6];
        if (Split(rest, words) != 5
            || rest[words[0]].Length > 2 || !CalendarDate.TryDigits(rest[words[0]], out var dayOfMonth)
            || rest[words[2]].Length != 4 || !CalendarDate.TryDigits(rest[words[2]], out var year)
            || !CalendarDate.TryCreate(year, CalendarDate.MonthNamed(rest[words[1]]), dayOfMonth, out var day)
            || (comma >= 0 && !IsWeekday(weekday, day)))
        {
            return false;
        }

        var time = rest[words[3]];
        var zone = rest[words[4]];
        var offsetMinutes = 0;
        if (!TryReadTime(ref time, true, out var timeOfDay, out var hasSeconds) || !time.IsEmpty || !hasSeconds
            || !TryReadZone(zone, out offsetMinutes))
        {
            return false;
        }

        micros = (day * MicrosPerDay) + timeOfDay - (offsetMinutes * 60 * MicrosPerSecond);
        return true;
    }

    /// <summary>Reads <c>3/1/2026 2:05[:00] PM</c>, <c>03/01/2026 14:05</c> or <c>01-MAR-2026 14:05</c>: times on the wall.</summary>
    private static bool TryParseWritten(ReadOnlySpan<byte> text, out long micros, out InstantForm form)
    {
        (micros, form) = (0, InstantForm.Local);
        var blank = text.IndexOf((byte)' ');
        if (blank < 0 || !CalendarDate.TryParseWritten(text[..blank], out var day))
        {
            return false;
        }

        scoped var time = text[(blank + 1)..].TrimStart(" "u8);
        var half = -1;
        if (time.Length > 2 && (time[^1] | 0x20) == 'm' && (time[^2] | 0x20) is 'a' or 'p')
        {
            half = (time[^2] | 0x20) == 'p' ? 12 : 0;
            time = time[..^2].TrimEnd(" "u8);
        }

        Span<byte> padded = stackalloc byte[LongestForm + 1];
        if (time.Length > 1 && time[1] == ':')
        {
            padded[0] = (byte)'0';
            time.CopyTo(padded[1..]);
            time = padded[..(time.Length + 1)];
        }

        if (!TryReadTime(ref time, true, out var timeOfDay, out _) || !time.IsEmpty)
        {
            return false;
        }

        if (half >= 0)
        {
            const long microsPerHour = 3_600 * MicrosPerSecond;
            var hour = timeOfDay / microsPerHour;
            if (hour is < 1 or > 12)
            {
                return false;
            }

            timeOfDay += ((hour % 12) + half - hour) * microsPerHour;
        }

        micros = (day * MicrosPerDay) + timeOfDay;
        return true;
    }

    /// <summary>Reads <c>HH:MM[:SS[.f…]]</c>, or without colons, and leaves what follows.</summary>
    private static bool TryReadTime(ref ReadOnlySpan<byte> text, bool isExtended, out long micros, out bool hasSeconds)
    {
        (micros, hasSeconds) = (0, false);
        var separator = isExtended ? 1 : 0;
        var minuteStart = 2 + separator;
        var minuteEnd = minuteStart + 2;
        if (text.Length < minuteEnd || (isExtended && text[2] != ':')
            || !CalendarDate.TryDigits(text[..2], out var hour) || !CalendarDate.TryDigits(text[minuteStart..minuteEnd], out var minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        micros = ((hour * 60) + minute) * 60 * MicrosPerSecond;
        text = text[minuteEnd..];
        if (text.IsEmpty || (isExtended ? text[0] != ':' : !char.IsAsciiDigit((char)text[0])))
        {
            return true;
        }

        if (text.Length < separator + 2 || !CalendarDate.TryDigits(text.Slice(separator, 2), out var second) || second > 59)
        {
            return false;
        }

        hasSeconds = true;
        micros += second * MicrosPerSecond;
        text = text[(separator + 2)..];
        if (text is not [(byte)'.' or (byte)',', ..])
        {
            return true;
        }

        var digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length - 1 : digits;
        micros += Fraction(text.Slice(1, digits), 6);
        text = text[(digits + 1)..];
        return digits > 0;
    }

    /// <summary>Reads <c>Z</c>, <c>UTC</c>, <c>GMT</c> or an offset, <c>±HH[[:]MM]</c>, of at most 14 hours.</summary>
    private static bool TryReadZone(ReadOnlySpan<byte> text, out int offsetMinutes)
    {
        offsetMinutes = 0;
        if (text is [(byte)'Z' or (byte)'z'] || Ascii.EqualsIgnoreCase(text, "UTC"u8) || Ascii.EqualsIgnoreCase(text, "GMT"u8))
        {
            return true;
        }

        if (text.Length is < 3 or > 6 || text[0] is not ((byte)'+' or (byte)'-') || !CalendarDate.TryDigits(text[1..3], out var hours))
        {
            return false;
        }

        var minutes = text[3..];
        minutes = minutes is [(byte)':', ..] ? minutes[1..] : minutes;
        var extra = 0;
        if (text.Length > 3 && (minutes.Length != 2 || !CalendarDate.TryDigits(minutes, out extra) || extra > 59))
        {
            return false;
        }

        offsetMinutes = (hours * 60) + extra;
        var isInRange = offsetMinutes <= MostOffsetMinutes;
        offsetMinutes = text[0] == '-' ? -offsetMinutes : offsetMinutes;
        return isInRange;
    }

    /// <summary>The first digits of a fraction as a whole number of 10^−digits.</summary>
    private static long Fraction(ReadOnlySpan<byte> text, int digits)
    {
        var value = 0L;
        for (var i = 0; i < digits; i++)
        {
            value = (value * 10) + (i < text.Length ? text[i] - '0' : 0);
        }

        return value;
    }

    private static long Power(int exponent) => exponent switch { 0 => 1, 3 => 1_000, _ => 1_000_000 };

    private static bool IsWeekday(ReadOnlySpan<byte> name, int day)
    {
        // 1970-01-01 was a Thursday.
        var index = ((day % 7) + 7) % 7;
        return Ascii.EqualsIgnoreCase(name, "ThuFriSatSunMonTueWed"u8.Slice(index * 3, 3));
    }

    private static int Split(ReadOnlySpan<byte> text, Span<Range> words)
    {
        var count = 0;
        var start = 0;
        while (start < text.Length && count < words.Length)
        {
            var length = text[start..].IndexOf((byte)' ');
            var end = length < 0 ? text.Length : start + length;
            if (end > start)
            {
                words[count++] = start..end;
            }

            start = end + 1;
        }

        return count;
    }
}
