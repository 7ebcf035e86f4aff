namespace AirportOps.Simulator.Network;

/// <summary>An aircraft and its line of flying: out and back from its base, the same every day.</summary>
/// <param name="Ordinal">Place in the fleet, from 0.</param>
/// <param name="Tail">Registration.</param>
/// <param name="Model">What it is.</param>
/// <param name="Home">Where it sleeps.</param>
/// <param name="Line">Legs of one operating day in order; odd ones lead back to the base.</param>
internal sealed record Aircraft(int Ordinal, byte[] Tail, AircraftModel Model, Station Home, LineLeg[] Line);

/// <summary>A leg of the timetable.</summary>
/// <param name="Airline">Who flies.</param>
/// <param name="Number">Flight number.</param>
/// <param name="Suffix">Operational suffix letter; 0 for none.</param>
/// <param name="Origin">Where it leaves.</param>
/// <param name="Destination">Where it goes.</param>
/// <param name="OffMinute">Minutes from the operating day's midnight on the base's wall to the scheduled departure.</param>
/// <param name="BlockMinutes">Scheduled minutes from gate to gate.</param>
/// <param name="Demand">Passengers of a usual day.</param>
internal sealed record LineLeg(
    Carrier Airline, int Number, byte Suffix, Station Origin, Station Destination, int OffMinute, int BlockMinutes, int Demand);
