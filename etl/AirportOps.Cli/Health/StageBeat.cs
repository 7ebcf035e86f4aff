namespace AirportOps.Cli.Health;

/// <summary>How a stage does, as a health file says it.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="LastSign">When it last said that it lives.</param>
/// <param name="LagSeconds">How far it stands behind the tip of the shard it is furthest behind.</param>
/// <param name="Outputs">Objects, windows or batches it has completed.</param>
/// <param name="IsDone">Whether it has ended, as it was asked to.</param>
internal sealed record StageBeat(string Stage, DateTimeOffset LastSign, double LagSeconds, long Outputs, bool IsDone);
