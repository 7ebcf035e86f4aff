namespace AirportOps.Pipeline.Quarantine;

/// <summary>What a replay made of a refused event.</summary>
/// <param name="Kind">Whether it is a row or was dropped.</param>
/// <param name="Window">The window that says so, <c>STREAM/SHARD/ORDINAL</c>.</param>
public sealed record QuarantineResolution(ResolutionKind Kind, string Window);
