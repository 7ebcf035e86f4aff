namespace AirportOps.Aws.Tests.Kinesis;

/// <summary>The system's clock, moved as an emulator's is.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    /// <summary>How far it is ahead.</summary>
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
