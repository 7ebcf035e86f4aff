namespace AirportOps.Ingest.Families;

/// <summary>What a family calls the columns that every family has.</summary>
internal sealed record CommonColumns(
    string Year,
    string Month,
    string Day,
    string Airline,
    string FlightNumber,
    string TailNumber,
    string Origin,
    string Destination,
    string DepartureClock,
    string DepartureDelay,
    string ArrivalClock,
    string ArrivalDelay,
    string Distance)
{
    public IEnumerable<string> Names =>
    [
        Year, Month, Day, Airline, FlightNumber, TailNumber, Origin, Destination, DepartureClock, DepartureDelay, ArrivalClock, ArrivalDelay, Distance,
    ];
}
