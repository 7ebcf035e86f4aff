using AirportOps.Lake;
using AirportOps.Streams;
using AirportOps.Streams.Leases;
using Microsoft.Extensions.Logging;

namespace AirportOps.Pipeline.Workers;

/// <summary>Lets stages in several processes share a stream's shards. Each stage and each lake has leases of its own.</summary>
/// <remarks>Leases decide who works, never what is true: what is done follows from what is stored, whoever stored it.</remarks>
/// <param name="store">Where the leases are.</param>
/// <param name="options">How this worker takes part.</param>
/// <param name="logger">Told of shards that change hands.</param>
public sealed class ShardLeases(ILeaseStore store, LeaseOptions options, ILogger logger)
{
    /// <summary>The stage that archives.</summary>
    public const string Bronze = "bronze";

    /// <summary>The stage that cleans.</summary>
    public const string Silver = "silver";

    /// <summary>The stage that loads, which one process leads.</summary>
    public const string Load = "load";

    /// <summary>What the keys of a stage's leases begin with; the shard's id follows.</summary>
    /// <param name="lake">Where the stage's results lie.</param>
    /// <param name="stream">The stream's name.</param>
    /// <param name="stage">The stage's name.</param>
    public static string Prefix(ILake lake, string stream, string stage) => $"{lake.Location}#{stream}/{stage}/";

    /// <summary>The lease of a stage that one of all processes leads, for instance the loader of a lake and a warehouse.</summary>
    /// <param name="lake">Where the stage reads.</param>
    /// <param name="stage">The stage's name.</param>
    /// <param name="target">Where it writes: another target has another leader. No secrets.</param>
    /// <param name="clock">The clock.</param>
    public LeaderLease Lead(ILake lake, string stage, string target, TimeProvider clock) =>
        new(store, $"{Prefix(lake, "*", stage)}{target}", stage, options, clock, logger);

    internal IShardAssignment Assign(IEventStream stream, ILake lake, string stage, TimeProvider clock)
    {
        options.Validate();
        var keeper = new LeaseKeeper(store, Prefix(lake, stream.Name, stage), stage, options, clock, logger);
        return new LeasedShards(stream, store, keeper, options, clock);
    }
}
