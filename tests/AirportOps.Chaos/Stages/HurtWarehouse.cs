using AirportOps.Testing;

namespace AirportOps.Chaos.Stages;

/// <summary>
/// The warehouse's server as it is hurt, one hurt after another. A server of the round's own is started again after each hurt; to a private
/// cluster nobody comes: the pipeline keeps it running.
/// </summary>
/// <param name="data">The server's data folder.</param>
/// <param name="own">The server where it is the round's own.</param>
internal sealed class HurtWarehouse(string data, PostgresServer? own) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Kills a process that serves a connection.</summary>
    /// <returns>False when none does.</returns>
    internal async Task<bool> KillBackendAsync(int pick) =>
        PostgresProcesses.Backends(data) is { Count: > 0 } backends && await Signals.SendAsync("KILL", backends[pick % backends.Count]);

    /// <summary>Kills the server's first process.</summary>
    /// <returns>False when there is no server.</returns>
    internal Task<bool> KillPostmasterAsync(TimeSpan away, CancellationToken cancellationToken) =>
        HurtAsync(() => PostgresProcesses.KillPostmasterAsync(data), away, cancellationToken);

    /// <summary>Stops the server.</summary>
    /// <returns>False when there is none.</returns>
    internal Task<bool> StopAsync(bool isImmediate, TimeSpan away, CancellationToken cancellationToken) =>
        HurtAsync(() => PostgresProcesses.StopAsync(data, isImmediate, Patience, cancellationToken), away, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<bool> HurtAsync(Func<Task<bool>> hurt, TimeSpan away, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!await hurt())
            {
                return false;
            }

            if (own is not null)
            {
                await Task.Delay(away, cancellationToken);
                await own.StartAsync(cancellationToken);
            }

            return true;
        }
        finally
        {
            _turn.Release();
        }
    }
}
