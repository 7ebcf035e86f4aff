using AirportOps.Cleaning.Columns;

namespace AirportOps.Cleaning.Fields;

/// <summary>The fields of every event type and the keys they come under.</summary>
internal static class FieldTable
{
    /// <summary>How many fields there are, the designator included.</summary>
    internal const int Count = (int)Field.Designator + 1;

    /// <summary>The greatest count of a checkpoint that is taken: sentinels such as 999,999,999 are none.</summary>
    private const int MostCounted = 1_000_000;

    /// <summary>What is known of each field, by its number.</summary>
    internal static readonly FieldInfo[] All =
    [
        new(Field.EventId, "event_id", FieldKind.Special, ["id", "uuid", "msgid", "messageid"]),
        new(Field.EventType, "event_type", FieldKind.Special, ["type", "kind"]),
        new(Field.EventTime, "event_time", FieldKind.Instant, ["timestamp", "ts", "time", "occurredat", "eventtimestamp"]),
        new(Field.Source, "source", FieldKind.Text, ["src", "system", "sourcesystem"]),
        new(Field.Airport, "airport", FieldKind.Airport, ["station", "airportcode", "reportingairport"]),
        new(
            Field.Airline,
            "airline",
            FieldKind.Airline,
            ["carrier", "airlinecode", "carriercode", "airlineiata", "airlineicao", "airlinename", "operator"]),
        new(Field.FlightNumber, "flight_number", FieldKind.Integer, ["flightno", "flightnum", "fltno", "number"], 1, 9999),
        new(Field.FlightSuffix, "flight_suffix", FieldKind.Letter, ["suffix"]),
        new(Field.FlightDate, "flight_date", FieldKind.Date, ["date", "servicedate", "operatingdate"]),
        new(
            Field.Origin,
            "origin",
            FieldKind.Airport,
            ["orig", "from", "dep", "departureiata", "departureicao", "departureairport"]),
        new(Field.Destination, "destination", FieldKind.Airport, ["dest", "to", "arr", "arrivaliata", "arrivalicao", "arrivalairport"]),
        new(Field.TailNumber, "tail_number", FieldKind.UpperText, ["tail", "tailnum", "registration", "reg", "aircraftregistration"]),
        new(Field.AircraftType, "aircraft_type", FieldKind.UpperText, ["equipment", "actype", "aircrafticao", "aircraftiata"]),
        new(Field.Status, "status", FieldKind.AliasWord, ["flightstatus", "state"]),
        new(Field.ScheduledDeparture, "scheduled_departure", FieldKind.Instant, ["std", "schdep", "departurescheduled", "scheduledout"]),
        new(Field.EstimatedDeparture, "estimated_departure", FieldKind.Instant, ["etd", "departureestimated", "estimatedout"]),
        new(Field.ActualDeparture, "actual_departure", FieldKind.Instant, ["atd", "departureactual", "actualout"]),
        new(Field.ScheduledArrival, "scheduled_arrival", FieldKind.Instant, ["sta", "scharr", "arrivalscheduled", "scheduledin"]),
        new(Field.EstimatedArrival, "estimated_arrival", FieldKind.Instant, ["eta", "arrivalestimated", "estimatedin"]),
        new(Field.ActualArrival, "actual_arrival", FieldKind.Instant, ["ata", "arrivalactual", "actualin"]),
        new(Field.Terminal, "terminal", FieldKind.UpperText, ["departureterminal"]),
        new(Field.Gate, "gate", FieldKind.UpperText, ["departuregate", "stand"]),
        new(
            Field.DelayMinutes,
            "delay_minutes",
            FieldKind.IntegerMinutes,
            ["delay", "delaymin", "depdelay", "departuredelay"],
            -1440,
            2880),
        new(Field.DelayCause, "delay_cause", FieldKind.AliasWord, ["delayreason", "delaycode"]),
        new(Field.CancellationCause, "cancellation_cause", FieldKind.AliasWord, ["cancellationreason", "cancelreason"]),
        new(Field.CarrierMinutes, "carrier_minutes", FieldKind.IntegerMinutes, [], 0, 2880),
        new(Field.WeatherMinutes, "weather_minutes", FieldKind.IntegerMinutes, [], 0, 2880),
        new(Field.NasMinutes, "nas_minutes", FieldKind.IntegerMinutes, [], 0, 2880),
        new(Field.SecurityMinutes, "security_minutes", FieldKind.IntegerMinutes, [], 0, 2880),
        new(Field.LateAircraftMinutes, "late_aircraft_minutes", FieldKind.IntegerMinutes, [], 0, 2880),
        new(Field.Passengers, "passengers", FieldKind.Integer, ["pax", "paxcount", "passengercount", "boarded"], 0, 1000),
        new(Field.Seats, "seats", FieldKind.Integer, ["seatcapacity", "capacity"], 0, 1000),
        new(Field.BagTag, "bag_tag", FieldKind.BagTag, ["tag", "licenseplate", "tagnumber"]),
        new(Field.ScanPoint, "scan_point", FieldKind.PlainWord, ["scanlocation", "scan", "point"]),
        new(Field.WeightKg, "weight_kg", FieldKind.Kilograms, ["weight", "weightkgs"], 0, 200),
        new(Field.Checkpoint, "checkpoint", FieldKind.Text, ["lanegroup", "securitycheckpoint"]),
        new(Field.WaitMinutes, "wait_minutes", FieldKind.DecimalMinutes, ["wait", "waittime", "waitmin"], 0, 600),
        new(Field.QueueLength, "queue_length", FieldKind.Integer, ["queue"], 0, MostCounted),
        new(Field.LanesOpen, "lanes_open", FieldKind.Integer, ["lanes"], 0, MostCounted),
        new(Field.PassengersScreened, "passengers_screened", FieldKind.Integer, ["screened", "throughput"], 0, MostCounted),
        new(Field.Service, "service", FieldKind.PlainWord, ["activity", "task"]),
        new(Field.Phase, "phase", FieldKind.AliasWord, ["stage", "action"]),
        new(Field.WheelsOff, "wheels_off", FieldKind.Instant, ["actualoff", "takeofftime", "departureactualrunway", "datetimetakeoff"]),
        new(Field.WheelsOn, "wheels_on", FieldKind.Instant, ["actualon", "landingtime", "arrivalactualrunway", "datetimelanded"]),
        new(Field.ArrivalTerminal, "arrival_terminal", FieldKind.UpperText, ["terminaldestination"]),
        new(Field.ArrivalGate, "arrival_gate", FieldKind.UpperText, ["gatedestination"]),
        new(Field.BaggageBelt, "baggage_belt", FieldKind.UpperText, ["arrivalbaggage", "baggageclaim"]),
        new(Field.DivertedTo, "diverted_to", FieldKind.Airport, ["diversionairport"]),
        new(Field.CodeshareOf, "codeshare_of", FieldKind.Designator, ["flightcodesharedflightiata"]),
        new(
            Field.Designator,
            "designator",
            FieldKind.Special,
            ["flight", "flightiata", "flighticao", "flightdesignator", "callsign", "ident"]),
    ];

