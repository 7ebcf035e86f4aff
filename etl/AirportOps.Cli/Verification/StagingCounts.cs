namespace AirportOps.Cli.Verification;

/// <summary>What the warehouse's staging says of itself.</summary>
/// <param name="Rows">Rows in the four staging tables.</param>
/// <param name="Duplicates">Rows of Silver that the loader dropped because staging had their event_id.</param>
internal sealed record StagingCounts(long Rows, long Duplicates);
