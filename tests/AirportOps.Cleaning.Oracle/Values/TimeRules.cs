using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.TimeZones;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>The rows <c>time_format</c> and <c>local_time</c>.</summary>
internal static class TimeRules
{
    private const long MicrosPerSecond = 1_000_000;
    private const int MaxOffsetMinutes = 14 * 60;
    private const string Clock = @"(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?)?";
    private const string FullClock = @"(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?";
    private const string WrittenClock = @"(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?)?";
    private const string ZoneOffset = "(?<offset>[+-](?<offsetHour>[0-9]{2})(?::?(?<offsetMinute>[0-9]{2}))?)";

    private static readonly Regex Clean = new(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$", RegexOptions.CultureInvariant);

    private static readonly Regex Epoch = new(@"^([0-9]{10}|[0-9]{13}|[0-9]{16}|[0-9]{19})(?:[.,]([0-9]+))?$", RegexOptions.CultureInvariant);

    /// <summary>What is said in a zone where <c>zone</c> or <c>offset</c> matched, else local.</summary>
    private static readonly Regex[] Forms =
    [
        new($"^{CalendarRules.Iso}[Tt ]{Clock}(?: *(?:(?<zone>[Zz]|[Uu][Tt][Cc]|[Gg][Mm][Tt])|{ZoneOffset}))?$", RegexOptions.CultureInvariant),
        new($@"^{CalendarRules.Compact}[Tt ](?<hour>[0-9]{{2}})(?<minute>[0-9]{{2}})(?:(?<second>[0-9]{{2}})(?:[.,](?<fraction>[0-9]+))?)?(?: *(?:(?<zone>[Zz]|[Uu][Tt][Cc]|[Gg][Mm][Tt])|{ZoneOffset}))?$", RegexOptions.CultureInvariant),
        new($@"^(?:(?<weekday>[A-Za-z]{{3}}), *)?(?<day>[0-9]{{1,2}}) +(?<name>[A-Za-z]{{3}}) +(?<year>[0-9]{{4}}) +{FullClock} +(?:(?<zone>GMT|UTC|Z)|{ZoneOffset})$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant),
        new($"^(?:{CalendarRules.American}|{CalendarRules.Named}) +{WrittenClock}(?: *(?<half>AM|PM))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant),
    ];

    /// <summary>Reads an instant from a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zone">The zone of the field's airport; null where it has none.</param>
    public static FieldReading Read(FieldText text, DateTimeZone? zone)
    {
        if (FromEpoch(text.Text) is { } epoch)
        {
            return FieldReading.Of(epoch, text.IsTrimmed, "time_format");
        }

        foreach (var form in Forms)
        {
            if (form.Match(text.Text) is { Success: true } parts)
            {
                if (Wall(parts) is not { } wall)
                {
                    return FieldReading.Bad;
                }

                if (parts.Groups["offset"].Success)
                {
                    return OffsetMinutes(parts) is { } minutes && InRange(wall.Micros - (minutes * 60 * MicrosPerSecond)) is { } instant
                        ? FieldReading.Of(instant, text.IsTrimmed, "time_format")
                        : FieldReading.Bad;
                }

                if (parts.Groups["zone"].Success)
                {
                    return Clean.IsMatch(text.Text)
                        ? FieldReading.Of(wall.Micros, text.IsTrimmed)
                        : FieldReading.Of(wall.Micros, text.IsTrimmed, "time_format");
                }

                return zone is not null && InRange(ToUtc(wall, zone)) is { } local
                    ? FieldReading.Of(local, text.IsTrimmed, "local_time")
                    : FieldReading.Bad;
            }
        }

        return FieldReading.Bad;
    }

    /// <summary>An instant of the first two forms as it is written, without the zone behind it; null for any other text.</summary>
    public static string? WithoutZone(string text) =>
        Forms[..2].Select(form => form.Match(text)).FirstOrDefault(match => match.Success) is { } parts
            && (parts.Groups["zone"].Success || (parts.Groups["offset"].Success && OffsetMinutes(parts) is not null))
            ? text[..(parts.Groups["zone"].Success ? parts.Groups["zone"] : parts.Groups["offset"]).Index].TrimEnd(' ')
            : null;

    /// <summary>Reads an instant from the spelling of a JSON number.</summary>
    public static FieldReading Read(string number) =>
        FromEpoch(number) is { } epoch ? FieldReading.Of(epoch, "time_format") : FieldReading.Bad;

    /// <summary>The date of an instant at a zone's wall clock.</summary>
    public static LocalDate DateAt(long micros, DateTimeZone zone) =>
        Instant.FromUnixTimeSeconds((long)Math.Floor(micros / (decimal)MicrosPerSecond)) is var instant
        && Substitute(instant.InUtc().Year) is { } year
            ? instant.Plus(Duration.FromSeconds(OffsetNear(zone, year).Seconds)).InUtc().Date
            : instant.InZone(zone).Date;

    /// <summary>The date in the first ten characters of an instant, whatever its zone; null where the text is no such instant.</summary>
    public static LocalDate? DateOf(string text) =>
        Forms[0].Match(text) is { Success: true } parts && (!parts.Groups["offset"].Success || OffsetMinutes(parts) is not null)
            ? Wall(parts)?.Time.Date
            : null;

    /// <summary>10 digits are seconds, 13 milliseconds, 16 microseconds, 19 nanoseconds; what is past microseconds is cut off.</summary>
    private static long? FromEpoch(string text)
    {
        var parts = Epoch.Match(text);
        if (!parts.Success)
        {
            return null;
        }

        var digits = parts.Groups[1].Value + (parts.Groups[1].Length < 16 ? parts.Groups[2].Value : "");
        return long.Parse(digits.PadRight(16, '0')[..16], CultureInfo.InvariantCulture);
    }

    private static WallTime? Wall(Match parts)
    {
        var (hour, minute, second) = (CalendarRules.Number(parts, "hour"), CalendarRules.Number(parts, "minute"), CalendarRules.Number(parts, "second"));
        if (parts.Groups["half"].Success)
        {
            if (hour is < 1 or > 12)
            {
                return null;
            }

            hour = (hour % 12) + (parts.Groups["half"].Value.Equals("PM", StringComparison.OrdinalIgnoreCase) ? 12 : 0);
        }

        if (CalendarRules.Date(parts) is not { } date || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        if (parts.Groups["weekday"].Success
            && !date.DayOfWeek.ToString().StartsWith(parts.Groups["weekday"].Value, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var micros = int.Parse(parts.Groups["fraction"].Value.PadRight(6, '0')[..6], CultureInfo.InvariantCulture);
        return new WallTime(date.At(new LocalTime(hour, minute, second)), micros);
    }

    private static int? OffsetMinutes(Match parts)
    {
        var (hours, minutes) = (CalendarRules.Number(parts, "offsetHour"), CalendarRules.Number(parts, "offsetMinute"));
        var total = (hours * 60) + minutes;
        return minutes > 59 || total > MaxOffsetMinutes ? null : parts.Groups["offset"].Value[0] == '-' ? -total : total;
    }

    /// <summary>A time that a clock change skips moves forward by the gap; a repeated one is the earlier instant.</summary>
    private static long ToUtc(WallTime wall, DateTimeZone zone) =>
        Substitute(wall.Time.Year) is { } year
            ? wall.Micros - (OffsetNear(zone, year).Seconds * MicrosPerSecond)
            : (zone.ResolveLocal(wall.Time, Resolvers.LenientResolver).ToInstant().ToUnixTimeSeconds() * MicrosPerSecond) + wall.Fraction;

    /// <summary>Zone rules hold from 1970 to 2099. Null for a year in between, else the start of the year whose offset holds.</summary>
    private static int? Substitute(int year) => year < 1970 ? 1970 : year > 2099 ? 2100 : null;

    /// <summary>The offset at the start of 1970 or just before that of 2100.</summary>
    private static Offset OffsetNear(DateTimeZone zone, int year) =>
        zone.GetUtcOffset(Instant.FromUtc(year, 1, 1, 0, 0).Minus(year == 1970 ? Duration.Zero : Duration.FromSeconds(1)));

    /// <summary>An instant that a date of four digits can show; null else.</summary>
    private static long? InRange(long micros)
    {
        var first = new LocalDate(1, 1, 1).AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds() * MicrosPerSecond;
        var last = new LocalDate(9999, 12, 31).At(new LocalTime(23, 59, 59)).InUtc().ToInstant().ToUnixTimeSeconds() * MicrosPerSecond;
        return micros >= first && micros < last + MicrosPerSecond ? micros : null;
    }

    private sealed record WallTime(LocalDateTime Time, int Fraction)
    {
        /// <summary>As if the wall were in UTC.</summary>
        public long Micros => (Time.InUtc().ToInstant().ToUnixTimeSeconds() * MicrosPerSecond) + Fraction;
    }
}