    /// <summary>The fields of each entity but event_id, event_type, event_time, source and airport, in their order, as the first files had them.</summary>
    private static readonly Field[][] Own =
    [
        [
            Field.Airline, Field.FlightNumber, Field.FlightSuffix, Field.FlightDate, Field.Origin, Field.Destination, Field.TailNumber,
            Field.AircraftType, Field.Status, Field.ScheduledDeparture, Field.EstimatedDeparture, Field.ActualDeparture,
            Field.ScheduledArrival, Field.EstimatedArrival, Field.ActualArrival, Field.Terminal, Field.Gate, Field.DelayMinutes,
            Field.DelayCause, Field.CancellationCause, Field.CarrierMinutes, Field.WeatherMinutes, Field.NasMinutes, Field.SecurityMinutes,
            Field.LateAircraftMinutes, Field.Passengers, Field.Seats,
        ],
        [
            Field.Airline, Field.FlightNumber, Field.FlightSuffix, Field.FlightDate, Field.BagTag, Field.ScanPoint, Field.WeightKg,
        ],
        [
            Field.Terminal, Field.Checkpoint, Field.WaitMinutes, Field.QueueLength, Field.LanesOpen, Field.PassengersScreened,
        ],
        [
            Field.Airline, Field.FlightNumber, Field.FlightSuffix, Field.FlightDate, Field.TailNumber, Field.AircraftType, Field.Gate,
            Field.Service, Field.Phase,
        ],
    ];

