using AirportOps.Cleaning.Oracle.Keys;

namespace AirportOps.Cleaning.Oracle.Tests.Fuzzing;

/// <summary>Events as JSON objects: clean ones, edited at random so that rules and their interactions are hit.</summary>
internal static class EventFuzz
{
    private static readonly string[] EventTypes = ["flight", "baggage", "security", "ground"];
    private static readonly string[] Separators = ["_", "-", " ", ".", "", "__", "/", "\u2019", "\u0301"];

    private static readonly string[] ExtraKeys = ["x", "x_crew", "Remark", "", "gâte", "value", "unit", "a\\\"b", "__", "名", "x", "y", "departure", "flight"];

    private static readonly string[] ExtraValues =
    [
        "1", "1.0", "-0", "1e5", "\"s\"", "\"\"", "null", "true", "[]", "{}", "[1, 2 ,3]", "[ null ]", "{\"a\":null}", "{\"a\":{\"b\":null}}", "{\"a\":{}}", "{\"a\":[],\"b\":null}", "[{\"a\":null}]",
        "{ \"a\" : 1 , \"b\" : [ 1 ] }", "[1,]", "{\"a\":1,}", "[[],[{}],]", "\"\\u0041\\/\\n\"", "\"\\u0000\"", "[\"\xFF\"]", "\"\\ud800\"", "{\"\xFF\":1}", "[{\"k\xC3\":\"\\udc00\"}]", RawText.Of("\"日本\""), "0.1e-7",
        "{\"gate\":\"Z9\"}", "{\"departure\":{\"iata\":\"LHR\"}}", "{\"value\":1,\"unit\":\"kg\"}", "{\"x\":{\"gate\":null}}", "{\"iata\":\"LHR\",\"zone\":\"x\"}", "123456789012345678901234567890",
    ];

    private static readonly string[] Sources =
        ["\"aviationstack\"", "\"AeroAPI\"", "\"aero-data-box\"", "\"Aviation Edge\"", "\"fr24\"", "\"OpenSky Network\"", "\"opensky\"", "\" opensky \"", "\"aviationstackx\""];

    /// <summary>Keys that tell sources, or mean something to one; an empty value stands for a time.</summary>
    private static readonly (string Key, string Json)[] SourceMembers =
    [
        ("departure", "{\"timezone\":\"America/New_York\",\"scheduled\":\"2026-03-01T09:05:00+00:00\",\"actual\":\"2026-03-01T09:35:00Z\"}"), ("departure", "{\"timezone\":null,\"scheduled\":null}"),
        ("arrival", "{\"timezone\":\"Europe/London\",\"scheduled\":\"2026-03-01T21:05:00+00:00\",\"terminal\":\"3\",\"baggage\":7}"), ("fa_flight_id", "\"x\""), ("fr24_id", "\"x\""), ("icao24", "\"3c6675\""),
        ("estDepartureAirport", "\"KJFK\""), ("estArrivalAirport", "\"EGLL\""), ("firstSeen", "1772373900"), ("lastSeen", "1772383900"), ("callsign", "\"DLH9ZZ\""), ("callsign", "\"UAE52M\""), ("ident", "\"AAL100\""),
        ("scheduled_out", ""), ("actual_out", ""), ("actual_on", ""), ("lastUpdatedUtc", ""), ("live", "{\"updated\":\"2026-03-01T10:00:00Z\"}"), ("departure_delay", "1830"), ("departure_delay", "\"90\""), ("delay", "-29.9"),
        ("status", "\"En Route / Delayed\""), ("status", "\" unknown / x\""), ("flight_status", "\"incident\""), ("status", "\"result unknown\""), ("state", "\"/\""), ("status", "\"gate closed\""),
        ("departure", "{\"iataCode\":\"jfk\",\"scheduledTime\":\"2026-03-01T09:05:00.000\",\"airport\":{\"iata\":\"BOS\"}}"), ("arrival", "{\"iataCode\":\"lhr\",\"scheduledTime\":{\"utc\":\"2026-03-01 20:05Z\"}}"),
        ("dest_iata", "\"LHR\""), ("orig_iata", "\"JFK\""), ("dest_iata_actual", "\"LGW\""), ("dest_icao_actual", "\"EGLL\""), ("type", "\"A320\""), ("operating_as", "\"BAW\""), ("operator_iata", "\"AA\""), ("datetime_takeoff", ""),
        ("codeshared", "{\"flight\":{\"iataNumber\":\"aa100\"}}"), ("origin", "{\"code_iata\":\"JFK\",\"code\":\"KBOS\"}"),
    ];

    public static string Event(Random random)
    {
        var members = CleanMembers(random);
        for (var edits = random.Next(0, random.Of(1, 3, 8)); edits > 0; edits--)
        {
            Edit(random, members);
        }

        return Written(random, members);
    }

    private static List<FuzzMember> CleanMembers(Random random)
    {
        var type = random.Of(EventTypes);
        var rules = FieldRules.InOrder.Where(rule => rule.On.Contains(type)).ToList();
        var members = new List<FuzzMember>();
        foreach (var rule in rules)
        {
            if (rule.RequiredOn.Contains(type) || random.OneIn(4))
            {
                members.Add(new FuzzMember(rule.Name, rule.Name, rule.Name == "event_type" ? $"\"{type}\"" : ValueFuzz.Clean(random, rule)));
            }
        }

        return members;
    }

