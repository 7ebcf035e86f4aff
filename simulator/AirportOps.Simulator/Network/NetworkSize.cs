namespace AirportOps.Simulator.Network;

/// <summary>How many aircraft for how many days a number of events needs: first the network grows, then the days.</summary>
/// <param name="Aircraft">Aircraft of the fleet.</param>
/// <param name="Days">Days, the last one being the day of the run.</param>
internal readonly record struct NetworkSize(int Aircraft, int Days)
{
    /// <summary>
    /// Events an aircraft causes on the first day, which begins with nobody on the way. Less than the leanest of many seeds gave (213 in the
    /// largest network, 227 and more in small ones), so the day of the run is never over before its events are sent.
    /// </summary>
    private const long FirstDay = 205;

    /// <summary>On every later day: a little under the average, 233, which hardly moves over days of the largest network.</summary>
    private const long LaterDay = 230;

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
