using AirportOps.Warehouse;

namespace AirportOps.Cli.Hosting;

/// <summary>
/// The warehouse of one stage, opened anew by each of its runs. The one before is closed behind that only, so that between two runs a private server
/// keeps a user and is not stopped while it recovers.
/// </summary>
/// <param name="open">Opens it, ready for work.</param>
internal sealed class StageWarehouse(Func<CancellationToken, Task<IWarehouse>> open) : IAsyncDisposable
{
    private IWarehouse? _current;

    internal async Task<IWarehouse> OpenAsync(CancellationToken cancellationToken)
    {
        var next = await open(cancellationToken);
        await DisposeAsync();
        _current = next;
        return next;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _current, null) is { } last)
        {
            await last.DisposeAsync();
        }
    }
}
