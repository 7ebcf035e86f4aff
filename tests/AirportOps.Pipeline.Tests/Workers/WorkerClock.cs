namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>A clock that is set wrong and runs a little too fast or too slow.</summary>
internal sealed class WorkerClock(SimulatedTime time, double speed, long offset) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => offset + (long)(time.Now * speed);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp() + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
