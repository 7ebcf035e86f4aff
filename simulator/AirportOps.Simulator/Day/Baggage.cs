namespace AirportOps.Simulator.Day;

/// <summary>The journeys of a leg's bags, each scan after the one before.</summary>
internal sealed class Baggage(EventQueue queue)
{
    /// <summary>Of ten passengers this many check a bag.</summary>
    private const int BagsPerTenPassengers = 6;

    /// <summary>One bag in twelve carries a tag whose scans the feed passes on; all of them would drown everything else.</summary>
    private const int OneTrackedIn = 12;

    private const int MishandledPerMillion = 7_000;
    private const int SerialsPerAirline = 10_000_000;
    private const int SerialDigits = 1_000_000;

    /// <summary>Loading happens within these minutes before the departure.</summary>
    private const int FirstLoadedMinutes = 30;

    private const int LastLoadedMinutes = 6;

    private readonly Dictionary<string, int> _serials = new(StringComparer.Ordinal);

    public void Travel(Leg leg, SplitMix luck)
    {
        var bags = (leg.Passengers * BagsPerTenPassengers / 10 / OneTrackedIn) + luck.Below(2);
        for (var i = 0; i < bags; i++)
        {
            Travel(leg, NextTag(leg.Line.Airline.Code), luck);
        }
    }

    private void Travel(Leg leg, long tag, SplitMix luck)
    {
        // Sometimes a sports bag, mostly 12 to 23 kg.
        var weight = (short)(luck.Percent(4) ? luck.Between(240, 319) : luck.Between(80, 150) + luck.Between(0, 80));
        var checkedIn = leg.ScheduledOff - Millis(luck, 50, 150);
        var sorted = checkedIn + Millis(luck, 2, 8);
        var leftBehind = luck.PerMillion(MishandledPerMillion);
        queue.Bag(ScanPoint.CheckIn, leg, checkedIn, tag, weight, atDestination: false);
        queue.Bag(ScanPoint.Sorter, leg, sorted, tag, weight, atDestination: false);
        if (leftBehind)
        {
            queue.Bag(ScanPoint.Mishandled, leg, leg.ActualOff + Millis(luck, 10, 60), tag, weight, atDestination: false);
            return;
        }

        queue.Bag(ScanPoint.Loaded, leg, leg.ActualOff - Millis(luck, LastLoadedMinutes, FirstLoadedMinutes), tag, weight, atDestination: false);
        if (leg.Outcome == LegOutcome.Diverted)
        {
            return;
        }

        var unloaded = leg.ActualOn + Millis(luck, 6, 22);
        queue.Bag(ScanPoint.Unloaded, leg, unloaded, tag, weight, atDestination: true);
        var lost = luck.PerMillion(MishandledPerMillion);
        queue.Bag(lost ? ScanPoint.Mishandled : ScanPoint.Claim, leg, unloaded + Millis(luck, 6, lost ? 90 : 18), tag, weight, atDestination: true);
    }

    /// <summary>Ten digits: a leading one, the airline's three, a serial of six. Ten million bags pass before a tag comes again.</summary>
    private long NextTag(string airline)
    {
        var serial = _serials.GetValueOrDefault(airline);
        _serials[airline] = (serial + 1) % SerialsPerAirline;
        var accounting = ((airline[0] * 31) + airline[1]) % 1_000;
        return ((serial / SerialDigits) * 1_000_000_000L) + (accounting * (long)SerialDigits) + (serial % SerialDigits);
    }

    private static long Millis(SplitMix luck, int fromMinutes, int toMinutes) =>
        luck.Between((int)(fromMinutes * SimClock.Minute), (int)(toMinutes * SimClock.Minute) - 1);
}
