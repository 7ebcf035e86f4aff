using AirportOps.Reliability;

namespace AirportOps.Warehouse.Sessions;

/// <summary>Runs transactions as wholes.</summary>
internal static class WholeTransaction
{
    /// <summary>Runs one, and again when it is undone by a conflict with another: each run has a session of its own.</summary>
    /// <param name="open">Opens a session.</param>
    /// <param name="retry">How often and how fast.</param>
    /// <param name="clock">Paces the repetitions.</param>
    /// <param name="run">Begins, works and commits.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<IWarehouseSession>> open,
        RetryPolicy retry,
        TimeProvider clock,
        Func<IWarehouseSession, Task<T>> run,
        CancellationToken cancellationToken)
    {
        var random = new Random(retry.Seed);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var session = await open(cancellationToken).ConfigureAwait(false);
                await using var _ = session.ConfigureAwait(false);
                return await run(session).ConfigureAwait(false);
            }
            catch (StatementException conflict) when (conflict.Fault is Fault.Ours && attempt < retry.MaxAttempts)
            {
                await Task.Delay(retry.DelayAfter(attempt, random), clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
