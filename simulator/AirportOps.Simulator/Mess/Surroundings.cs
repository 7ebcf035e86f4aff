using AirportOps.Simulator.Day;
using AirportOps.Simulator.Events;
using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Mess;

/// <summary>What stands behind the codes of an event.</summary>
/// <param name="At">The station the event was sent from, which is its airport.</param>
/// <param name="Leg">The leg it is about; null for a security reading.</param>
internal readonly record struct Surroundings(Station At, Leg? Leg)
{
    public static Surroundings Of(in SimEvent item)
    {
        switch (item.Subject)
        {
            case Reading reading:
                return new Surroundings(reading.At.Station, null);
            case Stay stay:
                return new Surroundings(stay.At, EventReader.LegOf(stay, (GroundService)item.Detail));
            default:
                var leg = (Leg)item.Subject;
                var isAway = item.Type == EventType.Baggage ? item.IsSecond : item.Detail == (byte)FlightStatus.Arrived;
                return new Surroundings(isAway ? leg.Line.Destination : leg.Line.Origin, leg);
        }
    }

    /// <summary>The station a field is local to: departures origin, arrivals destination, the event its airport.</summary>
    public Station StationOf(Field field) => field switch
    {
        Field.Origin or (>= Field.ScheduledDeparture and <= Field.ActualDeparture) => Leg!.Line.Origin,
        Field.Destination or (>= Field.ScheduledArrival and <= Field.ActualArrival) => Leg!.Line.Destination,
        _ => At,
    };
}
