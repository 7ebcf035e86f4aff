using AirportOps.Streams;
using AirportOps.Streams.Leases;
using Microsoft.Extensions.Logging;

namespace AirportOps.Pipeline.Workers;

/// <summary>
/// Takes, renews, hands over and gives up the leases of one stage for one worker. <see cref="RenewAsync"/> may run beside the other members, which
/// are for one caller, but for <see cref="ReleaseAsync"/>. While the store is away holds last as long as they are valid; nothing else happens.
/// </summary>
/// <param name="store">The leases.</param>
/// <param name="prefix">What the keys begin with; the shard's id follows.</param>
/// <param name="stage">The stage's name, for people.</param>
/// <param name="options">How the worker takes part.</param>
/// <param name="clock">The worker's clock. No other is ever compared with it.</param>
/// <param name="logger">Told of shards that change hands.</param>
internal sealed class LeaseKeeper(ILeaseStore store, string prefix, string stage, LeaseOptions options, TimeProvider clock, ILogger logger)
{
    private const string RanOut = "its lease ran out before it could be renewed";

    private readonly Lock _guard = new();
    private readonly Dictionary<string, ShardHold> _holds = new(StringComparer.Ordinal);
    private readonly LeaseSightings _sightings = new(options.Duration, clock);

    /// <summary>What this worker holds, or held and has not yet found lost.</summary>
    public IReadOnlyList<ShardHold> Holds
    {
        get
        {
            lock (_guard)
            {
                return [.. _holds.Values];
            }
        }
    }

    /// <summary>Renews every hold once. Those that others want are asked to end; those that can't be renewed in time are lost.</summary>
    /// <exception cref="StreamException">The store refuses: waiting does not help.</exception>
    public Task RenewAsync(CancellationToken cancellationToken) => Task.WhenAll(Holds.Select(hold => RenewOneAsync(hold, cancellationToken)));

