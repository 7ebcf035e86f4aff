using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Day;

/// <summary>What goes wrong with a leg: how late it leaves and arrives, and why. A function of the leg, the seed and when the aircraft is ready.</summary>
internal sealed class LegDelays(Weather weather)
{
    /// <summary>Arrivals this late carry their cause minutes.</summary>
    public const int ReportedMinutes = 15;

    private const int FairCancelPerMillion = 5_000;
    private const int SevereCancelPerMillion = 220_000;
    private const int DivertPerMillion = 1_500;
    private const int SevereDivertPerMillion = 30_000;

    /// <summary>Quantiles of what holds an airline up: mostly minutes, now and then an afternoon.</summary>
    private static readonly int[] CarrierMinutes = [5, 7, 9, 12, 15, 18, 24, 32, 45, 70, 120, 200];

    /// <summary>Whether a pair of legs out and back is called off, and why.</summary>
    public DelayCause? Cancellation(LineLeg line, long off, SplitMix luck)
    {
        var worst = Math.Max(weather.At(line.Origin, off), weather.At(line.Destination, off + (line.BlockMinutes * SimClock.Minute)));
        if (worst == 2 && luck.PerMillion(SevereCancelPerMillion))
        {
            return DelayCause.Weather;
        }

        return luck.PerMillion(FairCancelPerMillion)
            ? luck.Below(10) switch { < 7 => DelayCause.Carrier, < 9 => DelayCause.Nas, _ => DelayCause.Security }
            : null;
    }

    /// <summary>Sets the leg's actual times, cause minutes and outcome.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="ready">When passengers, bags and fuel are aboard at the earliest.</param>
    /// <param name="luck">The leg's own.</param>
    public void Settle(Leg leg, long ready, SplitMix luck)
    {
        Span<int> minutes = stackalloc int[Leg.Causes];
        HoldAtGate(leg, minutes, luck);
        minutes[(int)DelayCause.LateAircraft] = Math.Max(0, SimClock.MinutesBetween(leg.ScheduledOff, ready));
        var held = Sum(minutes);
        leg.ActualOff = held > 0
            ? leg.ScheduledOff + (held * SimClock.Minute)
            : Math.Max(ready, leg.ScheduledOff - (luck.Below(6) * SimClock.Minute));
        leg.Cause = held > 0 ? Largest(minutes) : null;

        var severity = weather.At(leg.Line.Destination, leg.ScheduledOn);
        var circling = severity == 0 || !luck.Percent(severity * 40) ? 0 : luck.Between(5, 20 * severity);
        var airborne = leg.Line.BlockMinutes + luck.Between(-(leg.Line.BlockMinutes / 14) - 3, 4) + circling;
        minutes[(int)DelayCause.Nas] += circling;
        leg.ActualOn = leg.ActualOff + (airborne * SimClock.Minute);
        if (luck.PerMillion(severity == 2 ? SevereDivertPerMillion : DivertPerMillion))
        {
            leg.Outcome = LegOutcome.Diverted;
            leg.ActualOn += luck.Between(10, 50) * SimClock.Minute;
        }
        else if (leg.ArrivalDelay >= ReportedMinutes)
        {
            Share(minutes, leg.ArrivalDelay);
            minutes.CopyTo(leg.CauseMinutes);
        }
    }

    private void HoldAtGate(Leg leg, Span<int> minutes, SplitMix luck)
    {
        var severity = weather.At(leg.Line.Origin, leg.ScheduledOff);
        if (severity > 0 && luck.Percent(severity * 35))
        {
            minutes[(int)DelayCause.Weather] = luck.Between(8, 45 * severity);
        }

        if (luck.Percent(leg.Line.Destination.IsHub ? 5 : 3))
        {
            minutes[(int)DelayCause.Nas] = luck.Between(6, 45);
        }

        if (luck.Percent(8))
        {
            minutes[(int)DelayCause.Carrier] = luck.Pick<int>(CarrierMinutes) + luck.Below(4);
        }

        if (luck.PerMillion(4_000))
        {
            minutes[(int)DelayCause.Security] = luck.Between(8, 40);
        }
    }

    /// <summary>
    /// Makes the minutes add up to the arrival delay: what was made up in the air comes off the largest cause first, what the leg lost
    /// beyond its causes is the airspace's.
    /// </summary>
    private static void Share(Span<int> minutes, int delay)
    {
        for (var excess = Sum(minutes) - delay; excess > 0;)
        {
            ref var largest = ref minutes[(int)Largest(minutes)];
            var taken = Math.Min(excess, largest);
            largest -= taken;
            excess -= taken;
        }

        minutes[(int)DelayCause.Nas] += delay - Sum(minutes);
    }

    private static int Sum(ReadOnlySpan<int> minutes)
    {
        var sum = 0;
        foreach (var value in minutes)
        {
            sum += value;
        }

        return sum;
    }

    private static DelayCause Largest(ReadOnlySpan<int> minutes)
    {
        var largest = 0;
        for (var i = 1; i < minutes.Length; i++)
        {
            largest = minutes[i] > minutes[largest] ? i : largest;
        }

        return (DelayCause)largest;
    }
}
