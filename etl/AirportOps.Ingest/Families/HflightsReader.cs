using AirportOps.Ingest.Legs;
using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>R's hflights: the scheduled departure is the actual one less its delay; the arrival is the departure plus elapsed minutes.</summary>
internal sealed class HflightsReader : LegReader
{
    private static readonly CommonColumns Columns = new(
        "Year", "Month", "DayofMonth", "UniqueCarrier", "FlightNum", "TailNum", "Origin", "Dest",
        "DepTime", "DepDelay", "ArrTime", "ArrDelay", "Distance");

    private readonly FlightColumn _elapsedMinutes;
    private readonly OutcomeFlags _flags;

    public HflightsReader(FlightHeader header, KnownCodes codes)
        : base(Columns, header, codes)
    {
        _elapsedMinutes = header["ActualElapsedTime"];
        _flags = new OutcomeFlags(header["Cancelled"], header["CancellationCode"], header["Diverted"]);
    }

    public static IReadOnlyList<string> RequiredColumns { get; } =
        [.. Columns.Names, "ActualElapsedTime", "Cancelled", "CancellationCode", "Diverted"];

    protected override void ReadTimes(FlightRow row, FlightLeg leg, int? arrivalDelay)
    {
        leg.ScheduledDeparture = ScheduledFromClock(leg);
        leg.ActualDeparture = Plus(leg.ScheduledDeparture, leg.DelayMinutes);
        _flags.Read(row, leg);
        var elapsed = Duration(row, _elapsedMinutes);
        if (leg.Outcome == LegOutcome.Cancelled) return;

        leg.ActualArrival = Plus(leg.ActualDeparture, elapsed)
            ?? ArrivalFromClock(row, leg, leg.ActualDeparture, leg.ArrivalClock, airMinutes: null);
        leg.ScheduledArrival = Plus(leg.ActualArrival, -arrivalDelay);
    }
}
