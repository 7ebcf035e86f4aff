using System.Globalization;
using System.Text.Json;
using AirportOps.Cleaning;

namespace AirportOps.Pipeline.Verification;

/// <summary>
/// The flight legs that a ledger's rows make, worked out apart from the warehouse: of each field the value of the greatest event_time, ties by the
/// later status, then the greater event_id; a null never overwrites a value. Compared with what Gold has.
/// </summary>
public sealed class ExpectedLegs
{
    private static readonly string[] Statuses = ["scheduled", "boarding", "delayed", "departed", "arrived", "cancelled", "diverted"];

    private readonly Dictionary<LegKey, Leg> _legs = [];

    /// <summary>The fields of a leg that are compared, in the order in which <see cref="CompareAsync"/> takes them.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "status", "destination", "tail_number", "aircraft_type", "terminal", "gate", "scheduled_departure", "estimated_departure", "actual_departure",
        "scheduled_arrival", "estimated_arrival", "actual_arrival", "carrier_minutes", "weather_minutes", "nas_minutes", "security_minutes",
        "late_aircraft_minutes", "delay_cause", "cancellation_cause", "passengers", "seats",
    ];

    /// <summary>How many legs there are.</summary>
    public int Count => _legs.Count;

    /// <summary>Takes a row as a ledger has it; rows of other entities are passed over, and codeshares, which are no legs of their own.</summary>
    public void Add(Entity entity, JsonElement row)
    {
        if (entity is not Entity.FlightEvent || (row.TryGetProperty("codeshare_of", out var operating) && operating.ValueKind is not JsonValueKind.Null))
        {
            return;
        }

        var key = new LegKey(
            row.GetProperty("airline").GetString()!,
            row.GetProperty("flight_number").GetInt32(),
            row.TryGetProperty("flight_suffix", out var suffix) ? suffix.GetString() : null,
            row.GetProperty("flight_date").GetString()!,
            row.GetProperty("origin").GetString()!);
        if (!_legs.TryGetValue(key, out var leg))
        {
            _legs.Add(key, leg = new Leg(new string?[Fields.Count], new Stamp[Fields.Count]));
        }

        var stamp = new Stamp(
            Iso8601.ToMicros(Instant(row.GetProperty("event_time"))),
            Array.IndexOf(Statuses, row.GetProperty("status").GetString()),
            row.GetProperty("event_id").GetString()!);
        for (var i = 0; i < Fields.Count; i++)
        {
            if (row.TryGetProperty(Fields[i], out var value) && value.ValueKind is not JsonValueKind.Null
                && (leg.Values[i] is null || stamp.IsAfter(leg.Stamps[i])))
            {
                leg.Values[i] = Text(Fields[i], value);
                leg.Stamps[i] = stamp;
            }
        }
    }

    /// <summary>Compares with the legs that Gold has; legs that the ledger does not know are passed over.</summary>
    /// <param name="gold">
    /// Legs with their <see cref="Fields"/> as text: integers in decimal, instants as <c>YYYY-MM-DDTHH:MM:SS[.ffffff]Z</c>.
    /// </param>
    /// <returns>How many legs are equal, and what differs.</returns>
    public async Task<(int Equal, IReadOnlyList<string> Differences)> CompareAsync(IAsyncEnumerable<(LegKey Key, IReadOnlyList<string?> Values)> gold)
    {
        var differences = new List<string>();
        var equal = 0;
        var met = 0;
        await foreach (var (key, values) in gold.ConfigureAwait(false))
        {
            if (!_legs.TryGetValue(key, out var leg))
            {
                continue;
            }

            met++;
            var wrong = Enumerable.Range(0, Fields.Count).Where(i => leg.Values[i] != values[i]).ToArray();
            equal += wrong.Length == 0 ? 1 : 0;
            differences.AddRange(wrong.Select(i =>
                $"gold.fact_flight, leg {key}: {Fields[i]} is {values[i] ?? "null"}, the ledger makes it {leg.Values[i] ?? "null"}"));
        }

        if (met < _legs.Count)
        {
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"{_legs.Count - met} legs of the ledger are not in gold.fact_flight"));
        }

        return (equal, differences);
    }

    private static string Text(string field, JsonElement value) => value.ValueKind is JsonValueKind.Number
        ? value.GetInt32().ToString(CultureInfo.InvariantCulture)
        : field.EndsWith("_departure", StringComparison.Ordinal) || field.EndsWith("_arrival", StringComparison.Ordinal)
            ? Iso8601.FromMicros(Iso8601.ToMicros(Instant(value)))
            : value.GetString()!;

    private static DateTimeOffset Instant(JsonElement value) =>
        DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private sealed record Leg(string?[] Values, Stamp[] Stamps);

    private readonly record struct Stamp(long EventTime, int Status, string EventId)
    {
        internal bool IsAfter(Stamp other) =>
            (EventTime, Status).CompareTo((other.EventTime, other.Status)) is var order && order != 0
                ? order > 0
                : string.CompareOrdinal(EventId, other.EventId) > 0;
    }
}
