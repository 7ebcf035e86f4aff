using AirportOps.Ingest.Legs;
using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>
/// R's first nycflights13: the scheduled departure is the actual one less its delay. No elapsed time is recorded, so the arrival is the
/// first instant at which the aircraft can be there and the destination's clock shows the recorded time; the scheduled one is that
/// less its delay.
/// </summary>
internal sealed class Nycflights13Reader(FlightHeader header, KnownCodes codes) : LegReader(Columns, header, codes)
{
    internal static readonly CommonColumns Columns = new(
        "year", "month", "day", "carrier", "flight", "tailnum", "origin", "dest", "dep_time", "dep_delay", "arr_time", "arr_delay", "distance");

    private readonly FlightColumn _airMinutes = header["air_time"];

    public static IReadOnlyList<string> RequiredColumns { get; } = [.. Columns.Names, "air_time"];

    /// <summary>What became of a leg where no flag says so: without a departure it was cancelled, without an arrival delay diverted.</summary>
    internal static LegOutcome Outcome(FlightLeg leg, int? arrivalDelay) =>
        leg.DepartureClock is null ? LegOutcome.Cancelled
        : arrivalDelay is null ? LegOutcome.Diverted
        : LegOutcome.Flown;

    protected override void ReadTimes(FlightRow row, FlightLeg leg, int? arrivalDelay)
    {
        leg.Outcome = Outcome(leg, arrivalDelay);
        leg.ScheduledDeparture = ScheduledFromClock(leg);
        leg.ActualDeparture = Plus(leg.ScheduledDeparture, leg.DelayMinutes);
        leg.AirMinutes = Duration(row, _airMinutes);
        leg.ActualArrival = ArrivalFromClock(row, leg, leg.ActualDeparture, leg.ArrivalClock, leg.AirMinutes);
        leg.ScheduledArrival = Plus(leg.ActualArrival, -arrivalDelay);
    }
}
