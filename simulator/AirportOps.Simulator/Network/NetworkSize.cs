namespace AirportOps.Simulator.Network;

/// <summary>How many aircraft for how many days a number of events needs: first the network grows, then the days.</summary>
/// <param name="Aircraft">Aircraft of the fleet.</param>
/// <param name="Days">Days, the last one being the day of the run.</param>
internal readonly record struct NetworkSize(int Aircraft, int Days)
{
    /// <summary>
    /// Events an aircraft causes on the first day (which begins with nobody on the way) and on every later one: what the leanest of many
    /// seeds gave, so the day of the run is never over before its events are sent. Most runs end in the late evening of that day.
    /// </summary>
    private const long FirstDay = 285;

    private const long LaterDay = 300;

    /// <summary>Luck weighs more in a small network.</summary>
    private const int SpareAircraft = 2;

    public static NetworkSize For(long events)
    {
        var days = 1;
        while (Needed(events, days) > FlightNetwork.MaxAircraft)
        {
            days++;
        }

        return new NetworkSize((int)Needed(events, days), days);
    }

    private static long Needed(long events, int days)
    {
        var eventsPerAircraft = FirstDay + ((days - 1) * LaterDay);
        return ((events + eventsPerAircraft - 1) / eventsPerAircraft) + SpareAircraft;
    }
}
