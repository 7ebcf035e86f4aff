namespace AirportOps.Cleaning.Seen;

/// <summary>What is remembered of an accepted event, 32 bytes. The hashes are stable: they are stored with a window and read back.</summary>
/// <param name="Id">128-bit hash of the event_id's bytes.</param>
/// <param name="Content">64-bit hash of the clean content: event_type, every field and extras.</param>
/// <param name="ArrivedMicros">Arrival, microseconds since 1970-01-01 UTC.</param>
public readonly record struct AcceptedEvent(UInt128 Id, ulong Content, long ArrivedMicros);