    /// <summary>Fields that came later, in the order in which they came: a file's columns are added to at its end only.</summary>
    private static readonly Field[][] Later =
    [
        [Field.WheelsOff, Field.WheelsOn, Field.ArrivalTerminal, Field.ArrivalGate, Field.BaggageBelt, Field.DivertedTo, Field.CodeshareOf],
        [],
        [],
        [],
    ];

    /// <summary>All fields of each entity that are columns, in the order of the columns.</summary>
    private static readonly Field[][] InColumns =
        [.. Own.Zip(Later, (own, later) => (Field[])[Field.EventId, Field.EventTime, Field.Source, Field.Airport, .. own, .. later])];

    private static readonly ColumnType[] Types = [.. All.Select(info => info.ColumnType)];

    private static readonly ulong RequiredOnAll = Mask([Field.EventId, Field.EventType, Field.EventTime, Field.Airport]);

    private static readonly ulong[] Required =
    [
        RequiredOnAll | Mask([Field.Airline, Field.FlightNumber, Field.FlightDate, Field.Origin, Field.Destination, Field.Status]),
        RequiredOnAll | Mask([Field.BagTag, Field.ScanPoint]),
        RequiredOnAll | Mask([Field.Checkpoint, Field.WaitMinutes]),
        RequiredOnAll | Mask([Field.Service, Field.Phase]),
    ];

    private static readonly ulong[] Known =
    [
        .. InColumns.Select(fields => RequiredOnAll | Mask(fields) | (fields.Contains(Field.Airline) ? Bit(Field.Designator) : 0)),
    ];

    /// <summary>The fields of an entity beyond the five that all have, in the order of its columns, without the later ones.</summary>
    internal static ReadOnlySpan<Field> OwnFields(Entity entity) => Own[(int)entity];

    /// <summary>The fields of an entity whose columns stand behind all others, in their order.</summary>
    internal static ReadOnlySpan<Field> LaterFields(Entity entity) => Later[(int)entity];

    /// <summary>The fields of an entity that have a column, in the order of its columns.</summary>
    internal static ReadOnlySpan<Field> ColumnFields(Entity entity) => InColumns[(int)entity];

    /// <summary>Whether a field's clean value is text.</summary>
    internal static bool IsText(Field field) => TypeOf(field) == ColumnType.Utf8;

    /// <summary>The type of a field's column.</summary>
    internal static ColumnType TypeOf(Field field) => Types[(int)field];

    /// <summary>A bit for each field an event of the entity must have; wait_minutes is one, unless a queue or people screened are told.</summary>
    internal static ulong RequiredFields(Entity entity) => Required[(int)entity];

    /// <summary>Whether no row of the entity is null in a field.</summary>
    internal static bool IsNeverNull(Entity entity, Field field) => field != Field.WaitMinutes && (RequiredFields(entity) & Bit(field)) != 0;

    /// <summary>A bit for each field whose keys an event of the entity may use; the designator among them where there is an airline.</summary>
    internal static ulong KnownFields(Entity entity) => Known[(int)entity];

    internal static ulong Bit(Field field) => 1UL << (int)field;

    private static ulong Mask(ReadOnlySpan<Field> fields)
    {
        var mask = 0UL;
        foreach (var field in fields)
        {
            mask |= Bit(field);
        }

        return mask;
    }
}
