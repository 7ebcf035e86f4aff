namespace AirportOps.Pipeline;

/// <summary>
/// Tells stages that nothing more will come: each then works off what is there and ends. A stage that runs as a service never hears of it.
/// Safe for concurrent use.
/// </summary>
public sealed class Drain
{
    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A drain asked for from the start: a stage works off what is there and ends.</summary>
    public static Drain Now()
    {
        var drain = new Drain();
        drain.Request();
        return drain;
    }

    /// <summary>Whether everything that will ever come is there. Look before reading: what a later read does not give will not come.</summary>
    public bool IsRequested => _requested.Task.IsCompleted;

    /// <summary>Says that everything is there.</summary>
    public void Request() => _requested.TrySetResult();

    /// <summary>Waits for a time, or for the request if that comes first.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (IsRequested)
        {
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_requested.Task, Task.Delay(atMost, clock, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
