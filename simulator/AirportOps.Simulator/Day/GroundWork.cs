using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Day;

/// <summary>How long the work on the ground takes. Every figure that passengers drive grows with them; all are milliseconds.</summary>
internal readonly struct GroundWork(AircraftModel model, int passengersIn, int passengersOut, int blockMinutes)
{
    /// <summary>From blocks on to the first door open.</summary>
    public const long DoorsOpen = 2 * SimClock.Minute;

    /// <summary>From the last passenger seated to the brakes off.</summary>
    public const long DoorsClosed = 3 * SimClock.Minute;

    private const long Between = SimClock.Minute;

    public long Deboarding { get; } = (2 * SimClock.Minute) + (passengersIn * (long)model.DeboardingMillis);

    public long Cleaning { get; } = (4 * SimClock.Minute) + (passengersIn * (model.IsWide ? 3_500L : 3_000L));

    public long Catering { get; } = (5 * SimClock.Minute) + (passengersOut * (model.IsWide ? 3_000L : 2_000L));

    public long Fueling { get; } = (5 * SimClock.Minute) + (blockMinutes * 3_000L);

    public long Boarding { get; } = (3 * SimClock.Minute) + (passengersOut * (long)model.BoardingMillis);

    /// <summary>Boarding may begin this long after blocks on, when everybody works at once.</summary>
    public long UntilBoarding =>
        DoorsOpen + Deboarding + Between + Math.Max(Cleaning, Math.Max(Catering, Fueling)) + Between;

    /// <summary>The shortest turnaround.</summary>
    public long UntilReady => UntilBoarding + Boarding + DoorsClosed;

    /// <summary>How long before blocks off catering and fueling begin when there is time.</summary>
    public long Servicing => (model.IsWide ? 110 : 70) * SimClock.Minute;
}
