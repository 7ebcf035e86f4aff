using AirportOps.Streams;
using AirportOps.Streams.Leases;
using Microsoft.Extensions.Logging;

namespace AirportOps.Pipeline.Workers;

/// <summary>
/// Lets one of several processes lead a stage whose work is not shared out. The others stand by: they look at the lease once a heartbeat, and at nothing else.
/// </summary>
/// <remarks>
/// The lease saves work and requests, no more. A leader that froze may go on for a moment beside its successor, so what the stage does must be right whoever does
/// it, and twice.
/// </remarks>
/// <param name="store">Where the lease is.</param>
/// <param name="key">The lease.</param>
/// <param name="stage">The stage's name, for people.</param>
/// <param name="options">How this worker takes part.</param>
/// <param name="clock">The worker's clock. No other is ever compared with it.</param>
/// <param name="logger">Told who leads.</param>
public sealed class LeaderLease(ILeaseStore store, string key, string stage, LeaseOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>Stands by until it leads, then works until the work ends, the lease is lost, or it is stopped; stands by again after a loss.</summary>
    /// <param name="work">Cancelled when the lease is lost. Called anew each time this worker leads.</param>
    /// <param name="touch">Called at each look while it stands by: it lives.</param>
    /// <param name="cancellationToken">Stops; a lease that is held is given up.</param>
    /// <exception cref="StreamException">The store refuses: waiting does not help.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> work, Action touch, CancellationToken cancellationToken)
    {
        options.Validate();
        await store.EnsureReadyAsync(cancellationToken).ConfigureAwait(false);
        do
        {
            var sent = await TakeAsync(touch, cancellationToken).ConfigureAwait(false);
            Log.Leads(logger, stage, options.Worker);
            try
            {
                if (await LeadAsync(work, sent, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
            finally
            {
                await ReleaseAsync().ConfigureAwait(false);
            }

            Log.LedNoMore(logger, stage);
        }
        while (true);
    }

    /// <summary>Waits until the lease is this worker's.</summary>
    /// <returns>When the request was sent that gave it.</returns>
    private async Task<long> TakeAsync(Action touch, CancellationToken cancellationToken)
    {
        var sightings = new LeaseSightings(options.Duration, clock);
        string? known = null;
        long? taken = null;
        while (true)
        {
            touch();
            await LeaseStoreOutage.TryAsync(LookAsync).ConfigureAwait(false);
            if (taken is { } sent)
            {
                return sent;
            }

            await Task.Delay(options.Heartbeat, clock, cancellationToken).ConfigureAwait(false);
        }

        async Task LookAsync()
        {
            var asked = clock.GetTimestamp();
            var leases = (await store.ListAsync(key, cancellationToken).ConfigureAwait(false)).ToDictionary(lease => lease.Key, StringComparer.Ordinal);
            var view = sightings.See([key], leases, asked, clock.GetTimestamp()).Single();
            if (view.Owner is null || view.Owner == options.Worker)
            {
                asked = clock.GetTimestamp();
                if (await store.TryTakeAsync(key, view.Lease, options.Worker, cancellationToken).ConfigureAwait(false))
                {
                    taken = asked;
                }
            }
            else if (view.Owner != known)
            {
                Log.StandsBy(logger, stage, known = view.Owner);
            }
        }
    }

    /// <returns>False: the lease was lost.</returns>
    private async Task<bool> LeadAsync(Func<CancellationToken, Task> work, long sent, CancellationToken cancellationToken)
    {
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = new CancellationTokenSource();
        var renewal = RenewAsync(sent, leading, ended.Token);
        try
        {
            await work(leading.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (leading.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Why: the renewal tells, by what it throws where the store refuses.
            await renewal.ConfigureAwait(false);
            return false;
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await renewal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Renews the lease each heartbeat, and ends the work once it can't be sure of it any more.</summary>
    private async Task RenewAsync(long renewed, CancellationTokenSource leading, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.Heartbeat, clock, cancellationToken).ConfigureAwait(false);
                var sent = clock.GetTimestamp();
                var isMine = true;
                if (await LeaseStoreOutage.TryAsync(
                    async () => isMine = await store.TryRenewAsync(key, options.Worker, cancellationToken).ConfigureAwait(false) is not null).ConfigureAwait(false))
                {
                    renewed = sent;
                }

                // While the store is away the lease lasts as long as it is valid.
                if (!isMine || clock.GetElapsedTime(renewed) >= options.Validity)
                {
                    return;
                }
            }
        }
        finally
        {
            await leading.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Gives the lease up; what can't be given up, or is another's by now, is left.</summary>
    private async Task ReleaseAsync()
    {
        try
        {
            await store.TryReleaseAsync(key, options.Worker, null, isEnded: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StreamException)
        {
            // It runs out; whoever stops a worker need not wait for the store.
        }
    }
}
