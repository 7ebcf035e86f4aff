namespace AirportOps.Pipeline.Tests.Silver;

/// <summary>A clock on which waiting takes no time, and that asks for a stop once so many waits have begun.</summary>
internal sealed class StopWhenIdle(CancellationTokenSource stop, int waits) : TimeProvider
{
    private int _begun;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (Interlocked.Increment(ref _begun) == waits)
        {
            stop.Cancel();
        }

        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
