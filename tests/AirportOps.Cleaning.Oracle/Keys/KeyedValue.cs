using AirportOps.Cleaning.Oracle.Json;

namespace AirportOps.Cleaning.Oracle.Keys;

/// <summary>A value of an event and the key it is found by.</summary>
/// <param name="Member">Where it stands.</param>
/// <param name="JoinedKey">The keys from the outermost to its own, joined and normalised.</param>
/// <param name="ExactKey">Its key as spelt; null for a nested one, which is never the exact spelling.</param>
internal sealed record KeyedValue(JsonMember Member, string JoinedKey, string? ExactKey);
