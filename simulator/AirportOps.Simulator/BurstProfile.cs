namespace AirportOps.Simulator;

/// <summary>
/// When to send batches so that events come at a rate on average and in bursts in fact: every ten seconds, 20 % of the time brings 60 % of the
/// events. Pacing never changes what is sent.
/// </summary>
/// <param name="EventsPerSecond">The average, above 0.</param>
public readonly record struct BurstProfile(double EventsPerSecond)
{
    private const double CycleSeconds = 10;
    private const double BurstTime = 0.2;
    private const double BurstEvents = 0.6;

    /// <summary>When a number of events should have been sent at the latest, from the start.</summary>
    /// <param name="sent">Events sent so far.</param>
    /// <exception cref="InvalidOperationException">The rate is not above 0.</exception>
    public TimeSpan DueAfter(long sent)
    {
        if (!(EventsPerSecond > 0))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"A rate of {EventsPerSecond} events a second never comes to an end."));
        }

        var cycles = sent / (EventsPerSecond * CycleSeconds);
        var whole = Math.Floor(cycles);
        var share = cycles - whole;
        var time = share < BurstEvents
            ? share / BurstEvents * BurstTime
            : BurstTime + ((share - BurstEvents) / (1 - BurstEvents) * (1 - BurstTime));
        return TimeSpan.FromSeconds((whole + time) * CycleSeconds);
    }
}
