namespace AirportOps.Cleaning.Oracle;

/// <summary>What becomes of one event.</summary>
public abstract record OracleOutcome;

/// <summary>An event that became a row.</summary>
/// <param name="EventType"><c>flight</c>, <c>baggage</c>, <c>security</c> or <c>ground</c>.</param>
/// <param name="Fields">
/// The fields that are not null by their names, extras among them: text as string, integers as int, decimals as double, instants as
/// microseconds since 1970-01-01 UTC (long), dates as NodaTime.LocalDate.
/// </param>
/// <param name="Repairs">The repairs, sorted by bytes and comma-separated; null without any.</param>
public sealed record OracleRow(string EventType, IReadOnlyDictionary<string, object> Fields, string? Repairs) : OracleOutcome;

/// <summary>An event that was already accepted with equal clean content.</summary>
/// <param name="EventId">The id that both have.</param>
public sealed record OracleDuplicate(string EventId) : OracleOutcome;

/// <summary>An event that was refused.</summary>
/// <param name="Reason">Why, as in the table of refusals.</param>
/// <param name="Field">The field at fault; null where the reason is about none.</param>
/// <param name="EventId">The id as it came, trimmed; null where it is absent or can't be read.</param>
/// <param name="Raw">The whole record where it held one event, else the element's own bytes.</param>
public sealed record OracleRefusal(string Reason, string? Field, string? EventId, ReadOnlyMemory<byte> Raw) : OracleOutcome;
