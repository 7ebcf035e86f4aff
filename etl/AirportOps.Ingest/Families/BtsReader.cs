using AirportOps.Ingest.Legs;
using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>
/// On-Time Performance: scheduled departure, plus delay, plus elapsed minutes. The scheduled arrival is the scheduled departure plus the
/// scheduled minutes, which agrees with its clock in every row.
/// </summary>
internal sealed class BtsReader : LegReader
{
    private static readonly CommonColumns Columns = new(
        "YEAR", "MONTH", "DAY", "AIRLINE", "FLIGHT_NUMBER", "TAIL_NUMBER", "ORIGIN_AIRPORT", "DESTINATION_AIRPORT",
        "DEPARTURE_TIME", "DEPARTURE_DELAY", "ARRIVAL_TIME", "ARRIVAL_DELAY", "DISTANCE");

    /// <summary>In the order of <see cref="DelayCause"/>.</summary>
    private static readonly string[] CauseColumns =
        ["AIRLINE_DELAY", "WEATHER_DELAY", "AIR_SYSTEM_DELAY", "SECURITY_DELAY", "LATE_AIRCRAFT_DELAY"];

    private readonly FlightColumn _scheduledDeparture;
    private readonly FlightColumn _scheduledMinutes;
    private readonly FlightColumn _elapsedMinutes;
    private readonly FlightColumn[] _causes;
    private readonly OutcomeFlags _flags;

    public BtsReader(FlightHeader header, KnownCodes codes)
        : base(Columns, header, codes)
    {
        _scheduledDeparture = header["SCHEDULED_DEPARTURE"];
        _scheduledMinutes = header["SCHEDULED_TIME"];
        _elapsedMinutes = header["ELAPSED_TIME"];
        _causes = [.. CauseColumns.Select(name => header[name])];
        _flags = new OutcomeFlags(header["CANCELLED"], header["CANCELLATION_REASON"], header["DIVERTED"]);
    }

    public static IReadOnlyList<string> RequiredColumns { get; } =
    [
        .. Columns.Names, .. CauseColumns,
        "SCHEDULED_DEPARTURE", "SCHEDULED_TIME", "ELAPSED_TIME", "CANCELLED", "CANCELLATION_REASON", "DIVERTED",
    ];

    protected override void ReadTimes(FlightRow row, FlightLeg leg, int? arrivalDelay)
    {
        if (row.Clock(_scheduledDeparture) is { } minute)
        {
            leg.ScheduledDeparture = Calendar.InstantOf(leg.OriginClock, leg.Day, minute);
        }

        leg.ScheduledArrival = Plus(leg.ScheduledDeparture, Duration(row, _scheduledMinutes));
        leg.ActualDeparture = Plus(leg.ScheduledDeparture, leg.DelayMinutes) ?? DepartureFromClock(leg);
        _flags.Read(row, leg);
        var elapsed = Duration(row, _elapsedMinutes);
        for (var i = 0; i < _causes.Length; i++)
        {
            leg.CauseMinutes[i] = Duration(row, _causes[i]);
        }

        if (leg.Outcome != LegOutcome.Cancelled)
        {
            leg.ActualArrival = Plus(leg.ActualDeparture, elapsed)
                ?? Plus(leg.ScheduledArrival, arrivalDelay)
                ?? ArrivalFromClock(row, leg, leg.ActualDeparture, leg.ArrivalClock, airMinutes: null);
        }
    }
}
