namespace AirportOps.Simulator.Day;

/// <summary>Writes down what a settled leg looks like from outside: its flight events, the services of its stay, the journeys of its bags.</summary>
internal sealed class LegEvents(EventQueue queue, long start)
{
    private const int DelayedMinutes = 15;
    private const int SecondNoticeMinutes = 40;
    private const int NoticeStep = 5;

    private readonly Baggage _baggage = new(queue);

    /// <summary>The services between blocks on and blocks off, and the status that goes with boarding.</summary>
    public void Turn(Stay stay, in GroundWork work, SplitMix luck)
    {
        var (on, off) = (stay.On, stay.Outbound.ActualOff);
        var free = on + GroundWork.DoorsOpen;
        var done = free;
        if (stay.Inbound is not null)
        {
            var empty = free + work.Deboarding;
            queue.Ground(GroundService.Deboarding, stay, free, empty);
            free = empty + SimClock.Minute;
            done = free + work.Cleaning;
            queue.Ground(GroundService.Cleaning, stay, free, done);
        }

        var servicing = Math.Max(free, off - work.Servicing);
        queue.Ground(GroundService.Catering, stay, servicing, servicing + work.Catering);
        queue.Ground(GroundService.Fueling, stay, servicing, servicing + work.Fueling);
        var open = Math.Max(done, servicing + Math.Max(work.Catering, work.Fueling)) + SimClock.Minute;
        var unhurried = off - GroundWork.DoorsClosed - work.Boarding - (luck.Between(3, 12) * SimClock.Minute);
        var boarding = Math.Max(open, unhurried);
        queue.Ground(GroundService.Baggage, stay, Math.Max(on + (3 * SimClock.Minute), off - (75 * SimClock.Minute)), off - (5 * SimClock.Minute));
        queue.Ground(GroundService.Boarding, stay, boarding, boarding + work.Boarding);
        queue.Ground(GroundService.Pushback, stay, off, off + (luck.Between(180, 320) * SimClock.Second));
        queue.Flight(FlightStatus.Boarding, stay.Outbound, boarding + (luck.Below(40) * SimClock.Second));
    }

    /// <summary>The flight events of a leg that is flown, but for boarding, and its bags.</summary>
    public void Fly(Leg leg, SplitMix luck)
    {
        Publish(leg, luck);
        var late = leg.DepartureDelay;
        if (late >= DelayedMinutes)
        {
            var first = Rounded(late * luck.Between(50, 100) / 100);
            queue.Flight(FlightStatus.Delayed, leg, leg.ScheduledOff - Seconds(luck, 20, 75), leg.ScheduledOff + (first * SimClock.Minute));
        }

        if (late >= SecondNoticeMinutes)
        {
            queue.Flight(FlightStatus.Delayed, leg, leg.ScheduledOff + Seconds(luck, 1, 14), leg.ScheduledOff + (Rounded(late) * SimClock.Minute));
        }

        queue.Flight(FlightStatus.Departed, leg, leg.ActualOff + (luck.Between(1, 90) * SimClock.Second));
        var ended = leg.Outcome == LegOutcome.Diverted ? FlightStatus.Diverted : FlightStatus.Arrived;
        queue.Flight(ended, leg, leg.ActualOn + (luck.Between(1, 60) * SimClock.Second));
        _baggage.Travel(leg, luck);
    }

    /// <summary>A leg that is published and then called off.</summary>
    public void Cancel(Leg leg, long notBefore, SplitMix luck)
    {
        Publish(leg, luck);
        queue.Flight(FlightStatus.Cancelled, leg, Math.Max(notBefore, leg.ScheduledOff - Seconds(luck, 30, 200)));
    }

    private void Publish(Leg leg, SplitMix luck) =>
        queue.Flight(FlightStatus.Scheduled, leg, Math.Max(start, leg.ScheduledOff - (luck.Between(240, 285) * SimClock.Minute)));

    private static int Rounded(int minutes) => Math.Max(DelayedMinutes, minutes / NoticeStep * NoticeStep);

    private static long Seconds(SplitMix luck, int fromMinutes, int toMinutes) => luck.Between(fromMinutes * 60, toMinutes * 60) * SimClock.Second;
}
