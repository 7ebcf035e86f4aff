using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace AirportOps.Cli.Tests.Support;

/// <summary>
/// Events of all types with extreme values in every field, as sources send them: what a field requires is mostly there, so that most of them reach Gold.
/// </summary>
internal sealed class ExtremeEvents(Random random)
{
    private static readonly string[] Types = ["flight", "flight", "baggage", "security", "ground"];
    private static readonly string[] Statuses = ["scheduled", "boarding", "delayed", "departed", "arrived", "cancelled", "diverted"];

    private static readonly string[] Instants =
    [
        "flight.scheduled_departure", "flight.estimated_departure", "flight.actual_departure", "flight.scheduled_arrival", "flight.estimated_arrival", "flight.actual_arrival",
        "flight.wheels_off", "flight.wheels_on",
    ];

    private static readonly string[] Numbers =
    [
        "flight.delay_minutes", "flight.carrier_minutes", "flight.weather_minutes", "flight.nas_minutes", "flight.security_minutes", "flight.late_aircraft_minutes",
        "flight.passengers", "flight.seats", "baggage.weight_kg", "security.wait_minutes", "security.queue_length", "security.lanes_open", "security.passengers_screened",
    ];

    private static readonly string[] Texts =
    [
        "flight.terminal", "flight.gate", "flight.aircraft_type", "flight.delay_cause", "flight.cancellation_cause", "flight.arrival_terminal", "flight.arrival_gate",
        "flight.baggage_belt", "flight.diverted_to", "flight.flight_suffix", "security.terminal", "ground.gate", "ground.tail_number", "ground.aircraft_type",
        "flight.source", "baggage.source", "security.source", "ground.source", "flight.note", "baggage.note", "security.note", "ground.note",
    ];

    private static readonly string[] OddInstants =
    [
        "0001-01-01T00:00:00Z", "0000-12-31T23:59:59Z", "-0044-03-15T12:00:00Z", "1970-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2027-04-05T14:05:00Z", "9999-12-31T23:59:59.9999999Z",
        "10000-01-01T00:00:00Z", "+292278994-08-17T07:12:55Z", "2026-02-30T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T23:59:60Z", "infinity", "0", "-1", "253402300799999", "9999999999999999999",
    ];

    private static readonly string[] OddNumbers =
    [
        "0", "-0", "-1", "1", "2147483647", "-2147483648", "2147483648", "9223372036854775808", "999999999", "1e308", "-1e308", "1e999", "5e-324", "0.0000000001", "1440", "2880", "600", "1000", "1000000",
        "123456789012345678901234567890", "\"NaN\"", "\"Infinity\"", "\"-1\"", "\"1,000,000,000\"", "\"99999999999999999999 lb\"", "\"PT999999999H\"", "{\"value\":1e300,\"unit\":\"kg\"}", "true", "[]",
    ];

    /// <summary>As many events.</summary>
    internal IEnumerable<string> Take(int count) => Enumerable.Range(0, count).Select(Event);

    private string Event(int number)
    {
        var type = Types[random.Next(Types.Length)];
        var one = new JsonObject
        {
            ["event_id"] = random.Next(50) == 0 ? Text() : string.Create(CultureInfo.InvariantCulture, $"x{number}"),
            ["event_type"] = type,
            ["event_time"] = random.Next(40) == 0 ? Pick(OddInstants) : Moment(),
        };
        Require(one, type);
        foreach (var (field, value) in Fields(type, Instants, () => random.Next(3) == 0 ? Pick(OddInstants) : Moment())
            .Concat(Fields(type, Numbers, () => JsonNode.Parse(random.Next(3) == 0 ? random.Next(0, 300).ToString(CultureInfo.InvariantCulture) : Pick(OddNumbers))))
            .Concat(Fields(type, Texts, () => Text())))
        {
            one[field] = value;
        }

        return one.ToJsonString();
    }

    private void Require(JsonObject one, string type)
    {
        if (type != "security" && (type == "flight" || random.Next(3) > 0))
        {
            one["airline"] = Pick("AA", "BA", "LH");
            one["flight_number"] = random.Next(30) == 0 ? JsonNode.Parse(Pick(OddNumbers)) : random.Next(1, 60);
            one["flight_date"] = random.Next(8) == 0 ? Pick("0001-01-01", "9999-12-31", "2025-01-26", "2027-04-04", "2024-02-29", "2026-02-30", "0000-00-00") : "2026-03-01";
        }

        if (type == "flight")
        {
            (one["origin"], one["destination"], one["status"]) = (Pick("JFK", "LHR", "SYD"), Pick("LHR", "JFK", "APW", "JFK"), Pick(Statuses));
            one["tail_number"] = random.Next(10) == 0 ? Text() : Pick("N1", "N717AN", "G-ABCD");
            one["codeshare_of"] = random.Next(20) == 0 ? Pick("AA100", "9999", "XX99999") : null;
            return;
        }

        one["airport"] = Pick("JFK", "LHR", "APW");
        if (type == "baggage")
        {
            (one["bag_tag"], one["scan_point"]) = (Pick("0000000000", "9999999999", "0016123456"), Pick("checkin", "sorter", "loaded", "unloaded", "claim", "mishandled"));
        }
        else if (type == "security")
        {
            one["checkpoint"] = random.Next(10) == 0 ? Text() : Pick("A", "B");
        }
        else
        {
            (one["service"], one["phase"]) = (Pick("fueling", "cleaning"), Pick("start", "end"));
        }
    }

    private IEnumerable<(string Field, JsonNode? Value)> Fields(string type, string[] fields, Func<JsonNode?> value) =>
        from field in fields
        where field.StartsWith(type + ".", StringComparison.Ordinal) && random.Next(2) == 0
        select (field[(type.Length + 1)..], value());

    /// <summary>A minute of the day, with any fraction.</summary>
    private string Moment() => new DateTime(2026, 3, 1).AddMinutes(random.Next(1440)).AddTicks(random.Next(3) * 9_999_999L).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private string Text() => random.Next(9) switch
    {
        0 => "",
        1 => " \t\n",
        2 => "'\"\\%_{}[]$1;--",
        3 => "\0",
        4 => new string('x', 64),
        5 => new string('é', 33),
        6 => "😀\uFFFF\u202E",
        7 => random.Next(40) == 0 ? new string('w', 70_000) : "NULL",
        _ => Encoding.UTF8.GetString([0xF4, 0x8F, 0xBF, 0xBF]),
    };

    private string Pick(params string[] values) => values[random.Next(values.Length)];
}
