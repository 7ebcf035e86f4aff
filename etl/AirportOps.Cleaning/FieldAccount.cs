namespace AirportOps.Cleaning;

/// <summary>What came of one field of an event.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Key">The key that supplied it as it was spelt, those of the objects around it before it with points; null where none did.</param>
/// <param name="Raw">The value as it came, as JSON; null where none did.</param>
/// <param name="Repairs">What was done, sorted.</param>
/// <param name="Value">The clean value as text; null for none.</param>
/// <param name="Reason">Why the event is refused over this field; null where it is not. The first in the order of the columns is the event's reason.</param>
public sealed record FieldAccount(string Field, string? Key, string? Raw, IReadOnlyList<string> Repairs, string? Value, string? Reason);
