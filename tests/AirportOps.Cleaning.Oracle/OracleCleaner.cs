using System.Globalization;
using System.Security.Cryptography;
using AirportOps.Cleaning.Oracle.Json;
using AirportOps.Cleaning.Oracle.Keys;
using AirportOps.Reference;

namespace AirportOps.Cleaning.Oracle;

/// <summary>
/// The rules of cleaning, read plainly: slow, with no care for memory, one class a family of rules. What the product's cleaner does to a
/// record must be what this does. Not thread-safe: it remembers ids.
/// </summary>
/// <param name="reference">The airlines and airports that codes are looked up in.</param>
/// <param name="horizon">How much later in arrival an id is still remembered.</param>
public sealed class OracleCleaner(ReferenceTables reference, TimeSpan horizon)
{
    private const long MicrosPerDay = 86_400_000_000;
    private static readonly long FirstEventTime = (long)(new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds;

    private readonly ReferenceRules _reference = new(reference);
    private readonly Dictionary<string, (long Arrived, string Content)> _accepted = new(StringComparer.Ordinal);

    /// <summary>What becomes of each event of a record, in their order.</summary>
    /// <param name="record">The record's bytes.</param>
    /// <param name="arrivedMicros">Arrival, microseconds since 1970-01-01 UTC.</param>
    public IReadOnlyList<OracleOutcome> Clean(byte[] record, long arrivedMicros) =>
        [.. RecordRules.Split(record).Select(element => Clean(element, arrivedMicros))];

    private OracleOutcome Clean(EventElement element, long arrivedMicros)
    {
        if (element.Object is null)
        {
            return new OracleRefusal(element.Refusal!, null, null, element.Raw);
        }

        var reading = new EventReading(element.Object, _reference, arrivedMicros);
        if (Fault(reading, arrivedMicros) is var (reason, field))
        {
            return new OracleRefusal(reason, field, reading.EventId.Value as string, element.Raw);
        }

        var row = Row(element, reading);
        var (id, content) = ((string)row.Fields["event_id"], Content(row, reading.IsEventTimeDerived));
        if (_accepted.TryGetValue(id, out var earlier) && arrivedMicros - earlier.Arrived <= horizon.TotalMicroseconds)
        {
            return content == earlier.Content
                ? new OracleDuplicate(id)
                : new OracleRefusal("conflicting_duplicate", null, reading.EventId.Value as string, element.Raw);
        }

        _accepted[id] = (arrivedMicros, content);
        return row;
    }

    /// <summary>The table of refusals: the first reason that applies, fields in the order of the contract's section 2.</summary>
    private static (string Reason, string? Field)? Fault(EventReading reading, long arrivedMicros)
    {
        if (reading.EventType is not { } type)
        {
            return ("unknown_type", null);
        }

        foreach (var rule in EventReading.RulesOf(type))
        {
            // An airport that is given must be good on a flight too, where it is not required.
            // A reading that tells the queue or the people screened need not tell the wait.
            var (given, isRequired) = (reading[rule.Name], rule.RequiredOn.Contains(type)
                && !(rule.Name == "wait_minutes" && (reading["queue_length"].Value ?? reading["passengers_screened"].Value) is not null));
            if (given.Fault is { } fault && (isRequired || rule.Name == "airport"))
            {
                var code = rule.Kind == FieldKind.Airline ? "unknown_airline" : "unknown_airport";
                return (fault == Values.Fault.Unknown ? code : "bad_" + rule.Name, rule.Name);
            }

            // An id is derived; an event_type was.
            if (given is { Value: null, Fault: null } && isRequired && rule.Name is not ("event_id" or "event_type"))
            {
                return ("missing_" + rule.Name, rule.Name);
            }
        }

        var eventTime = (long)reading["event_time"].Value!;
        return !IsInRange(eventTime, arrivedMicros) ? ("time_out_of_range", "event_time")
            : reading["actual_arrival"].Value is long arrival && reading["actual_departure"].Value is long departure && arrival < departure
                ? ("arrival_before_departure", null)
                : null;
    }

    /// <summary>Whether an event_time is neither before 2000 nor over 24 hours after arrival.</summary>
    internal static bool IsInRange(long eventTime, long arrivedMicros) => eventTime >= FirstEventTime && eventTime <= arrivedMicros + MicrosPerDay;

    private static OracleRow Row(EventElement element, EventReading reading)
    {
        var fields = EventReading.RulesOf(reading.EventType!)
            .Where(rule => rule.Name != "event_type" && reading[rule.Name].Value is not null)
            .ToDictionary(rule => rule.Name, rule => reading[rule.Name].Value!, StringComparer.Ordinal);
        if (fields.TryAdd("event_id", Convert.ToHexStringLower(SHA256.HashData(element.Object!.Raw)[..16])))
        {
            reading.Repairs.Add("derived_event_id");
        }

        if (reading.Extras is { } extras)
        {
            fields.Add("extras", extras);
        }

        if (element.IsIllFormed)
        {
            reading.Repairs.Add("bad_utf8");
        }

        if (element.IsUnwrapped)
        {
            reading.Repairs.Add("unwrapped");
        }

        return new OracleRow(reading.EventType!, fields, reading.Repairs.Count == 0 ? null : string.Join(',', reading.Repairs));
    }

    /// <summary>Clean content: event_type, every field and extras.</summary>
    private static string Content(OracleRow row, bool isTimeDerived) => row.EventType + "\n" + string.Join('\n', row.Fields
        .Where(field => field.Key != "event_time" || !isTimeDerived)
        .OrderBy(field => field.Key, StringComparer.Ordinal)
        .Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Key}={field.Value}")));
}
