using AirportOps.Reference;
using AirportOps.Simulator.Day;
using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Tests;

/// <summary>Whole days of a network, as they happen and with nothing done to them.</summary>
internal static class Days
{
    public static readonly DateOnly Date = new(2026, 3, 8);

    /// <summary>All events of some days that end with the day America puts its clocks forward.</summary>
    public static List<SimEvent> Run(ulong seed, int aircraft = 60, int days = 2, DateOnly? date = null)
    {
        var end = SimClock.StartOf(date ?? Date) + SimClock.Day;
        var start = end - (days * SimClock.Day);
        var day = new AirportDay(FlightNetwork.Build(ReferenceTables.Default, aircraft, seed), seed, start, end);
        var events = new List<SimEvent>();
        while (day.Queue.Now < end)
        {
            day.TakeMinute(events);
        }

        return events;
    }

    public static IEnumerable<(SimEvent Event, Leg Leg, FlightStatus Status)> Flights(IEnumerable<SimEvent> events) =>
        events.Where(e => e.Type == EventType.Flight).Select(e => (e, (Leg)e.Subject, (FlightStatus)e.Detail));

    /// <summary>Legs that left before the end.</summary>
    public static IEnumerable<Leg> Departed(IEnumerable<SimEvent> events) =>
        Flights(events).Where(flight => flight.Status == FlightStatus.Departed).Select(flight => flight.Leg);
}
