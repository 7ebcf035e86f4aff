using System.Globalization;

namespace AirportOps.Cleaning.Oracle.Tests.Fuzzing;

/// <summary>Instants and dates in every form that the rules name, near their edges, and in forms that they don't name.</summary>
internal static class TimeFuzz
{
    /// <summary>Days on which clocks change somewhere, and edges of the calendar.</summary>
    private static readonly string[] Days =
    [
        "2026-03-08", "2025-11-02", "2025-03-30", "2025-10-26", "2026-03-29", "2025-10-05", "2025-04-06", "2026-02-28", "2024-02-29", "2025-02-29",
        "2025-12-31", "2026-01-01", "1999-12-31", "2000-01-01", "2026-03-20", "2026-03-21", "2025-04-31", "2025-13-01", "2018-11-04", "2018-02-17",
        "2011-12-30", "1900-02-29", "0001-01-01", "9999-12-31", "0000-01-01", "1970-01-01", "1918-03-31", "2037-10-25", "2050-03-27", "2026-03-01",
        "2010-10-17", "2005-04-03", "2014-10-26", "2015-08-15", "1883-11-18",
    ];

    private static readonly string[] Months =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", "MAI", "MÄR"];

    private static readonly string[] Weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>A clean instant not long before the arrival.</summary>
    public static string CleanInstant(Random random) =>
        DateTime.UnixEpoch.AddSeconds(1_772_373_900 + random.Next(-200_000, 1_000_000)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string CleanDate(Random random) => random.Of("2026-03-01", "2026-03-02", "2026-02-28", "2024-02-29");

    public static string Instant(Random random)
    {
        var (year, month, day) = Parts(random);
        var (hour, minute, second) = (Hour(random), random.Of("00", "05", "15", "30", "59", "60", "29"), random.Of("00", "01", "30", "59", "60"));
        var name = Name(random, month);
        var fraction = random.OneIn(3) ? "." + random.Of("5", "25", "123", "123456", "1234567", "999999999999", "0", "", "1a") : "";
        var zone = random.Of("Z", "Z", "", "", "", "z", "+00:00", "+09:00", "-05:00", "+0530", "+09", "-03", "+14:00", "+14:01", "-14:00", "+13:45", "+00:60", "-00:00",
            "+9:00", "+24:00", " Z", " +01:00", "EST", "+", "+1", "+123");
        var seconds = random.OneIn(3) ? "" : ":" + second + fraction;
        return random.Next(12) switch
        {
            0 or 1 or 2 => $"{year}-{month}-{day}{random.Of("T", " ", "t", "T", "  ", "_", "")}{hour}:{minute}{seconds}{zone}",
            3 => $"{year}{month}{day}{random.Of("T", "T", "t", " ", "")}{hour}{minute}{random.Of(second, second, "")}{random.Of("Z", zone, fraction + zone)}",
            4 => Rfc1123(random, year, name, day, $"{hour}:{minute}:{second}"),
            5 => $"{Short(random, month)}/{Short(random, day)}/{year} {hour}:{minute}{(random.OneIn(2) ? ":" + second : "")}{random.Of("", "", " PM", " AM", " pm", "AM", " P", " am")}",
            6 => $"{Short(random, day)}-{name}-{year} {hour}:{minute}{(random.OneIn(2) ? ":" + second : "")}{random.Of("", "", "", "Z", " PM", fraction)}",
            7 => random.NextInt64(0, 10_000_000_000).ToString(random.Of("D10", "D9", "D11", "D"), CultureInfo.InvariantCulture) + random.Of("", ".5", ".123456789", fraction),
            8 => random.NextInt64(0, 10_000_000_000_000).ToString("D13", CultureInfo.InvariantCulture) + random.Of("", ".5", ".1239", fraction),
            9 => random.NextInt64(0, 10_000_000_000_000_000).ToString("D16", CultureInfo.InvariantCulture) + random.Of("", ".5", fraction),
            10 => (1_772_000_000 + random.Next(400_000)).ToString(CultureInfo.InvariantCulture) + random.Of("", "000", "000000", ".25", ".0000019", "e0", "000.75"),
            _ => $"{year}-{month}-{day}T{hour}:{minute}:{second}{fraction}Z",
        };
    }

    public static string Date(Random random)
    {
        var (year, month, day) = Parts(random);
        return random.Next(8) switch
        {
            0 => year + month + day,
            1 => $"{Short(random, month)}/{Short(random, day)}/{year}",
            2 => $"{Short(random, day)}-{Name(random, month)}-{year}",
            3 or 4 => Instant(random),
            5 => $"{year}-{month}-{day}{random.Of("", "T", " ", "Z", "x")}",
            6 => $"{year}/{month}/{day}",
            _ => $"{year}-{month}-{day}",
        };
    }

    private static (string Year, string Month, string Day) Parts(Random random)
    {
        var day = random.Of(Days).Split('-');
        return (day[0], day[1], day[2]);
    }

    private static string Hour(Random random) =>
        random.Of("00", "01", "02", "03", "12", "23", "24", "13", "14", "2", "9", "11") is var hour && random.OneIn(3) ? hour : random.Of("00", "01", "02", "03", "10");

    private static string Short(Random random, string number) => random.OneIn(3) ? number.TrimStart('0') : number;

    private static string Name(Random random, string month)
    {
        var name = int.Parse(month, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var number && !random.OneIn(10) ? Months[number - 1] : random.Of(Months);
        return RawText.Of(random.Of(name, name.ToLowerInvariant(), name[..1] + name[1..].ToLowerInvariant()));
    }

    private static string Rfc1123(Random random, string year, string name, string day, string clock)
    {
        var isDay = DateTime.TryParseExact($"{day} {name} {year}", "dd MMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        var weekday = isDay && !random.OneIn(4) ? Weekdays[(int)date.DayOfWeek] : random.Of(Weekdays);
        weekday = random.OneIn(6) ? random.Of(weekday.ToUpperInvariant(), "Sunday", "") : weekday;
        return $"{weekday}{random.Of(", ", ", ", ", ", ",", " ")}{Short(random, day)} {name} {year} {clock} {random.Of("GMT", "GMT", "GMT", "gmt", "UTC", "UT", "Z", "+0000", "EST", "")}";
    }
}