    /// <summary>Looks at the leases of all shards that are to be worked on, takes free ones, and asks for some where others have more.</summary>
    /// <param name="shards">The ids of the shards that are to be worked on.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The leases there are, by shard, as they were seen; null: the store is away.</returns>
    /// <exception cref="StreamException">The store refuses: waiting does not help.</exception>
    public async Task<IReadOnlyDictionary<string, Lease>?> TakeAsync(IReadOnlyCollection<string> shards, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, Lease>? seen = null;
        return await LeaseStoreOutage.TryAsync(TakeAllAsync).ConfigureAwait(false) ? seen : null;

        async Task TakeAllAsync()
        {
            var sent = clock.GetTimestamp();
            seen = await ListAsync(cancellationToken).ConfigureAwait(false);
            var views = _sightings.See(shards, seen, sent, clock.GetTimestamp()).Where(view => view.Lease is not { IsEnded: true }).ToList();
            foreach (var mine in views.Where(view => view.Owner == options.Worker || (view.IsExpired && view.Lease!.Owner == options.Worker)))
            {
                await ReclaimAsync(mine, cancellationToken).ConfigureAwait(false);
            }

            var plan = LeasePlan.Make(options.Worker, views, options.MaxShards);
            foreach (var free in plan.Takes.Where(view => view.Lease?.Owner != options.Worker))
            {
                await TakeOneAsync(free, cancellationToken).ConfigureAwait(false);
            }

            foreach (var wanted in plan.Asks)
            {
                await store.TryAskAsync(wanted.Lease!, options.Worker, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gives a hold up, once the work on its shard has ended. What can't be given up expires.</summary>
    /// <param name="hold">The hold.</param>
    /// <param name="isEnded">Whether the shard is worked off to its end.</param>
    public async Task ReleaseAsync(ShardHold hold, bool isEnded)
    {
        // One lost before may be held anew by now. From here on this one is not held either, even if the answer is long in coming.
        var hasRunOut = !hold.IsHeld;
        var isToRelease = await hold.LoseAsync().ConfigureAwait(false);
        if (isToRelease && hasRunOut)
        {
            // The work saw it before a renewal did.
            Log.Lost(logger, stage, hold.Shard, RanOut);
        }

        try
        {
            // What can't be given up runs out.
            await LeaseStoreOutage.TryAsync(GiveUpAsync).ConfigureAwait(false);
        }
        finally
        {
            Forget(hold);
        }

        async Task GiveUpAsync()
        {
            if (isToRelease
                && await store.TryReleaseAsync(prefix + hold.Shard, options.Worker, hold.Successor, isEnded, CancellationToken.None).ConfigureAwait(false)
                && hold.Successor is { } successor
                && !isEnded)
            {
                Log.HandedOver(logger, stage, hold.Shard, successor);
            }
        }
    }

    /// <summary>Says that a shard is to be worked on although its lease says it has ended. While the store is away nothing happens.</summary>
    public Task ReopenAsync(Lease ended, CancellationToken cancellationToken) =>
        LeaseStoreOutage.TryAsync(() => store.TryReopenAsync(ended, cancellationToken));

    /// <summary>Deletes the leases of shards that the stream no longer has. While the store is away nothing happens.</summary>
    public async Task ForgetShardsAsync(IReadOnlyDictionary<string, Lease> leases, IReadOnlySet<string> listed, CancellationToken cancellationToken)
    {
        foreach (var (shard, lease) in leases.Where(lease => lease.Value.IsEnded && !listed.Contains(lease.Key)))
        {
            if (await LeaseStoreOutage.TryAsync(() => store.DeleteAsync(lease, cancellationToken)).ConfigureAwait(false))
            {
                Log.Forgotten(logger, stage, shard);
            }
        }
    }

    /// <summary>Gives up, at the worker's end, what was handed to it meanwhile, and takes its wishes back.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            foreach (var (_, lease) in await ListAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (lease.WantedBy == options.Worker)
                {
                    await store.WithdrawAsync(lease.Key, options.Worker, CancellationToken.None).ConfigureAwait(false);
                }

                if (lease.Owner == options.Worker)
                {
                    await store.TryReleaseAsync(lease.Key, options.Worker, null, isEnded: false, CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        catch (StreamException)
        {
            // What is left runs out; whoever stops a worker need not wait for the store.
        }
    }

    private async Task<IReadOnlyDictionary<string, Lease>> ListAsync(CancellationToken cancellationToken) =>
        (await store.ListAsync(prefix, cancellationToken).ConfigureAwait(false)).ToDictionary(lease => lease.Key[prefix.Length..], StringComparer.Ordinal);

    private async Task RenewOneAsync(ShardHold hold, CancellationToken cancellationToken)
    {
        // A hold that has run out, for instance while the machine slept, is over even if nobody has taken the lease.
        if (hold.IsHeld)
        {
            await LeaseStoreOutage.TryAsync(RenewAsync).ConfigureAwait(false);
        }

        if (!hold.IsHeld)
        {
            await LoseAsync(hold, RanOut).ConfigureAwait(false);
        }

        async Task RenewAsync()
        {
            var sent = clock.GetTimestamp();
            var lease = await store.TryRenewAsync(prefix + hold.Shard, options.Worker, cancellationToken).ConfigureAwait(false);
            if (lease is null)
            {
                await LoseAsync(hold, "another worker has it").ConfigureAwait(false);
                return;
            }

            hold.Renew(sent);
            if (lease.WantedBy is { } successor && successor != options.Worker)
            {
                await hold.HandOverAsync(successor).ConfigureAwait(false);
            }
        }
    }

    private async Task TakeOneAsync(LeaseView free, CancellationToken cancellationToken)
    {
        var sent = clock.GetTimestamp();
        if (await store.TryTakeAsync(prefix + free.Shard, free.Lease, options.Worker, cancellationToken).ConfigureAwait(false)
            && TryHold(free.Shard, sent)
            && free.IsExpired)
        {
            Log.TakenOver(logger, stage, free.Shard, free.Lease!.Owner!);
        }
    }

    /// <summary>Holds what the store says is this worker's: handed over to it, taken by a request whose answer was lost, or found lost a moment ago.</summary>
    private async Task ReclaimAsync(LeaseView mine, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            if (_holds.ContainsKey(mine.Shard))
            {
                return;
            }
        }

        var sent = clock.GetTimestamp();
        if (await store.TryRenewAsync(prefix + mine.Shard, options.Worker, cancellationToken).ConfigureAwait(false) is not null)
        {
            TryHold(mine.Shard, sent);
        }
    }

    private bool TryHold(string shard, long sent)
    {
        lock (_guard)
        {
            return _holds.TryAdd(shard, ShardHold.Leased(shard, clock, options.Validity, sent));
        }
    }

    private async Task LoseAsync(ShardHold hold, string why)
    {
        // One that is being given up is no surprise.
        if (await hold.LoseAsync().ConfigureAwait(false))
        {
            Forget(hold);
            Log.Lost(logger, stage, hold.Shard, why);
        }
    }

    private void Forget(ShardHold hold)
    {
        lock (_guard)
        {
            if (_holds.TryGetValue(hold.Shard, out var current) && current == hold)
            {
                _holds.Remove(hold.Shard);
            }
        }
    }
}
