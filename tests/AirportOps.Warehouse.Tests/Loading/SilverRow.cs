using System.Globalization;

namespace AirportOps.Warehouse.Tests.Loading;

/// <summary>A clean event. <paramref name="Fields"/> are its own, by column name; what is not in them is null.</summary>
internal sealed record SilverRow(string EventId, DateTime EventTime, IReadOnlyDictionary<string, object> Fields)
{
    internal object? Value(string column, string shard, int index) => column switch
    {
        "event_id" => EventId,
        "event_time" => EventTime,
        "arrived" => EventTime.AddSeconds(1),
        "airport" => Fields.GetValueOrDefault("origin", "JFK"),
        "shard" => shard,
        "sequence" => (index + 1).ToString(CultureInfo.InvariantCulture),
        _ => Fields.GetValueOrDefault(column),
    };

    /// <summary>An event of AA100 from JFK to LHR on 2026-03-01.</summary>
    /// <param name="eventId">Its id.</param>
    /// <param name="time">As <c>14:05</c>, UTC on that day.</param>
    /// <param name="status">The status.</param>
    /// <param name="fields">Names and values in turn; an instant as its time of day, UTC; null leaves a field out.</param>
    internal static SilverRow Flight(string eventId, string time, string status, params object?[] fields)
    {
        var all = new Dictionary<string, object>
        {
            ["airline"] = "AA",
            ["flight_number"] = 100,
            ["flight_date"] = new DateOnly(2026, 3, 1),
            ["origin"] = "JFK",
            ["destination"] = "LHR",
            ["status"] = status,
        };
        for (var index = 0; index < fields.Length; index += 2)
        {
            var name = (string)fields[index]!;
            if (fields[index + 1] is { } value)
            {
                all[name] = value is string text && (name.EndsWith("departure", StringComparison.Ordinal) || name.EndsWith("arrival", StringComparison.Ordinal))
                    ? At(text)
                    : value;
            }
        }

        return new SilverRow(eventId, At(time), all);
    }

    internal static DateTime At(string time) =>
        DateTime.Parse($"2026-03-01T{time}Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
