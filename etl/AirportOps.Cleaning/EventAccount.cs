namespace AirportOps.Cleaning;

/// <summary>An event's way through the rules, field by field.</summary>
/// <param name="IsClean">Whether all fields are as they must be: it is a row, unless its id was accepted before.</param>
/// <param name="Repairs">What the record as a whole took: <c>unwrapped</c>, <c>bad_utf8</c>.</param>
/// <param name="Fields">Every field that came, was derived or misses, in the order of the columns.</param>
/// <param name="Extras">What no field took, as it is kept; null for nothing, and where the event is refused.</param>
/// <param name="ExtrasRepairs">What the extras took: <c>dropped_extras</c>, <c>bad_utf8</c>.</param>
public sealed record EventAccount(
    bool IsClean,
    IReadOnlyList<string> Repairs,
    IReadOnlyList<FieldAccount> Fields,
    string? Extras,
    IReadOnlyList<string> ExtrasRepairs);
