namespace AirportOps.Simulator.Day;

/// <summary>
/// What is going to be sent, by due time: a ring of one-minute buckets, each sorted when its minute comes. Adding and taking cost a few
/// nanoseconds whatever waits, where a heap of this size would miss the cache a dozen times an event.
/// </summary>
internal sealed class EventQueue
{
    /// <summary>How far ahead an event may lie: three days.</summary>
    public const long Horizon = Minutes * SimClock.Minute;

    private const int Minutes = 3 * 24 * 60;

    private static readonly Comparison<SimEvent> ByTime = (a, b) =>
    {
        var order = a.DueTime.CompareTo(b.DueTime);
        return order != 0 ? order : a.Sequence.CompareTo(b.Sequence);
    };

    private readonly List<SimEvent>?[] _buckets = new List<SimEvent>?[Minutes];
    private readonly Stack<List<SimEvent>> _spare = [];
    private readonly long _end;
    private long _minute;
    private uint _sequence;

    /// <summary>An empty queue.</summary>
    /// <param name="start">The first minute that will be taken.</param>
    /// <param name="end">Events at or after this time are let go.</param>
    public EventQueue(long start, long end)
    {
        _minute = start / SimClock.Minute;
        _end = end;
    }

    /// <summary>The minute to be taken next.</summary>
    public long Now => _minute * SimClock.Minute;

    public void Flight(FlightStatus status, Leg leg, long time, long estimate = 0) =>
        Add(new SimEvent(time, time, leg, estimate, _sequence++, 0, EventType.Flight, (byte)status, false, DeliveryMark.None));

    public void Bag(ScanPoint point, Leg leg, long time, long tag, short weight, bool atDestination) =>
        Add(new SimEvent(time, time, leg, tag, _sequence++, weight, EventType.Baggage, (byte)point, atDestination, DeliveryMark.None));

    public void Ground(GroundService service, Stay stay, long start, long end)
    {
        Add(new SimEvent(start, start, stay, 0, _sequence++, 0, EventType.Ground, (byte)service, false, DeliveryMark.None));
        Add(new SimEvent(end, end, stay, 0, _sequence++, 0, EventType.Ground, (byte)service, true, DeliveryMark.None));
    }

    public void Security(Reading reading, long time) =>
        Add(new SimEvent(time, time, reading, 0, _sequence++, 0, EventType.Security, 0, false, DeliveryMark.None));

    /// <summary>Adds an event; one of a minute already taken is a fault of the caller.</summary>
    public void Add(in SimEvent item)
    {
        if (item.DueTime >= _end)
        {
            return;
        }

        var minute = item.DueTime / SimClock.Minute;
        if (minute < _minute || minute >= _minute + Minutes)
        {
            throw new InvalidOperationException($"An event {minute - _minute} minutes from now has no place in the queue.");
        }

        ref var bucket = ref _buckets[minute % Minutes];
        bucket ??= _spare.TryPop(out var spare) ? spare : [];
        bucket.Add(item);
    }

    /// <summary>Moves everything of the next minute, in order, to the end of a list.</summary>
    public void TakeMinute(List<SimEvent> taken)
    {
        ref var bucket = ref _buckets[_minute % Minutes];
        _minute++;
        if (bucket is { } items)
        {
            bucket = null;
            items.Sort(ByTime);
            taken.AddRange(items);
            items.Clear();
            _spare.Push(items);
        }
    }
}
