namespace AirportOps.Warehouse.Cluster;

/// <summary>How a server is stopped, from the gentlest on.</summary>
internal enum StopMode
{
    /// <summary>Connections are ended and everything is written: the next start has nothing to recover.</summary>
    Fast,

    /// <summary>All processes quit at once: the next start recovers.</summary>
    Immediate,
}

internal sealed partial class Server
{
    /// <summary>Ends the server's connections and stops it; a server that is down is fine.</summary>
    /// <remarks>
    /// A fast stop in the middle of the recovery from a backend's crash never ends (PostgreSQL 15 waits for a checkpointer that nobody has told), so the server must
    /// answer first. One that does not is told to quit. Whatever happens it is down after three times the timeout.
    /// </remarks>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Running is null)
        {
            return;
        }

        var answers = await AnswersWithinAsync(options.StopTimeout, cancellationToken).ConfigureAwait(false);
        try
        {
            await EndAsync(answers ? StopMode.Fast : StopMode.Immediate, cancellationToken).ConfigureAwait(false);
            Log.StoppedServer(logger, home.Folder);
        }
        catch (WarehouseException stuck)
        {
            // What the user came for is done.
            Log.ServerDidNotStop(logger, home.Folder, stuck.Message);
        }
    }

    /// <summary>Stops the server, harder each time it has not ended after a while, and kills it in the end.</summary>
    /// <exception cref="WarehouseException">It can't even be killed.</exception>
    private async Task EndAsync(StopMode first, CancellationToken cancellationToken)
    {
        for (var mode = first; mode <= StopMode.Immediate; mode++)
        {
            var word = mode == StopMode.Fast ? "fast" : "immediate";
            var stopped = await account.RunAsync(
                [binaries.PgCtl, "stop", "-D", "data", "-m", word, "-w", "-t", Seconds(options.StopTimeout), "-s"], home.Folder, cancellationToken)
                .ConfigureAwait(false);
            if (Running is null)
            {
                return;
            }

            Log.StopGoesOn(logger, home.Folder, word, stopped.Reason);
        }

        await ServerProcesses.KillAsync(home.Data, options.StopTimeout, options.Clock, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> AnswersWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (!await AnswersAsync(either.Token).ConfigureAwait(false))
            {
                if (Running is null)
                {
                    return true;
                }

                await Task.Delay(LongestPoll, options.Clock, either.Token).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (WarehouseException)
        {
            // It answers, if only to refuse: enough for an orderly stop.
            return true;
        }
    }
}
