using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Day;

/// <summary>How far an aircraft is on its line of flying, which begins anew every day.</summary>
internal sealed class LineProgress
{
    private const int NoonMinute = 12 * 60;

    private int _day;
    private int _leg;

    /// <summary>The place of the first leg at or after a time.</summary>
    public LineProgress(Aircraft aircraft, long firstOff)
    {
        Aircraft = aircraft;
        _day = aircraft.Home.LocalDay(firstOff) - 2;
        while (NextOff < firstOff)
        {
            Advance();
        }
    }

    public Aircraft Aircraft { get; }

    /// <summary>The leg that brought the aircraft to where the next one starts; null when none of this run did.</summary>
    public Leg? Inbound { get; set; }

    /// <summary>When the aircraft blocked on there; 0 when it has stood there from the start.</summary>
    public long AvailableAt { get; set; }

    /// <summary>Whether the next leg leaves the base.</summary>
    public bool IsOutward => _leg % 2 == 0;

    /// <summary>
    /// The next scheduled departure: minutes from noon on the base's wall, because clocks change at night, and the timetable of a day
    /// counted from midnight would slip by an hour.
    /// </summary>
    public long NextOff
    {
        get
        {
            var noon = ((_day * 1440L) + NoonMinute) * SimClock.Minute;
            var clock = Aircraft.Home.Clock;
            return SimClock.FromMicros(clock.ToUtc(SimClock.ToMicros(noon))) + ((Aircraft.Line[_leg].OffMinute - NoonMinute) * SimClock.Minute);
        }
    }

    public Leg NextLeg() => new(Aircraft.Line[_leg], Aircraft, NextOff);

    public void Advance()
    {
        _leg++;
        if (_leg == Aircraft.Line.Length)
        {
            _leg = 0;
            _day++;
        }
    }
}
