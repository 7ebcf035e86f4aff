namespace AirportOps.Cli.Hosting;

/// <summary>Stages that run side by side: the first that fails stops the others, and its failure is the group's.</summary>
internal sealed class StageGroup : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly List<Task> _stages = [];
    private Exception? _firstFailure;

    /// <summary>Starts an empty group.</summary>
    /// <param name="cancellationToken">Stops all stages.</param>
    internal StageGroup(CancellationToken cancellationToken) => _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>Starts a stage.</summary>
    internal void Start(Func<CancellationToken, Task> stage) => _stages.Add(Task.Run(() => RunAsync(stage), CancellationToken.None));

    /// <summary>Waits for every stage.</summary>
    /// <exception cref="Exception">What the first stage to fail threw.</exception>
    internal async Task WaitAsync()
    {
        await Task.WhenAll(_stages);
        if (_firstFailure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_firstFailure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(Func<CancellationToken, Task> stage)
    {
        try
        {
            await stage(_stop.Token);
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _firstFailure, failure, null);
            await _stop.CancelAsync();
        }
    }
}
