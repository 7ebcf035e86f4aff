using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using AirportOps.Cli.Tests.Support;
using AirportOps.Reference;

namespace AirportOps.Cli.Tests;

/// <summary>
/// The recorded AviationStack pages from <c>ingest events</c> to Gold, against what their JSON says: clocks are local whatever their offset says, and a
/// codeshare is no leg. What is expected is computed here from the pages, by the zone that each names itself.
/// </summary>
public sealed class AviationStackTests
{
    private const string Query = """
        SELECT airline, flight_number, flight_date, origin, destination, status, terminal, gate, scheduled_departure, estimated_departure, actual_departure,
            scheduled_arrival, estimated_arrival, actual_arrival
        FROM gold.fact_flight
        """;

    /// <summary>
    /// Airports for which the pages name another zone than the reference tables: Barnaul, which has had its own since 2016, and Okha.
    /// </summary>
    private static readonly string[] InDispute = ["BAX", "OHH"];

    private static readonly string[] Pages =
    [
        "flights_2023-07-19_page", "flights_2023-07-22_page", "flights_2023-09-14_no_pagination", "flights_2025-05-10_CCU-DXB",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Legs_clocks_and_codeshares_are_those_of_the_pages(bool asPages)
    {
        await using var folder = new TestFolder();
        Directory.CreateDirectory(folder["pages"]);
        var flights = new List<JsonElement>();
        foreach (var page in Pages)
        {
            var text = Read(page);
            var data = JsonDocument.Parse(text).RootElement.GetProperty("data").EnumerateArray().ToList();
            flights.AddRange(data);
            folder.Write($"pages/{page}.json", asPages ? text : string.Concat(data.Select(flight => JsonSerializer.Serialize(flight) + "\n")));
        }

        (await folder.RunAsync("ingest", "events", "pages")).Done();
        (await folder.RunAsync("run", "--once")).Done();
        var legs = (await folder.RunAsync("sql", Query, "--json")).Done().Json.GetProperty("rows").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? "" : value.ToString()).ToArray())
            .ToDictionary(row => string.Join(' ', row[..4]));

        var expected = flights.Where(flight => flight.GetProperty("flight").GetProperty("codeshared").ValueKind == JsonValueKind.Null && IsKnown(flight))
            .GroupBy(Key).ToList();
        Assert.Equal(expected.Select(leg => leg.Key).Order(StringComparer.Ordinal), legs.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(expected.Count, 150, 306);
        Assert.InRange(flights.Count(flight => flight.GetProperty("flight").GetProperty("codeshared").ValueKind != JsonValueKind.Null), 100, 306);
        foreach (var leg in expected.Where(leg => leg.Count() == 1))
        {
            Assert.Equal(Expected(leg.Single()), legs[leg.Key][4..]);
        }
    }

    private static string Key(JsonElement flight) => string.Join(
        ' ', Text(flight, "airline", "iata"), int.Parse(Text(flight, "flight", "number"), CultureInfo.InvariantCulture), flight.GetProperty("flight_date"), Text(flight, "departure", "iata"));

    private static string[] Expected(JsonElement flight) =>
    [
        Text(flight, "arrival", "iata"),
        flight.GetProperty("flight_status").GetString() switch
        {
            "active" => Text(flight, "departure", "actual").Length == 0 ? "scheduled" : "departed",
            "landed" => "arrived",
            var same => same!,
        },
        Text(flight, "departure", "terminal"),
        Text(flight, "departure", "gate"),
        .. new[] { "departure", "arrival" }.SelectMany(end => new[] { "scheduled", "estimated", "actual" }.Select(clock => InUtc(flight, end, clock))),
    ];

    /// <summary>A local time in UTC, by the system's zones; what the offset says is not looked at.</summary>
    private static string InUtc(JsonElement flight, string end, string clock)
    {
        var text = Text(flight, end, clock);
        if (text.Length == 0)
        {
            return "";
        }

        var (airport, named) = (Text(flight, end, "iata"), Text(flight, end, "timezone"));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(
            named.Contains('/', StringComparison.Ordinal) && !InDispute.Contains(airport) ? named : ReferenceTables.Default.FindAirport(airport)!.TimeZone!);
        var local = DateTime.ParseExact(text[..19], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return TimeZoneInfo.ConvertTimeToUtc(local, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the reference tables have the airline: some are no longer there, and their flights are refused.</summary>
    private static bool IsKnown(JsonElement flight) =>
        Text(flight, "flight", "number").Length > 0 && ReferenceTables.Default.Airlines.Any(airline => airline.Iata == Text(flight, "airline", "iata"));

    private static string Text(JsonElement flight, string parent, string key) =>
        flight.GetProperty(parent).TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Read(string page)
    {
        using var reader = new StreamReader(new GZipStream(
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"aviationstack/{page}.json.gz")!, CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
