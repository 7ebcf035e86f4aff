using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AirportOps.Reference;

namespace AirportOps.Cleaning.Tests;

/// <summary>Every flight of the recorded pages, checked against the page: legs, clocks, codeshares.</summary>
public sealed class AviationStackTests
{
    private static readonly (string Key, string Field, string End)[] Clocks =
    [
        ("scheduled", "scheduled_departure", "departure"), ("estimated", "estimated_departure", "departure"), ("actual", "actual_departure", "departure"),
        ("actual_runway", "wheels_off", "departure"), ("scheduled", "scheduled_arrival", "arrival"), ("estimated", "estimated_arrival", "arrival"),
        ("actual", "actual_arrival", "arrival"), ("actual_runway", "wheels_on", "arrival"),
    ];

    public static TheoryData<string, string> Pages => new()
    {
        { "flights_2023-07-19_page.json.gz", "2026-11-30T00:00:00Z" },
        { "flights_2023-07-19_page.json.gz", "2023-07-19T12:00:00Z" },
        { "flights_2023-07-22_page.json.gz", "2026-11-30T00:00:00Z" },
        { "flights_2023-09-14_no_pagination.json.gz", "2026-11-30T00:00:00Z" },
        { "flights_2025-05-10_CCU-DXB.json.gz", "2025-05-10T18:00:00Z" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_flight_of_a_page_is_its_leg(string page, string arrived)
    {
        var bytes = Read(page);
        using var json = JsonDocument.Parse(bytes);
        var run = new CleaningRun();
        run.Clean(bytes, CleaningRun.Micros(arrived));
        var rows = run.Batch.RowSets.SelectMany(set => Enumerable.Range(0, set.Count).Select(row => CleaningRun.Row(set, row)))
            .ToDictionary(row => (string)row["row"]!["event_id"]!, StringComparer.Ordinal);
        var refused = run.Batch.Refusals.ToDictionary(refusal => Id(Encoding.UTF8.GetString(refusal.Raw.Span)), refusal => refusal.Reason, StringComparer.Ordinal);
        var flights = json.RootElement.GetProperty("data").EnumerateArray().DistinctBy(flight => Id(flight.GetRawText())).ToList();

        Assert.Equal(flights.Count, rows.Count + refused.Count);
        Assert.All(flights, flight =>
        {
            var (id, unknown) = (Id(flight.GetRawText()), WhyNoLeg(flight));
            Assert.Equal(unknown, refused.GetValueOrDefault(id));
            if (unknown is null)
            {
                CheckLeg(flight, rows[id]);
            }
        });
        Assert.InRange(refused.Count, 0, 12);
    }

    private static void CheckLeg(JsonElement flight, JsonObject outcome)
    {
        var row = outcome["row"]!;
        Assert.Equal(
            (AirlineOf(flight), int.Parse(Text(flight, "flight", "number")!, CultureInfo.InvariantCulture), Text(flight, "departure", "iata"), Text(flight, "arrival", "iata")),
            ((string?)row["airline"], (int)row["flight_number"]!, (string?)row["origin"], (string?)row["destination"]));
        Assert.Equal(flight.GetProperty("flight_date").GetString(), (string?)row["flight_date"]);
        Assert.Equal(
            flight.GetProperty("flight_status").GetString() switch
            {
                "active" => Text(flight, "departure", "actual") is null ? "scheduled" : "departed",
                "landed" => "arrived",
                var same => same,
            },
            (string?)row["status"]);
        Assert.Equal(Text(flight, "flight", "codeshared", "flight_iata")?.ToUpperInvariant(), (string?)row["codeshare_of"]);
        Assert.Equal(
            (Text(flight, "departure", "gate"), Text(flight, "departure", "terminal"), Text(flight, "arrival", "terminal"), Text(flight, "arrival", "gate"), Text(flight, "arrival", "baggage")),
            ((string?)row["gate"], (string?)row["terminal"], (string?)row["arrival_terminal"], (string?)row["arrival_gate"], (string?)row["baggage_belt"]));
        foreach (var (key, field, end) in Clocks)
        {
            // An airport whose zone the tables lack has no clock to read.
            var zone = ReferenceTables.Default.FindAirport(Text(flight, end, "iata")!)!.TimeZone;
            Assert.Equal(zone is null ? null : Text(flight, end, key)?[..19], zone is null ? (string?)row[field] : OnTheWall((string?)row[field], zone));
        }

        Assert.Contains("source_profile", ((string)outcome["repairs"]!).Split(','));
    }

    /// <summary>Why a flight is no leg: what the page does not say, or a code that no table has.</summary>
    private static string? WhyNoLeg(JsonElement flight)
    {
        var hasClock = Clocks.Any(clock => Text(flight, clock.End, clock.Key) is not null
            && ReferenceTables.Default.FindAirport(Text(flight, clock.End, "iata")!)?.TimeZone is not null);
        return !hasClock && Text(flight, "live", "updated") is null ? "missing_event_time"
            : AirlineOf(flight) is null ? "unknown_airline"
            : Text(flight, "flight", "number") is null ? "missing_flight_number"
            : new[] { "departure", "arrival" }.Any(end => ReferenceTables.Default.FindAirport(Text(flight, end, "iata")!) is null) ? "unknown_airport"
            : null;
    }

    private static string? AirlineOf(JsonElement flight)
    {
        var code = Encoding.ASCII.GetBytes(Text(flight, "airline", "iata") ?? Text(flight, "airline", "icao")!);
        return CleaningRun.Codes.Airlines.TryFindIata(code, out var index) || CleaningRun.Codes.Airlines.TryFindIcao(code, out index)
            ? Encoding.ASCII.GetString(CleaningRun.Codes.Airlines[index])
            : null;
    }

    /// <summary>An instant on the clocks of a zone, by the system's own tables.</summary>
    private static string? OnTheWall(string? instant, string zone) => instant is null
        ? null
        : TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string? Text(JsonElement flight, params string[] path)
    {
        foreach (var key in path)
        {
            if (flight.ValueKind != JsonValueKind.Object || !flight.TryGetProperty(key, out flight))
            {
                return null;
            }
        }

        return flight.ValueKind == JsonValueKind.String ? flight.GetString() : null;
    }

    private static string Id(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, 16));

    private static byte[] Read(string page)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("aviationstack/" + page)!;
        using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
