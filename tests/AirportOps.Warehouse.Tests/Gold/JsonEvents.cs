using System.Globalization;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>Events of 2026-03-01 for examples of rules, as JSON; times are UTC, <c>14:05</c>, or with their date.</summary>
internal static class JsonEvents
{
    private static int _lastId;

    internal static string Flight(string number, string time, string status, string origin, string destination, string tail, params string[] fields) =>
        Event("flight", time, origin, [.. Leg(number), $"\"status\":\"{status}\"", $"\"origin\":\"{origin}\"", $"\"destination\":\"{destination}\"", $"\"tail_number\":\"{tail}\"", .. fields]);

    /// <summary>A leg that was flown.</summary>
    internal static string Flown(string number, string tail, string origin, string off, string destination, string on, params string[] fields) =>
        Flight(number, on, "arrived", origin, destination, tail, [$"\"actual_departure\":\"{Instant(off)}\"", $"\"actual_arrival\":\"{Instant(on)}\"", .. fields]);

    /// <param name="number">Flight number; null for a scan that names no flight.</param>
    /// <param name="time">When.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="point">Where.</param>
    /// <param name="airport">At which airport.</param>
    internal static string Scan(string? number, string time, string tag, string point, string airport) =>
        Event("baggage", time, airport, [.. number is null ? [] : Leg(number), $"\"bag_tag\":\"{tag}\"", $"\"scan_point\":\"{point}\"", "\"weight_kg\":20.5"]);

    internal static string Service(string? number, string time, string service, string phase, string airport, string tail) =>
        Event("ground", time, airport, [.. number is null ? [] : Leg(number), $"\"tail_number\":\"{tail}\"", $"\"service\":\"{service}\"", $"\"phase\":\"{phase}\""]);

    internal static string Reading(string time, string checkpoint, string minutes, string? terminal) =>
        Event("security", time, "JFK", [$"\"checkpoint\":\"{checkpoint}\"", $"\"wait_minutes\":{minutes}", .. terminal is null ? Array.Empty<string>() : [$"\"terminal\":\"{terminal}\""]]);

    /// <summary>A reading that tells the people screened and no wait.</summary>
    internal static string Throughput(string time, string checkpoint, int screened) =>
        Event("security", time, "JFK", [$"\"checkpoint\":\"{checkpoint}\"", string.Create(CultureInfo.InvariantCulture, $"\"passengers_screened\":{screened}")]);

    private static string[] Leg(string number) => ["\"airline\":\"AA\"", $"\"flight_number\":{number}", "\"flight_date\":\"2026-03-01\""];

    private static string Event(string type, string time, string airport, IEnumerable<string> fields) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"event_id\":\"e{Interlocked.Increment(ref _lastId):D6}\",\"event_type\":\"{type}\",\"event_time\":\"{Instant(time)}\",\"airport\":\"{airport}\",{string.Join(',', fields)}}}");

    private static string Instant(string time) => time.Length > 8 ? $"{time}Z" : $"2026-03-01T{time}:00Z";
}
