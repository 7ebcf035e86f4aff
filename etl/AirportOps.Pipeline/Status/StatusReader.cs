using AirportOps.Lake;
using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Windows;
using AirportOps.Pipeline.Workers;
using AirportOps.Streams;
using AirportOps.Streams.Leases;

namespace AirportOps.Pipeline.Status;

/// <summary>Finds out where the stages stand, from what they have stored; asks no running process.</summary>
/// <param name="stream">The stream.</param>
/// <param name="lake">The lake that holds Silver.</param>
/// <param name="clock">Says about how late the newest archive can be.</param>
/// <param name="leases">Says who works on which shard; null where shards are not shared.</param>
public sealed class StatusReader(IEventStream stream, ILake lake, TimeProvider clock, ILeaseStore? leases = null)
{
    /// <summary>The lake of the raw zone; null, the default: the same.</summary>
    public ILake? Bronze { get; init; }

    /// <summary>Where Bronze and Silver stand, shard by shard.</summary>
    public async Task<IReadOnlyList<ShardStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        var windows = new WindowStore(lake);
        var catalog = new BronzeCatalog(Bronze ?? lake);
        var oldest = await catalog.NextHourAsync(stream.Name, DateTimeOffset.UnixEpoch, cancellationToken).ConfigureAwait(false);
        var archivers = await LeasesAsync(Bronze ?? lake, stream.Name, ShardLeases.Bronze, cancellationToken).ConfigureAwait(false);
        var cleaners = await LeasesAsync(lake, stream.Name, ShardLeases.Silver, cancellationToken).ConfigureAwait(false);
        var shards = await stream.ListShardsAsync(cancellationToken).ConfigureAwait(false);

        // Side by side: over a network each question costs its round trip.
        return await Task.WhenAll(shards.Select(ReadShardAsync)).ConfigureAwait(false);

        async Task<ShardStatus> ReadShardAsync(Shard shard)
        {
            var archived = oldest is { } from
                ? await catalog.NewestAsync(stream.Name, shard.Id, from, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false)
                : null;
            var window = await windows.NewestAsync(stream.Name, shard.Id, cancellationToken).ConfigureAwait(false);
            var last = archived?.Last;
            SequenceNumber? cleaned = window is null ? null : SequenceNumber.Parse(window.LastSequence);
            return new ShardStatus(
                shard.Id,
                last?.ToString(),
                await LagAfterAsync(shard, last, cancellationToken).ConfigureAwait(false),
                window?.Ordinal ?? 0,
                window?.LastSequence,
                await LagAfterAsync(shard, cleaned, cancellationToken).ConfigureAwait(false),
                window?.WatermarkAfter)
            {
                LateRows = window?.LateRows ?? 0,
                MaxLateness = TimeSpan.FromSeconds(window?.MaxLatenessSeconds ?? 0),
                Gap = await GapAsync(window).ConfigureAwait(false),
                BronzeLease = archivers.GetValueOrDefault(shard.Id),
                SilverLease = cleaners.GetValueOrDefault(shard.Id),
            };
        }

        async Task<WindowGap?> GapAsync(WindowManifest? newest) => newest switch
        {
            { Gap: { } gap } => gap,
            { LastGapOrdinal: { } ordinal } => (await windows.TryReadAsync(stream.Name, newest.Shard, ordinal, cancellationToken).ConfigureAwait(false))?.Gap,
            _ => null,
        };
    }

    /// <summary>Who loads the lake, warehouse by warehouse; none where loading is not led by a lease.</summary>
    public async Task<IReadOnlyDictionary<string, Lease>> ReadLoadersAsync(CancellationToken cancellationToken) =>
        await LeasesAsync(lake, "*", ShardLeases.Load, cancellationToken).ConfigureAwait(false);

    /// <summary>A stage's leases by shard, or by what it writes to.</summary>
    private async Task<Dictionary<string, Lease>> LeasesAsync(ILake where, string name, string stage, CancellationToken cancellationToken)
    {
        var prefix = ShardLeases.Prefix(where, name, stage);
        var found = leases is null ? [] : await leases.ListAsync(prefix, cancellationToken).ConfigureAwait(false);
        return found.ToDictionary(lease => lease.Key[prefix.Length..], StringComparer.Ordinal);
    }

    /// <summary>The age of the oldest record after a place; zero when there is none.</summary>
    private async Task<TimeSpan> LagAfterAsync(Shard shard, SequenceNumber? after, CancellationToken cancellationToken)
    {
        var position = after is { } sequence ? StreamPosition.After(sequence) : StreamPosition.TrimHorizon;
        var reader = await stream.OpenReaderAsync(shard.Id, position, cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        using var next = await reader.ReadAsync(1, 1, cancellationToken).ConfigureAwait(false);
        return next.Records.Count == 0 ? next.Lag : clock.GetUtcNow() - next.Records[0].Arrived;
    }
}
