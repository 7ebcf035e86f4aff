namespace AirportOps.Simulator.Network;

/// <summary>An airline at one of its hubs: the aircraft that sleep there.</summary>
/// <param name="Airline">IATA code.</param>
/// <param name="Hub">IATA code.</param>
/// <param name="Region">Where its short legs stay.</param>
/// <param name="TailPrefix">How its registrations start.</param>
internal sealed record Base(string Airline, string Hub, Region Region, string TailPrefix)
{
    /// <summary>In the order they join the network as it grows: two carriers of two continents first.</summary>
    public static readonly Base[] All =
    [
        new("DL", "ATL", Region.UnitedStates, "N"),
        new("LH", "FRA", Region.Europe, "D-A"),
        new("UA", "ORD", Region.UnitedStates, "N"),
        new("BA", "LHR", Region.Europe, "G-E"),
        new("AA", "DFW", Region.UnitedStates, "N"),
        new("AF", "CDG", Region.Europe, "F-G"),
        new("B6", "JFK", Region.UnitedStates, "N"),
        new("KL", "AMS", Region.Europe, "PH-"),
        new("AS", "SEA", Region.UnitedStates, "N"),
        new("IB", "MAD", Region.Europe, "EC-"),
        new("UA", "DEN", Region.UnitedStates, "N"),
        new("LX", "ZRH", Region.Europe, "HB-"),
        new("AA", "CLT", Region.UnitedStates, "N"),
        new("SK", "CPH", Region.Europe, "SE-"),
        new("WN", "BWI", Region.UnitedStates, "N"),
        new("U2", "LGW", Region.Europe, "G-U"),
    ];
}

/// <summary>A continent's worth of short-haul flying.</summary>
internal enum Region
{
    UnitedStates,
    Europe,
}
