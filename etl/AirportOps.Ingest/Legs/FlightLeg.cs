using AirportOps.Reference.Time;

namespace AirportOps.Ingest.Legs;

/// <summary>
/// A row of any family in one form. Filled anew for every row. Instants are microseconds since 1970-01-01 in UTC; null is not known.
/// </summary>
internal sealed class FlightLeg
{
    public string Airline { get; set; } = "";

    /// <summary>1…9999.</summary>
    public int FlightNumber { get; set; }

    /// <summary>The scheduled departure's date at the origin, in days since 1970-01-01.</summary>
    public int Day { get; set; }

    public string Origin { get; set; } = "";

    public string Destination { get; set; } = "";

    public LocalClock OriginClock { get; set; } = null!;

    public LocalClock DestinationClock { get; set; } = null!;

    public string? TailNumber { get; set; }

    public LegOutcome Outcome { get; set; }

    public long? ScheduledDeparture { get; set; }

    public long? ActualDeparture { get; set; }

    public long? ScheduledArrival { get; set; }

    public long? ActualArrival { get; set; }

    /// <summary>The take-off.</summary>
    public long? WheelsOff { get; set; }

    /// <summary>The landing, at the destination.</summary>
    public long? WheelsOn { get; set; }

    /// <summary>The airport that a diverted leg landed at first, where that is recorded and not the destination.</summary>
    public string? DivertedTo { get; set; }

    /// <summary>Of the departure, as recorded; negative when early.</summary>
    public int? DelayMinutes { get; set; }

    /// <summary>Index of the <see cref="DelayCause"/> that cancelled the leg.</summary>
    public int? CancellationCause { get; set; }

    /// <summary>Minutes of the arrival's delay by <see cref="DelayCause"/>.</summary>
    public int?[] CauseMinutes { get; } = new int?[DelayCause.Count];

    /// <summary>The departure clock as recorded, minutes of the day 0…1440 at the origin.</summary>
    public int? DepartureClock { get; set; }

    /// <summary>The arrival clock as recorded, minutes of the day 0…1440 at the destination.</summary>
    public int? ArrivalClock { get; set; }

    /// <summary>Minutes in the air, where no elapsed time is recorded and the arrival follows from its clock.</summary>
    public int? AirMinutes { get; set; }

    public void Reset()
    {
        TailNumber = null;
        Outcome = LegOutcome.Flown;
        ScheduledDeparture = ActualDeparture = ScheduledArrival = ActualArrival = WheelsOff = WheelsOn = null;
        DivertedTo = null;
        DelayMinutes = CancellationCause = DepartureClock = ArrivalClock = AirMinutes = null;
        Array.Clear(CauseMinutes);
    }
}
