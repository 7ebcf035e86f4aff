namespace AirportOps.Aws.Kinesis;

/// <summary>Keeps the reads of one shard apart, whoever in this process makes them. Safe for concurrent use.</summary>
/// <param name="interval">The least time between two reads.</param>
/// <param name="clock">The clock.</param>
internal sealed class ReadPace(TimeSpan interval, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Waits for the caller's turn.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var turn = now > _next ? now : _next;
            _next = turn + interval;
            wait = turn - now;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
