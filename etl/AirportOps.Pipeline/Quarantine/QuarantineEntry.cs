namespace AirportOps.Pipeline.Quarantine;

/// <summary>A line of the quarantine and what is known of it.</summary>
/// <param name="Reference">Where it is.</param>
/// <param name="Stream">The stream it came on.</param>
/// <param name="Event">What stands in it.</param>
/// <param name="Resolution">What a replay made of it; null while it is refused.</param>
public sealed record QuarantineEntry(QuarantineReference Reference, string Stream, QuarantinedEvent Event, QuarantineResolution? Resolution);
