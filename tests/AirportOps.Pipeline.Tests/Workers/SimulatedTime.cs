namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>The time of a simulation, in ticks.</summary>
internal sealed class SimulatedTime
{
    public long Now { get; set; } = 1_000_000_000;
}
