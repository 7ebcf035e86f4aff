using System.Globalization;
using AirportOps.Cleaning.Oracle.Keys;
using AirportOps.Reference;

namespace AirportOps.Cleaning.Oracle.Tests.Fuzzing;

/// <summary>Values for fields: clean ones, and ones that rules are about.</summary>
internal static class ValueFuzz
{
    private static readonly IReadOnlyList<Airport> Airports = ReferenceTables.Default.Airports;
    private static readonly IReadOnlyList<Airline> Airlines = ReferenceTables.Default.Airlines;

    private static readonly string[] NullTokens = ["", "-", "N/A", "NA", "NULL", "NONE", "NAN", "UNKNOWN", "?", " ", "n/a", "None", "nan", "unknown", "--", "null"];
    private static readonly string[] Blanks = [" ", "  ", "\t", "\n", "\u00A0", "\u2028", "\u3000", "\u0085", "\uFEFF", "\u200B", "\u001F", "\u1680", "\v"];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "12", "42", "100", "9999", "10000", "12.0", "12.5", "1.2e1", "1.25e1", "1e2", "1E+2", "100e-2", "0.04", "0.05", "0.25", "1001", "1000", "2880", "2881",
        "-1440", "-1441", "200", "200.01", "600", "600.04", "600.05", "1e400", "-1e400", "1e-400", "0e999999999999", "1e999999999999", "12.000000000000000000000001",
        "2147483647", "2147483648", "4294967297", "9223372036854775808", "18446744073709551617", "123456789012345678901234567890", "1234567890", "0123456789", "1234567890.0",
        "0.1", "0.30000000000000004", "19.96", "179.99999999999999999999", "-0.0", "-0.01", "1.0e1", "3.14159", "20260301", "1772373900", "1234567890e0", "12345678900e-1",
    ];

    private static readonly string[] NumberTexts =
    [
        "007", "+5", "-5", "- 5", "1,234", "1,23", "1,2345", ",123", "1,234,567", "0,001", "12,", "1_000", "1 000", "0x10", "5.", ".5", "5e", "1e1", "１２", "٣", "12%", "1,000.0",
        "1,000e0", "+-5", "++5", "1,234.5", "10,000,000", "-1,000", "Infinity", "∞", "12abc", "1.2.3", "12\u0000", "000000000000000000000000000000000000000000000000000000000000000000000001",
    ];

    private static readonly string[] WeightUnits = ["kg", "kgs", "KG", "Kg", "kilograms", "kilogram", "lb", "lbs", "LB", "Pounds", "pound", "g", "oz", "stone", "kg.", "lb/s", "t", "ｋｇ", "\u212Ag"];
    private static readonly string[] TimeUnits =
    [
        "d", "day", "days", "h", "hr", "hrs", "hour", "hours", "H", "m", "M", "min", "mins", "Min", "minute", "minutes", "s", "sec", "secs", "second", "seconds", "S",
        "w", "weeks", "ms", "minuets", "min.", "ſ", "hours.",
    ];

    private static readonly string[] Words =
    [
        "scheduled", "boarding", "delayed", "departed", "arrived", "cancelled", "diverted", "sched", "sch", "on time", "On-Time", "planned", "active", "Active", "ACTIVE!", "brd",
        "boarding started", "last_call", "gate open", "dly", "delay", "late", "dep", "airborne", "en-route", "EN ROUTE", "in air", "off-block", "pushback", "take off", "arr", "landed", "on block",
        "at gate", "completed", "canceled", "cnl", "cnx", "cancel", "div", "diversion", "teleported", "carrier", "airline", "a", "A", "weather", "wx", "b", "nas", "atc", "air traffic", "c",
        "security", "d", "late_aircraft", "Late Aircraft", "lateaircraft", "late arrival", "reactionary", "start", "started", "begin", "began", "end", "ended", "finish", "finished", "complete",
        "done", "checkin", "Sorter", "LOADED", "unloaded", "claim", "mishandled", "check-in", "deboarding", "cleaning", "Catering", "fueling", "baggage", "flight", "ground", "Flight ", "BAGGAGE",
        "weather\u0000", "dêparted", "departed\u0301", "ｄｅｐａｒｔｅｄ", "\u212A", "ſcheduled", "İ", "dEparted", "departed.", "…", "landed2",
    ];

    private static readonly string[] Texts =
    [
        "B4", "b4", "T1", "aod", "n12345", "N12345", "a320", "straße", "ça", "ǆ", "ı", "ŉ", "x\u0000y", "\u0000", "日本", "🛫", "e\u0301", "K\u212A", "ß", "12", "CP-1", "\"q\"", "a\\b", "a/b", "<>&'",
    ];

    /// <summary>A clean value of a field, as JSON.</summary>
    public static string Clean(Random random, FieldRule rule) => rule.Kind switch
    {
        FieldKind.Text => Quoted(rule.Name == "event_id" ? "e" + random.Next(1_000_000_000).ToString(CultureInfo.InvariantCulture) : random.Of("aod", "CP-1", "feed")),
        FieldKind.UpperText => Quoted(random.Of("B4", "A320", "N123AA")),
        FieldKind.Letter => Quoted(random.Of("A", "B")),
        FieldKind.TypeWord => throw new InvalidOperationException("An event's type is no matter of luck here."),
        FieldKind.ScanPoint => Quoted(random.Of("checkin", "loaded", "claim")),
        FieldKind.Service => Quoted(random.Of("fueling", "cleaning")),
        FieldKind.Status => Quoted(random.Of("scheduled", "departed", "arrived")),
        FieldKind.Cause => Quoted(random.Of("carrier", "weather")),
        FieldKind.Phase => Quoted(random.Of("start", "end")),
        FieldKind.Airline => Quoted(random.Of("AA", "BA", "B6", "NA")),
        FieldKind.Airport => Quoted(random.Of("JFK", "LHR", "NAN", "SYD")),
        FieldKind.Designator => Quoted("AA100"),
        FieldKind.Integer or FieldKind.Minutes => random.Next(1, 900).ToString(CultureInfo.InvariantCulture),
        FieldKind.DecimalMinutes or FieldKind.Kilograms => (random.Next(0, 2000) / 10.0).ToString(CultureInfo.InvariantCulture),
        FieldKind.BagTag => Quoted("0001234567"),
        FieldKind.Instant => Quoted(TimeFuzz.CleanInstant(random)),
        FieldKind.Date => Quoted(TimeFuzz.CleanDate(random)),
        _ => throw new InvalidOperationException(rule.Kind.ToString()),
    };

    /// <summary>A value that some rule is about, mostly one of the field's own kind, as JSON.</summary>
    public static string Odd(Random random, FieldRule rule)
    {
        if (random.OneIn(12))
        {
            return random.Of("null", "true", "false", "[]", "[1]", "{}", "[\"JFK\"]", "{\"a\":1}", Quoted(random.Of(NullTokens)), Quoted(random.Of(NullTokens)), random.Of(Numbers), Quoted(random.Of(Words)),
                Quoted(random.Of(Texts)), Unit(random, rule), "{\"value\":null,\"unit\":\"kg\"}", "[null]");
        }

        var text = Text(random, rule);
        if (text is null)
        {
            return Unit(random, rule);
        }

        if (rule.Kind is FieldKind.Integer or FieldKind.Minutes or FieldKind.Kilograms or FieldKind.DecimalMinutes or FieldKind.BagTag or FieldKind.Instant or FieldKind.Date
            && System.Text.RegularExpressions.Regex.IsMatch(text, @"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$") && random.OneIn(2))
        {
            return text;
        }

        return Spoilt(random, text);
    }

    private static string? Text(Random random, FieldRule rule) => rule.Kind switch
    {
        FieldKind.Airline => random.Next(5) switch
        {
            0 => random.Of(Airlines).Iata,
            1 => random.Of(Airlines).Icao ?? "ZZZ",
            2 => random.Of(Airlines).Name,
            3 => random.Of("aeromexico", "British Airways", "ZZZZ", "na", "nan", "NAN", "NONE", "unknown", "N/A", "American  Airlines", "american-airlines", "!!"),
            _ => Cased(random, random.Of(Airlines).Name),
        },
        FieldKind.Airport => random.Next(5) switch
        {
            0 => random.Of(Airports).Iata,
            1 => random.Of(Airports).Icao ?? "ZZZZ",
            2 => random.Of(Airports).Name,
            3 => random.Of("JFK", "KJFK", "jfk", "Melbourne International Airport", "nan", "NA", "zzz", "LDH", "CAI", "GRU", "Aeroport Charles de Gaulle", "Zürich Airport", "zurich airport"),
            _ => Cased(random, random.Of(Airports).Name),
        },
        FieldKind.Designator => Designator(random),
        FieldKind.Integer when rule.Name == "flight_number" && random.OneIn(2) => Designator(random),
        FieldKind.Instant => TimeFuzz.Instant(random),
        FieldKind.Date => TimeFuzz.Date(random),
        FieldKind.BagTag => random.Of("0001234567", "123456789", "12345678901", "１２３４５６７８９０", "00012 4567", "1234567890", "0001234567\u0000"),
        FieldKind.Integer => random.OneIn(2) ? random.Of(Numbers) : random.Of(NumberTexts),
        FieldKind.Minutes or FieldKind.DecimalMinutes or FieldKind.Kilograms => random.Next(3) switch
        {
            0 => random.Of(Numbers),
            1 => random.Of(NumberTexts),
            _ => null,
        },
        FieldKind.Text or FieldKind.UpperText or FieldKind.Letter => random.OneIn(4) ? Long(random) : random.Of(Texts),
        _ => random.Of(Words),
    };

    /// <summary>A weight or a duration, as a text or as a value with its unit.</summary>
    private static string Unit(Random random, FieldRule rule)
    {
        var units = random.OneIn(8) == (rule.Kind == FieldKind.Kilograms) ? TimeUnits : WeightUnits;
        var number = random.OneIn(4) ? random.Of(NumberTexts) : random.Of(Numbers);
        switch (random.Next(6))
        {
            case 0:
                var (value, unit) = (random.OneIn(3) ? Spoilt(random, number) : random.Of("20", "1.5", "-3", "90", "1e1", "null", "true", number), random.OneIn(6) ? "null" : Spoilt(random, random.Of(units)));
                return random.Next(6) switch
                {
                    0 => $"{{\"unit\":{unit},\"value\":{value}}}",
                    1 => $"{{\"Value\":{value},\"unit\":{unit}}}",
                    2 => $"{{\"value\":{value},\"unit\":{unit},\"x\":{random.Of("1", "null", "{}")}}}",
                    3 => $"{{\"value\":{value},\"value\":3,\"unit\":{unit}}}",
                    _ => $"{{\"value\":{value}, \"unit\":{unit}}}",
                };
            case 1:
                return Spoilt(random, $"{random.Of("", "-", "+", "")}{random.Of("P", "P", "p", "")}{Part(random, "D", 4)}{random.Of("T", "T", "", "t")}{Part(random, "H", 2)}{Part(random, "M", 2)}{Part(random, "S", 2)}{Part(random, "W", 20)}");
            case 2:
                var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Of("1", "20", "0.5", "3", "1.25") + random.Of("", " ", "  ") + random.Of(TimeUnits));
                return Spoilt(random, random.Of("", "-", "+", "- ", "") + string.Join(random.Of("", " ", ", ", "\t"), parts));
            case 3:
                var small = random.Next(0, 400).ToString(CultureInfo.InvariantCulture);
                return Spoilt(random, $"{random.Of("", "", "-")}{small}h{random.Of("", " ")}{random.Next(0, 100)}m");
            default:
                return Spoilt(random, random.Of(number, random.Of("44", "0.5", "3", "1,000", "90", "9", "30", "1.005", "0.005")) + random.Of("", " ", "  ", "\t", "\u00A0") + random.Of(units));
        }
    }

    private static string Part(Random random, string letter, int oneIn) =>
        random.OneIn(oneIn) ? random.Of("1", "20", "90", "0.5", "1.25", "", "1,5", "00", "999999999999999999999999999999", ".5", "5.") + letter : "";

    private static string Designator(Random random)
    {
        var airline = random.Next(6) switch
        {
            0 => random.Of(Airlines).Iata,
            1 => random.Of(Airlines).Icao ?? "AAL",
            2 => random.Of("ZZ", "QQQ", "12", "1A", "A1", "B6", "9W", "A", "AALX", "ß1", "ﬀ", "NA"),
            _ => random.Of("AA", "AAL", "BA", "DL", "aa", "aal", "Ba"),
        };
        return airline + random.Of("", "", " ", "  ", "-", "\t", "\u00A0") + random.Of("100", "0100", "1", "9999", "00100", "0000", "0", "12345", "", "１", "42")
            + random.Of("", "", "", "a", "B", "AB", " C", "1", "é", "ſ", "ı");
    }

    private static string Cased(Random random, string name) => random.Next(4) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name.ToLowerInvariant(),
        2 => name.Replace(" ", random.Of("", "-", "  ", "."), StringComparison.Ordinal),
        _ => name.Replace(" Airport", "", StringComparison.Ordinal),
    };

    private static string Long(Random random) => new string('x', random.Next(60, 68)) + random.Of("", "é", "日", " ");

    /// <summary>A text as a JSON string, often with white space around, other case, escapes, or bytes that are no UTF-8.</summary>
    private static string Spoilt(Random random, string text)
    {
        text = random.Next(8) switch
        {
            0 => random.Of(Blanks) + text,
            1 => text + random.Of(Blanks),
            2 => text.ToUpperInvariant(),
            3 => text.ToLowerInvariant(),
            _ => text,
        };
        return ByteFuzz.Spoilt(random, Quoted(text), oneIn: 25);
    }

    private static string Quoted(string text) => RawText.Quoted(RawText.Of(text));
}
