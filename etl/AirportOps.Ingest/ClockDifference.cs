namespace AirportOps.Ingest;

/// <summary>A row whose computed time is not the recorded one.</summary>
/// <param name="Line">The row's line in the file, the header being 1.</param>
/// <param name="What"><c>departure</c> or <c>arrival</c>, in minutes of the local day, or <c>minutes on the ground</c>.</param>
/// <param name="Recorded">What the row says, or allows at most.</param>
/// <param name="Computed">What was computed.</param>
public sealed record ClockDifference(long Line, string What, int Recorded, int Computed);