    private static void Edit(Random random, List<FuzzMember> members)
    {
        if (members.Count == 0)
        {
            return;
        }

        var at = random.Next(members.Count);
        var member = members[at];
        switch (random.Next(17))
        {
            case 0 or 1:
                Respell(random, member);
                break;
            case 2 or 3 or 4 or 5 or 6:
                member.Json = ValueFuzz.Odd(random, RuleOf(random, member));
                break;
            case 7:
                AddForField(random, members);
                break;
            case 8:
                members.RemoveAt(at);
                break;
            case 9:
                members.Insert(random.Next(members.Count + 1), new FuzzMember(null, RawText.Of(random.Of(ExtraKeys)), random.Of(ExtraValues)));
                break;
            case 10:
                Nest(random, members, at);
                break;
            case 11:
                members.Insert(random.Next(members.Count + 1), new FuzzMember(member.Field, member.Key, random.OneIn(2) ? member.Json : "null"));
                break;
            case 13:
                members.Insert(0, new FuzzMember("source", "source", random.Of(Sources)));
                break;
            case 14 or 15:
                var (key, json) = random.Of(SourceMembers);
                members.Insert(random.Next(members.Count + 1), new FuzzMember(null, key, json.Length > 0 ? json : random.OneIn(8) ? "null" : RawText.Quoted(TimeFuzz.Instant(random))));
                break;
            case 12:
                member.Json = ByteFuzz.Spoilt(random, member.Json.StartsWith('"') ? member.Json : "\"x\"", oneIn: 1);
                break;
            default:
                member.Key = ByteFuzz.Spoilt(random, $"\"{member.Key}\"", oneIn: 2)[1..^1];
                break;
        }
    }

    /// <summary>Another member for some field: a rival of one that is there, a designator, an optional field, a field of another type.</summary>
    private static void AddForField(Random random, List<FuzzMember> members)
    {
        var rule = random.OneIn(4) ? FieldRules.Designator : random.Of(FieldRules.InOrder);
        var json = rule.Kind == FieldKind.TypeWord ? "\"baggage\"" : random.OneIn(2) ? ValueFuzz.Clean(random, rule) : ValueFuzz.Odd(random, rule);
        var member = new FuzzMember(rule.Name, rule.Name, json);
        members.Insert(random.Next(members.Count + 1), member);
        if (!random.OneIn(4))
        {
            Respell(random, member);
        }
    }

    private static void Respell(Random random, FuzzMember member)
    {
        var rule = RuleOf(random, member);
        var spelling = rule.Aliases.Length > 0 && random.OneIn(2) ? random.Of(rule.Aliases) : rule.Name;
        for (var changes = random.Next(0, 3); changes > 0; changes--)
        {
            var cut = random.Next(spelling.Length + 1);
            spelling = random.Next(5) switch
            {
                0 => spelling.ToUpperInvariant(),
                1 => spelling.Replace("_", random.Of(Separators), StringComparison.Ordinal),
                2 => spelling[..cut] + random.Of(Separators) + spelling[cut..],
                3 => spelling.Replace("k", "\u212A", StringComparison.Ordinal),
                _ => spelling[..cut] + spelling[cut..].ToUpperInvariant(),
            };
        }

        member.Key = RawText.Of(spelling);
        if (random.OneIn(4))
        {
            Split(random, member);
        }
    }

    /// <summary>Cuts a key in two: the outer for an object, the inner for its only member or for one of two.</summary>
    private static void Split(Random random, FuzzMember member)
    {
        var cut = random.Next(member.Key.Length + 1);
        if (cut > 0 && member.Key[cut - 1] >= '\x80')
        {
            return;
        }

        var beside = random.OneIn(2) ? "" : "," + $"\"{RawText.Of(random.Of(ExtraKeys))}\":{random.Of(ExtraValues)}";
        member.Json = $"{{\"{member.Key[cut..]}\":{member.Json}{beside}}}";
        member.Key = member.Key[..cut];
    }

    /// <summary>Puts a run of members into an object of their own.</summary>
    private static void Nest(Random random, List<FuzzMember> members, int at)
    {
        var count = Math.Min(random.Next(1, 4), members.Count - at);
        var inner = Written(random, members.GetRange(at, count));
        members.RemoveRange(at, count);
        members.Insert(at, new FuzzMember(null, random.Of("", "_", "departure", "flight", "event", "x", "data"), inner));
    }

    private static FieldRule RuleOf(Random random, FuzzMember member) =>
        member.Field is null ? random.Of(FieldRules.InOrder)
        : member.Field == FieldRules.Designator.Name ? FieldRules.Designator
        : FieldRules.Named(member.Field);

    private static string Written(Random random, IEnumerable<FuzzMember> members)
    {
        var (comma, colon) = random.OneIn(5) ? (random.Of(" , ", ",\n\t", "\r\n,"), random.Of(" : ", ":\t")) : (",", ":");
        var end = random.OneIn(60) ? random.Of(",", " , ", ",,") : "";
        return "{" + string.Join(comma, members.Select(member => $"\"{member.Key}\"{colon}{member.Json}")) + end + "}";
    }
}
