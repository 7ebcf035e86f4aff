using System.Globalization;
using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Day;

/// <summary>How a leg ended.</summary>
internal enum LegOutcome
{
    Operated,
    Cancelled,
    Diverted,
}

/// <summary>Why a leg was late or cancelled, in the order of the five cause minutes.</summary>
internal enum DelayCause
{
    Carrier,
    Weather,
    Nas,
    Security,
    LateAircraft,
}

/// <summary>A leg on a date with everything that happened to it. Off and on are the times at the gate, on whole minutes.</summary>
internal sealed class Leg
{
    public const int Causes = 5;

    public Leg(LineLeg line, Aircraft aircraft, long scheduledOff)
    {
        Line = line;
        Aircraft = aircraft;
        ScheduledOff = scheduledOff;
        ScheduledOn = scheduledOff + (line.BlockMinutes * SimClock.Minute);
        FlightDay = line.Origin.LocalDay(scheduledOff);
        Key = string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Airline.Code} {line.Number} {DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(FlightDay):yyyy-MM-dd} {line.Origin.Code}");
    }

    public LineLeg Line { get; }

    public Aircraft Aircraft { get; }

    /// <summary>The flight identity, and so the partition key of all that is about this leg.</summary>
    public string Key { get; }

    /// <summary>Days since 1970-01-01: the scheduled departure's date on the wall at the origin.</summary>
    public int FlightDay { get; }

    public long ScheduledOff { get; }

    public long ScheduledOn { get; }

    public LegOutcome Outcome { get; set; }

    /// <summary>Main cause of the late departure, or of the cancellation; null when there is neither.</summary>
    public DelayCause? Cause { get; set; }

    /// <summary>Main cause of the late arrival; null when it isn't 15 minutes late.</summary>
    public DelayCause? ArrivalCause => CauseMinutes.Max() is > 0 and var most ? (DelayCause)Array.IndexOf(CauseMinutes, most) : null;

    public int Passengers { get; set; }

    public long ActualOff { get; set; }

    /// <summary>At the destination, or for a diverted leg at the alternate.</summary>
    public long ActualOn { get; set; }

    /// <summary>What each cause added to the arrival delay; all zero below 15 minutes of delay.</summary>
    public int[] CauseMinutes { get; } = new int[Causes];

    /// <summary>Where it left from; null for a cancelled leg.</summary>
    public Gate? Gate { get; set; }

    public int DepartureDelay => SimClock.MinutesBetween(ScheduledOff, ActualOff);

    public int ArrivalDelay => SimClock.MinutesBetween(ScheduledOn, ActualOn);
}
