namespace AirportOps.Pipeline.Tests.Silver;

/// <summary>A clock on which the short waits of a reader take no time, and that asks for a stop once so many have begun. Longer waits are not over before.</summary>
internal sealed class StopWhenIdle(CancellationTokenSource stop, int waits) : TimeProvider
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    private int _begun;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > Short)
        {
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }

        if (Interlocked.Increment(ref _begun) == waits)
        {
            stop.Cancel();
        }

        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
