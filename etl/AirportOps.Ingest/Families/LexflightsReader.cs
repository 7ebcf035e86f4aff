using AirportOps.Ingest.Legs;
using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>
/// R's lexflights22 and the later nycflights13: scheduled instants plus their delays. The scheduled arrival is the first instant after the
/// scheduled departure at which the aircraft can be there and the destination's clock shows the scheduled time.
/// </summary>
internal sealed class LexflightsReader(FlightHeader header, KnownCodes codes) : LegReader(Nycflights13Reader.Columns, header, codes)
{
    private readonly FlightColumn _scheduledDeparture = header["sched_dep_time"];
    private readonly FlightColumn _scheduledArrival = header["sched_arr_time"];

    public static IReadOnlyList<string> RequiredColumns { get; } = [.. Nycflights13Reader.Columns.Names, "sched_dep_time", "sched_arr_time"];

    protected override void ReadTimes(FlightRow row, FlightLeg leg, int? arrivalDelay)
    {
        if (row.Clock(_scheduledDeparture) is { } minute)
        {
            leg.ScheduledDeparture = Calendar.InstantOf(leg.OriginClock, leg.Day, minute);
        }

        leg.ScheduledArrival = ArrivalFromClock(row, leg, leg.ScheduledDeparture, row.Clock(_scheduledArrival), airMinutes: null);
        leg.Outcome = Nycflights13Reader.Outcome(leg, arrivalDelay);
        if (leg.Outcome == LegOutcome.Cancelled) return;

        leg.ActualDeparture = Plus(leg.ScheduledDeparture, leg.DelayMinutes) ?? DepartureFromClock(leg);
        leg.ActualArrival = Plus(leg.ScheduledArrival, arrivalDelay)
            ?? ArrivalFromClock(row, leg, leg.ActualDeparture, leg.ArrivalClock, airMinutes: null);
    }
}
