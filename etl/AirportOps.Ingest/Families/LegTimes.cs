using AirportOps.Ingest.Legs;
using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>Finds the instants of a leg.</summary>
/// <remarks>
/// A time is a scheduled instant plus a recorded delay or duration wherever the row allows it: clocks alone tell neither the day nor, in
/// the hour that a clock change repeats, the instant.
/// </remarks>
/// <param name="columns">Where each <see cref="FlightField"/> stands; null where it does not.</param>
internal sealed class LegTimes(FlightColumn?[] columns)
{
    /// <summary>Delays over this are taken for errors. The longest recorded ones are about two days.</summary>
    private const int MaxDelayMinutes = 10_000;

    /// <summary>A departure that has a clock and no delay lies within 24 hours from here, in minutes before its schedule.</summary>
    private const int EarliestDepartureMinutes = 6 * 60;

    /// <summary>No airliner covers more miles in a minute, so none arrives earlier than this speed allows.</summary>
    private const int MaxMilesPerMinute = 12;

    public static int? Delay(FlightRow row, FlightColumn? column) => row.Number(column, -Calendar.MinutesPerDay, MaxDelayMinutes);

    public static int? Duration(FlightRow row, FlightColumn? column) => row.Number(column, 0, MaxDelayMinutes);

    /// <summary>Finds all that the row tells. The leg's outcome, clocks and delay are known.</summary>
    public void Read(FlightRow row, FlightLeg leg, int? arrivalDelay)
    {
        leg.ScheduledDeparture = row.Clock(At(FlightField.ScheduledDeparture)) is { } minute
            ? Calendar.InstantOf(leg.OriginClock, leg.Day, minute)
            : ScheduledFromClock(leg);
        leg.ScheduledArrival = ScheduledArrival(row, leg);
        leg.ActualDeparture = Plus(leg.ScheduledDeparture, leg.DelayMinutes) ?? DepartureFromClock(leg);
        var elapsed = Duration(row, At(FlightField.ElapsedMinutes));
        if (leg.Outcome != LegOutcome.Cancelled)
        {
            leg.ActualArrival = Plus(leg.ActualDeparture, elapsed)
                ?? Plus(leg.ScheduledArrival, arrivalDelay)
                ?? ActualArrivalFromClock(row, leg);
            leg.ScheduledArrival ??= Plus(leg.ActualArrival, -arrivalDelay);
        }

        FindWheels(row, leg);
    }

    private FlightColumn? At(FlightField field) => columns[(int)field];

    private static long? Plus(long? instant, int? minutes) => instant + (minutes * Calendar.MicrosPerMinute);

    private static bool Shows(Reference.Time.LocalClock clock, long instant, int minute) =>
        Calendar.MinuteOfDay(clock, instant) == minute % Calendar.MinutesPerDay;

    /// <summary>
    /// The scheduled departure where only the actual one's clock and its delay are recorded. The date is the scheduled one, so the
    /// difference, however many midnights lie between, is a minute of that day.
    /// </summary>
    private static long? ScheduledFromClock(FlightLeg leg)
    {
        if (leg.DepartureClock is not { } clock || leg.DelayMinutes is not { } delay) return null;
        var minute = (clock - delay) % Calendar.MinutesPerDay;
        if (minute < 0) minute += Calendar.MinutesPerDay;

        // On time at 2400 is the midnight at the day's end.
        return Calendar.InstantOf(leg.OriginClock, leg.Day, minute == 0 && clock == Calendar.MinutesPerDay ? clock : minute);
    }

    /// <summary>The actual departure where its clock is recorded and its delay is not.</summary>
    private static long? DepartureFromClock(FlightLeg leg) =>
        Plus(leg.ScheduledDeparture, -EarliestDepartureMinutes) is { } earliest && leg.DepartureClock is { } clock
            ? Calendar.FirstAtOrAfter(leg.OriginClock, earliest, clock)
            : null;

    /// <summary>
    /// The scheduled departure plus the scheduled minutes, unless the scheduled arrival's clock contradicts them or they are missing.
    /// </summary>
    private long? ScheduledArrival(FlightRow row, FlightLeg leg)
    {
        var byMinutes = Plus(leg.ScheduledDeparture, row.NumberIfReadable(At(FlightField.ScheduledMinutes), 0, MaxDelayMinutes));
        var column = At(FlightField.ScheduledArrival);
        var clock = byMinutes is null ? row.Clock(column) : row.ClockIfReadable(column);
        return byMinutes is { } instant && (clock is not { } minute || Shows(leg.DestinationClock, instant, minute))
            ? instant
            : ArrivalFromClock(row, leg, leg.ScheduledDeparture, clock, airMinutes: null);
    }

    private long? ActualArrivalFromClock(FlightRow row, FlightLeg leg)
    {
        leg.AirMinutes = Duration(row, At(FlightField.AirMinutes));
        return ArrivalFromClock(row, leg, leg.ActualDeparture, leg.ArrivalClock, leg.AirMinutes);
    }

    /// <summary>The first instant after a departure at which the destination's clock shows a time and the aircraft can be there.</summary>
    /// <param name="row">The row, for its distance.</param>
    /// <param name="leg">The leg, for its destination.</param>
    /// <param name="departure">The departure, scheduled or actual.</param>
    /// <param name="clock">The arrival's clock, scheduled or actual.</param>
    /// <param name="airMinutes">Minutes in the air; null when not recorded, the distance is then the bound.</param>
    private long? ArrivalFromClock(FlightRow row, FlightLeg leg, long? departure, int? clock, int? airMinutes)
    {
        if (departure is not { } from || clock is not { } minute) return null;
        var least = airMinutes ?? ((row.Number(At(FlightField.Distance), 0, 20_000) ?? 0) / MaxMilesPerMinute);
        return Calendar.FirstAtOrAfter(leg.DestinationClock, from + (least * Calendar.MicrosPerMinute), minute);
    }

    /// <summary>
    /// The take-off and the landing: a gate's time and the minutes of taxiing, where the wheels' clock does not contradict them; else the first
    /// time after the gate, or after the take-off, that this clock shows. Where they don't lie between departure and arrival, in their order, the
    /// row contradicts itself and both are left out.
    /// </summary>
    private void FindWheels(FlightRow row, FlightLeg leg)
    {
        if (leg.ActualDeparture is not { } departure) return;
        var off = Plus(departure, row.NumberIfReadable(At(FlightField.TaxiOut), 0, Calendar.MinutesPerDay));
        if (row.ClockIfReadable(At(FlightField.WheelsOff)) is { } offClock && (off is not { } told || !Shows(leg.OriginClock, told, offClock)))
        {
            off = Calendar.FirstAtOrAfter(leg.OriginClock, departure, offClock);
        }

        long? on = null;
        if (leg.ActualArrival is { } arrival)
        {
            on = Plus(arrival, -row.NumberIfReadable(At(FlightField.TaxiIn), 0, Calendar.MinutesPerDay));
            if (row.ClockIfReadable(At(FlightField.WheelsOn)) is { } onClock
                && (on is not { } landing || !Shows(leg.DestinationClock, landing, onClock)))
            {
                on = Calendar.FirstAtOrAfter(leg.DestinationClock, off ?? departure, onClock);
            }
        }

        var isInOrder = !(off > (on ?? leg.ActualArrival)) && !(on > leg.ActualArrival) && !(on < departure);
        (leg.WheelsOff, leg.WheelsOn) = isInOrder ? (off, on) : (null, null);
    }
}
