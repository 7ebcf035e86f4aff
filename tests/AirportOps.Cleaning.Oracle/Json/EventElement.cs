namespace AirportOps.Cleaning.Oracle.Json;

/// <summary>An event found in a record: an object, or what is refused in place of one.</summary>
/// <param name="Object">The event; null where it is refused.</param>
/// <param name="Refusal">Why it is refused; null where it is an object.</param>
/// <param name="Raw">What its refusal keeps.</param>
/// <param name="IsUnwrapped">Whether the repair <c>unwrapped</c> was needed to reach it.</param>
/// <param name="IsIllFormed">Whether a string around it held an escape of a lone surrogate.</param>
internal sealed record EventElement(JsonObject? Object, string? Refusal, byte[] Raw, bool IsUnwrapped, bool IsIllFormed);
