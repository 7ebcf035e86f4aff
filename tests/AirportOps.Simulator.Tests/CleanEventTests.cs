using System.Globalization;
using System.Text.Json;
using AirportOps.Reference;

namespace AirportOps.Simulator.Tests;

/// <summary>With no mess every event is clean by the contract: its fields, their types and ranges, their order.</summary>
public sealed class CleanEventTests
{
    private static readonly string[] Common = ["event_id", "event_type", "event_time"];

    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["flight"] = [.. Common, "airline", "flight_number", "flight_date", "origin", "destination", "status"],
        ["baggage"] = [.. Common, "airport", "bag_tag", "scan_point"],
        ["security"] = [.. Common, "airport", "checkpoint", "wait_minutes"],
        ["ground"] = [.. Common, "airport", "service", "phase"],
    };

    private static readonly string[] FlightOnly =
    [
        "origin", "destination", "status", "scheduled_departure", "estimated_departure", "actual_departure", "scheduled_arrival", "estimated_arrival",
        "actual_arrival", "delay_minutes", "delay_cause", "cancellation_cause", "carrier_minutes", "weather_minutes", "nas_minutes",
        "security_minutes", "late_aircraft_minutes", "passengers", "seats",
    ];

    private static readonly string[] Identity = ["source", "airport", "airline", "flight_number", "flight_suffix", "flight_date"];

    private static readonly Dictionary<string, string[]> Optional = new()
    {
        ["flight"] = [.. Identity, .. FlightOnly, "tail_number", "aircraft_type", "terminal", "gate"],
        ["baggage"] = [.. Identity, "weight_kg"],
        ["security"] = ["source", "terminal", "queue_length", "lanes_open", "passengers_screened"],
        ["ground"] = [.. Identity, "tail_number", "aircraft_type", "gate"],
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_event_is_clean(ulong seed)
    {
        var airports = ReferenceTables.Default.Airports.Select(airport => airport.Iata).ToHashSet();
        var airlines = ReferenceTables.Default.Airlines.Select(airline => airline.Iata).ToHashSet();
        var seen = new HashSet<string>();
        foreach (var (key, json) in Events(seed, 15_000))
        {
            var e = JsonDocument.Parse(json).RootElement;
            var type = e.GetProperty("event_type").GetString()!;
            var names = e.EnumerateObject().Select(property => property.Name).ToArray();
            Assert.Equal(names.Distinct(), names);
            Assert.Subset(Required[type].Concat(Optional[type]).ToHashSet(), names.ToHashSet());
            Assert.Superset(Required[type].ToHashSet(), names.ToHashSet());
            Assert.All(e.EnumerateObject(), property => AssertClean(property.Name, property.Value, airports, airlines));
            Assert.True(seen.Add(e.GetProperty("event_id").GetString()!), json);
            AssertKey(key, type, e);
        }
    }

    private static void AssertClean(string name, JsonElement value, HashSet<string> airports, HashSet<string> airlines)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        switch (name)
        {
            case "event_time" or "scheduled_departure" or "estimated_departure" or "actual_departure"
                or "scheduled_arrival" or "estimated_arrival" or "actual_arrival":
                Assert.Matches(@"^2026-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$", text);
                break;
            case "flight_date":
                Assert.True(DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), text);
                break;
            case "airport" or "origin" or "destination":
                Assert.Contains(text, airports);
                break;
            case "airline":
                Assert.Contains(text, airlines);
                break;
            case "bag_tag":
                Assert.Matches(@"^\d{10}$", text);
                break;
            case "flight_number":
                Assert.InRange(value.GetInt32(), 1, 9_999);
                break;
            case "delay_minutes":
                Assert.InRange(value.GetInt32(), -1_440, 2_880);
                break;
            case "carrier_minutes" or "weather_minutes" or "nas_minutes" or "security_minutes" or "late_aircraft_minutes":
                Assert.InRange(value.GetInt32(), 0, 2_880);
                break;
            case "passengers" or "seats" or "queue_length" or "lanes_open" or "passengers_screened":
                Assert.InRange(value.GetInt32(), 0, 5_000);
                break;
            case "wait_minutes":
                Assert.InRange(value.GetDecimal(), 0, 600);
                break;
            case "weight_kg":
                Assert.InRange(value.GetDecimal(), 1, 200);
                break;
            default:
                Assert.InRange(text.Length, 1, 64);
                break;
        }
    }

    private static void AssertKey(string key, string type, JsonElement e)
    {
        var flight = type == "security" ? "" : $"{e.GetProperty("airline")} {e.GetProperty("flight_number")} {e.GetProperty("flight_date")}";
        switch (type)
        {
            case "security":
                Assert.Equal($"{e.GetProperty("airport")} {e.GetProperty("checkpoint")}", key);
                break;
            case "flight":
                Assert.Equal($"{flight} {e.GetProperty("origin")}", key);
                break;
            default:
                Assert.StartsWith($"{flight} ", key, StringComparison.Ordinal);
                break;
        }
    }

    private static IEnumerable<(string Key, string Json)> Events(ulong seed, long events) =>
        new AirportSimulator(new SimulatorOptions { Events = events, Seed = seed, Mess = 0, Date = new DateOnly(2026, 11, 20) }, ReferenceTables.Default)
            .Batches().SelectMany(batch => batch.Records)
            .Select(record => (record.PartitionKey, System.Text.Encoding.UTF8.GetString(record.Data.Span)));
}
