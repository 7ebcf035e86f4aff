using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Day;

/// <summary>
/// The days of a network, minute by minute. An aircraft's next leg is settled with all its events at the latest when the leg before blocks
/// on, and five hours ahead of its departure: by then everything that can touch it is known, and only hours of events wait at a time.
/// </summary>
internal sealed class AirportDay
{
    private const long PlannedAhead = 5 * SimClock.Hour;

    /// <summary>The first departures: so much after the start that their passengers and bags come within it.</summary>
    private const long FirstOff = 3 * SimClock.Hour;

    private readonly FlightNetwork _network;
    private readonly ulong _seed;
    private readonly long _start;
    private readonly EventQueue _queue;
    private readonly LegDelays _delays;
    private readonly LegEvents _events;
    private readonly PriorityQueue<LineProgress, (long Due, int Ordinal)> _planned = new();

    /// <summary>Days of a network.</summary>
    /// <param name="network">Stations and fleet, for this run only.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="start">Where the first day begins, on a midnight.</param>
    /// <param name="end">Where it all ends.</param>
    public AirportDay(FlightNetwork network, ulong seed, long start, long end)
    {
        _network = network;
        _seed = seed;
        _start = start;
        _queue = new EventQueue(start, end);
        _delays = new LegDelays(new Weather(seed));
        _events = new LegEvents(_queue, start);
        foreach (var aircraft in network.Fleet.Where(aircraft => aircraft.Line.Length > 0))
        {
            _planned.Enqueue(new LineProgress(aircraft, start + FirstOff), (start, aircraft.Ordinal));
        }
    }

    /// <summary>What waits to be sent; events may be put back with a later due time.</summary>
    public EventQueue Queue => _queue;

    /// <summary>Adds the events of the next minute, in order of due time.</summary>
    public void TakeMinute(List<SimEvent> taken)
    {
        while (_planned.TryPeek(out _, out var next) && next.Due < _queue.Now + SimClock.Minute)
        {
            var progress = _planned.Dequeue();
            Plan(progress);
            _planned.Enqueue(progress, (Math.Min(progress.NextOff - PlannedAhead, progress.AvailableAt), progress.Aircraft.Ordinal));
        }

        if (_queue.Now % (Checkpoint.IntervalMinutes * SimClock.Minute) == 0)
        {
            WorkCheckpoints();
        }

        _queue.TakeMinute(taken);
    }

    /// <summary>Settles an aircraft's next leg that is flown, and the cancelled ones before it.</summary>
    private void Plan(LineProgress progress)
    {
        var leg = NextFlown(progress);
        var (line, model) = (leg.Line, leg.Aircraft.Model);
        var luck = LuckOf(leg, 0xB2);
        leg.Passengers = Math.Min(model.Seats, line.Demand * luck.Between(85, 115) / 100);
        var work = new GroundWork(model, progress.Inbound?.Passengers ?? 0, leg.Passengers, line.BlockMinutes);
        var on = progress.AvailableAt > 0 ? progress.AvailableAt : leg.ScheduledOff - (2 * SimClock.Hour);
        _delays.Settle(leg, SimClock.CeilToMinute(on + work.UntilReady), luck);

        leg.Gate = line.Origin.Gates.Book(on, leg.ActualOff, _queue.Now);
        _events.Turn(new Stay(progress.Inbound, leg, line.Origin, leg.Gate, on), work, luck);
        _events.Fly(leg, luck);

        var checkpoints = line.Origin.Checkpoints;
        var local = line.Origin.IsHub ? leg.Passengers / 2 : leg.Passengers;
        checkpoints[line.Number / 2 % checkpoints.Length].Expect(leg.ScheduledOff, local);

        progress.Advance();
        if (leg.Outcome == LegOutcome.Diverted)
        {
            Recover(progress, leg, luck);
        }
        else
        {
            progress.Inbound = leg;
            progress.AvailableAt = leg.ActualOn;
        }
    }

    /// <summary>Skips the pairs that are called off: both legs, since the aircraft never gets to where the second one starts.</summary>
    private Leg NextFlown(LineProgress progress)
    {
        while (true)
        {
            var leg = progress.NextLeg();
            if (progress.IsOutward && _delays.Cancellation(leg.Line, leg.ScheduledOff, LuckOf(leg, 0xC3)) is { } cause)
            {
                Cancel(leg, cause, _queue.Now);
                progress.Advance();
                Cancel(progress.NextLeg(), cause, _queue.Now);
                progress.Advance();
                continue;
            }

            return leg;
        }
    }

    /// <summary>A diverted aircraft flies home empty; the leg back, had it been outward, is called off.</summary>
    private void Recover(LineProgress progress, Leg diverted, SplitMix luck)
    {
        progress.Inbound = null;
        progress.AvailableAt = SimClock.CeilToMinute(
            diverted.ActualOn + ((luck.Between(80, 140) + diverted.Line.BlockMinutes) * SimClock.Minute));
        if (!progress.IsOutward)
        {
            Cancel(progress.NextLeg(), DelayCause.LateAircraft, diverted.ActualOn + (5 * SimClock.Minute));
            progress.Advance();
        }
    }

    private void Cancel(Leg leg, DelayCause cause, long notBefore)
    {
        leg.Outcome = LegOutcome.Cancelled;
        leg.Cause = cause;
        _events.Cancel(leg, notBefore, LuckOf(leg, 0xD4));
    }

    private void WorkCheckpoints()
    {
        var interval = (ulong)(_queue.Now / SimClock.Minute);
        foreach (var station in _network.Stations)
        {
            for (var i = 0; i < station.Checkpoints.Length; i++)
            {
                var luck = SplitMix.For(_seed, ((ulong)station.Ordinal << 8) + (ulong)i + 0xE5_0000, interval);
                if (station.Checkpoints[i].Work(_queue.Now, luck) is { } reading)
                {
                    _queue.Security(reading, _queue.Now);
                }
            }
        }
    }

    private SplitMix LuckOf(Leg leg, ulong purpose) =>
        SplitMix.For(_seed, ((ulong)leg.Aircraft.Ordinal << 16) + purpose, (ulong)(leg.ScheduledOff / SimClock.Minute));
}
