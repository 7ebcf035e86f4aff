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
        RetryOptions retry,
        TimeProvider clock,
        Func<IWarehouseSession, Task<T>> run,
        CancellationToken cancellationToken) => await For(retry, clock).RunAsync(
        async stop =>
        {
            var session = await open(stop).ConfigureAwait(false);
            await using var _ = session.ConfigureAwait(false);
            return await run(session).ConfigureAwait(false);
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Repeats what the warehouse has undone as a whole, and nothing else: an error of the program undoes its transaction too, and a warehouse that is away is
    /// waited for by the stage.
    /// </summary>
    internal static Retry For(RetryOptions retry, TimeProvider clock) => new(
        retry with { FaultOf = failure => failure is StatementException { Fault: Fault.Ours } ? Fault.Ours : Fault.Operator }, clock);
}
