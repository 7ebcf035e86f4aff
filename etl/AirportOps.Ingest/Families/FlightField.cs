namespace AirportOps.Ingest.Families;

/// <summary>What a column of a flight file means, whatever its family calls it: the first column of <c>families.csv</c>.</summary>
internal enum FlightField
{
    /// <summary>The scheduled departure's date at the origin in one column; else in the next three.</summary>
    Date,
    Year,
    Month,
    Day,
    Airline,
    FlightNumber,
    TailNumber,
    Origin,
    Destination,

    /// <summary>Clocks are local <c>HHMM</c>, those of departures at the origin, those of arrivals at the destination.</summary>
    ScheduledDeparture,
    DepartureClock,

    /// <summary>Delays are minutes, negative when early.</summary>
    DepartureDelay,

    /// <summary>Minutes from the gate to the take-off.</summary>
    TaxiOut,
    WheelsOff,
    WheelsOn,

    /// <summary>Minutes from the landing to the gate.</summary>
    TaxiIn,
    ScheduledArrival,
    ArrivalClock,
    ArrivalDelay,

    /// <summary>Minutes from gate to gate as planned.</summary>
    ScheduledMinutes,

    /// <summary>Minutes from gate to gate.</summary>
    ElapsedMinutes,
    AirMinutes,

    /// <summary>Miles.</summary>
    Distance,
    Cancelled,

    /// <summary>A carrier, B weather, C national air system, D security.</summary>
    CancellationCode,
    Diverted,

    /// <summary>The first airport that a diverted leg landed at.</summary>
    DivertedTo,

    /// <summary>Minutes of the arrival's delay by cause, in the order of <see cref="Legs.DelayCause"/>.</summary>
    CarrierMinutes,
    WeatherMinutes,
    NasMinutes,
    SecurityMinutes,
    LateAircraftMinutes,
}
