namespace AirportOps.Cleaning.Tests;

/// <summary>Clean events as JSON text, with members changed, added or left out.</summary>
internal static class Events
{
    private static readonly (string Key, string Json)[] CleanFlight =
    [
        ("event_id", "\"f1\""), ("event_type", "\"flight\""), ("event_time", "\"2026-03-01T14:05:00Z\""), ("airline", "\"AA\""),
        ("flight_number", "100"), ("flight_date", "\"2026-03-01\""), ("origin", "\"JFK\""), ("destination", "\"LHR\""),
        ("status", "\"departed\""),
    ];

    private static readonly (string Key, string Json)[] CleanBaggage =
    [
        ("event_id", "\"b1\""), ("event_type", "\"baggage\""), ("event_time", "\"2026-03-01T14:05:00Z\""), ("airport", "\"JFK\""),
        ("bag_tag", "\"0001234567\""), ("scan_point", "\"loaded\""),
    ];

    private static readonly (string Key, string Json)[] CleanSecurity =
    [
        ("event_id", "\"s1\""), ("event_type", "\"security\""), ("event_time", "\"2026-03-01T14:05:00Z\""), ("airport", "\"JFK\""),
        ("checkpoint", "\"CP-1\""), ("wait_minutes", "12.5"),
    ];

    private static readonly (string Key, string Json)[] CleanGround =
    [
        ("event_id", "\"g1\""), ("event_type", "\"ground\""), ("event_time", "\"2026-03-01T14:05:00Z\""), ("airport", "\"JFK\""),
        ("service", "\"fueling\""), ("phase", "\"start\""),
    ];

    /// <summary>A flight; a member named again replaces the clean one in its place, one with null JSON leaves it out, others are appended.</summary>
    internal static string Flight(params (string Key, string? Json)[] changes) => With(CleanFlight, changes);

    internal static string Baggage(params (string Key, string? Json)[] changes) => With(CleanBaggage, changes);

    internal static string Security(params (string Key, string? Json)[] changes) => With(CleanSecurity, changes);

    internal static string Ground(params (string Key, string? Json)[] changes) => With(CleanGround, changes);

    /// <summary>The clean event of the type that has a field, with that field's value replaced.</summary>
    internal static string WithField(string field, string? json) => field switch
    {
        "bag_tag" or "scan_point" or "weight_kg" => Baggage((field, json)),
        "checkpoint" or "wait_minutes" or "queue_length" or "lanes_open" or "passengers_screened" => Security((field, json)),
        "service" or "phase" => Ground((field, json)),
        _ => Flight((field, json)),
    };

    private static string With((string Key, string Json)[] clean, (string Key, string? Json)[] changes)
    {
        var members = clean.Select(member => (member.Key, Json: (string?)member.Json)).ToList();
        foreach (var change in changes)
        {
            var index = members.FindIndex(member => member.Key == change.Key);
            if (index >= 0)
            {
                members[index] = change;
            }
            else
            {
                members.Add(change);
            }
        }

        return "{" + string.Join(",", members.Where(member => member.Json is not null).Select(member => $"\"{member.Key}\":{member.Json}")) + "}";
    }
}
