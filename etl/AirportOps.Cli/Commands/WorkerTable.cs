using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Status;
using AirportOps.Streams.Leases;

namespace AirportOps.Cli.Commands;

/// <summary>Who works on which shard, as a table and as results.</summary>
internal static class WorkerTable
{
    internal static void Write(VerbContext context, IReadOnlyList<ShardStatus> shards)
    {
        var now = context.Clock.GetUtcNow();
        TextTable.Write(
            context.Out,
            ["shard", "bronze worker", "renewed s ago>", "silver worker", "renewed s ago>", "wanted by"],
            [.. shards.Select(shard => new[]
            {
                shard.Shard,
                Owner(shard.BronzeLease),
                Age(shard.BronzeLease, now),
                Owner(shard.SilverLease),
                Age(shard.SilverLease, now),
                shard.SilverLease?.WantedBy ?? shard.BronzeLease?.WantedBy,
            })]);
    }

    /// <summary>Who loads into which warehouse, and until when its lease holds if it is not renewed.</summary>
    internal static void WriteLoaders(VerbContext context, IReadOnlyDictionary<string, Lease> loaders) => TextTable.Write(
        context.Out,
        ["loads into", "worker", "until (UTC)"],
        [.. loaders.OrderBy(loader => loader.Key, StringComparer.Ordinal).Select(loader => new[]
        {
            loader.Key,
            Owner(loader.Value),
            Until(context, loader.Value)?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        })]);

    /// <summary>The same as results.</summary>
    internal static IEnumerable<Result> ToResults(VerbContext context, IReadOnlyDictionary<string, Lease> loaders) =>
        loaders.OrderBy(loader => loader.Key, StringComparer.Ordinal).Select(loader => new Result
        {
            ["warehouse"] = loader.Key,
            ["worker"] = loader.Value.Owner,
            ["until"] = Until(context, loader.Value),
        });

    /// <summary>By the owner's clock and this process's setting of the duration, for people.</summary>
    private static DateTimeOffset? Until(VerbContext context, Lease lease) => lease.Owner is null ? null : lease.Renewed + context.Settings.Leases.Duration;

    /// <summary>A lease as a result; null for none.</summary>
    internal static Result? ToResult(Lease? lease) => lease is null ? null : new Result
    {
        ["worker"] = lease.Owner,
        ["renewed"] = lease.Renewed,
        ["wanted_by"] = lease.WantedBy,
        ["ended"] = lease.IsEnded,
    };

    private static string? Owner(Lease? lease) => lease switch
    {
        null => null,
        { IsEnded: true } => "(read to its end)",
        _ => lease.Owner ?? "(nobody)",
    };

    /// <summary>By two machines' clocks, for people.</summary>
    private static string? Age(Lease? lease, DateTimeOffset now) => lease is { Owner: not null, Renewed: { } renewed }
        ? Math.Max(0, (now - renewed).TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture)
        : null;
}
