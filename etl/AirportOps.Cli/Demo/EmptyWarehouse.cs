using AirportOps.Cli.Hosting;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Cluster;

namespace AirportOps.Cli.Demo;

/// <summary>The demo's warehouse: a private cluster, whose database is made anew before anybody opens it.</summary>
internal sealed class EmptyWarehouse(VerbContext context) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isEmptied;

    /// <summary>Opens it, emptied once and migrated.</summary>
    internal async Task<IWarehouse> OpenAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_isEmptied)
            {
                await using var former = await context.Places.OpenPostgresAsync(cancellationToken);
                await DatabaseReset.RunAsync(former.Cluster!, cancellationToken);
                _isEmptied = true;

                // Opened before the former is closed, so that the server stays.
                return await context.Places.OpenReadyWarehouseAsync(cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }

        return await context.Places.OpenReadyWarehouseAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
