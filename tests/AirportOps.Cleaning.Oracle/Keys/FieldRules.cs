namespace AirportOps.Cleaning.Oracle.Keys;

/// <summary>The fields in the order of the contract's section 2, with the aliases of the end of its section 3.</summary>
internal static class FieldRules
{
    private static readonly string[] All = ["flight", "baggage", "security", "ground"];
    private static readonly string[] None = [];
    private static readonly string[] Flight = ["flight"];
    private static readonly string[] Baggage = ["baggage"];
    private static readonly string[] Security = ["security"];
    private static readonly string[] Ground = ["ground"];
    private static readonly string[] OfALeg = ["flight", "baggage", "ground"];
    private static readonly string[] OfAnAircraft = ["flight", "ground"];

    public static IReadOnlyList<FieldRule> InOrder { get; } =
    [
        Of("event_id", FieldKind.Text, All, All, "id, uuid, msgid, messageid"),
        Of("event_type", FieldKind.TypeWord, All, All, "type, kind"),
        Of("event_time", FieldKind.Instant, All, All, "timestamp, ts, time, occurredat, eventtimestamp"),
        Of("source", FieldKind.Text, All, None, "src, system, sourcesystem"),
        Of("airport", FieldKind.Airport, All, ["baggage", "security", "ground"], "station, airportcode, reportingairport"),
        Of("airline", FieldKind.Airline, OfALeg, Flight, "carrier, airlinecode, carriercode, airlineiata, airlineicao, airlinename, operator"),
        Of("flight_number", FieldKind.Integer, OfALeg, Flight, "flightno, flightnum, fltno, number", 1, 9999),
        Of("flight_suffix", FieldKind.Letter, OfALeg, None, "suffix"),
        Of("flight_date", FieldKind.Date, OfALeg, Flight, "date, servicedate, operatingdate"),
        Of("origin", FieldKind.Airport, Flight, Flight, "orig, from, dep, departureiata, departureicao, departureairport"),
        Of("destination", FieldKind.Airport, Flight, Flight, "dest, to, arr, arrivaliata, arrivalicao, arrivalairport"),
        Of("tail_number", FieldKind.UpperText, OfAnAircraft, None, "tail, tailnum, registration, reg, aircraftregistration"),
        Of("aircraft_type", FieldKind.UpperText, OfAnAircraft, None, "equipment, actype, aircrafticao, aircraftiata"),
        Of("status", FieldKind.Status, Flight, Flight, "flightstatus, state"),
        Of("scheduled_departure", FieldKind.Instant, Flight, None, "std, schdep, departurescheduled, scheduledout"),
        Of("estimated_departure", FieldKind.Instant, Flight, None, "etd, departureestimated, estimatedout"),
        Of("actual_departure", FieldKind.Instant, Flight, None, "atd, departureactual, actualout"),
        Of("scheduled_arrival", FieldKind.Instant, Flight, None, "sta, scharr, arrivalscheduled, scheduledin"),
        Of("estimated_arrival", FieldKind.Instant, Flight, None, "eta, arrivalestimated, estimatedin"),
        Of("actual_arrival", FieldKind.Instant, Flight, None, "ata, arrivalactual, actualin"),
        Of("terminal", FieldKind.UpperText, ["flight", "security"], None, "departureterminal"),
        Of("gate", FieldKind.UpperText, OfAnAircraft, None, "departuregate, stand"),
        Of("delay_minutes", FieldKind.Minutes, Flight, None, "delay, delaymin, depdelay, departuredelay", -1440, 2880),
        Of("delay_cause", FieldKind.Cause, Flight, None, "delayreason, delaycode"),
        Of("cancellation_cause", FieldKind.Cause, Flight, None, "cancellationreason, cancelreason"),
        Of("carrier_minutes", FieldKind.Minutes, Flight, None, "", 0, 2880),
        Of("weather_minutes", FieldKind.Minutes, Flight, None, "", 0, 2880),
        Of("nas_minutes", FieldKind.Minutes, Flight, None, "", 0, 2880),
        Of("security_minutes", FieldKind.Minutes, Flight, None, "", 0, 2880),
        Of("late_aircraft_minutes", FieldKind.Minutes, Flight, None, "", 0, 2880),
        Of("passengers", FieldKind.Integer, Flight, None, "pax, paxcount, passengercount, boarded", 0, 1000),
        Of("seats", FieldKind.Integer, Flight, None, "seatcapacity, capacity", 0, 1000),
        Of("bag_tag", FieldKind.BagTag, Baggage, Baggage, "tag, licenseplate, tagnumber"),
        Of("scan_point", FieldKind.ScanPoint, Baggage, Baggage, "scanlocation, scan, point"),
        Of("weight_kg", FieldKind.Kilograms, Baggage, None, "weight, weightkgs", 0, 200),
        Of("checkpoint", FieldKind.Text, Security, Security, "lanegroup, securitycheckpoint"),
        Of("wait_minutes", FieldKind.DecimalMinutes, Security, Security, "wait, waittime, waitmin", 0, 600),
        Of("queue_length", FieldKind.Integer, Security, None, "queue", 0, 1_000_000),
        Of("lanes_open", FieldKind.Integer, Security, None, "lanes", 0, 1_000_000),
        Of("passengers_screened", FieldKind.Integer, Security, None, "screened, throughput", 0, 1_000_000),
        Of("service", FieldKind.Service, Ground, Ground, "activity, task"),
        Of("phase", FieldKind.Phase, Ground, Ground, "stage, action"),
        Of("wheels_off", FieldKind.Instant, Flight, None, "actualoff, takeofftime, departureactualrunway, datetimetakeoff"),
        Of("wheels_on", FieldKind.Instant, Flight, None, "actualon, landingtime, arrivalactualrunway, datetimelanded"),
        Of("arrival_terminal", FieldKind.UpperText, Flight, None, "terminaldestination"),
        Of("arrival_gate", FieldKind.UpperText, Flight, None, "gatedestination"),
        Of("baggage_belt", FieldKind.UpperText, Flight, None, "arrivalbaggage, baggageclaim"),
        Of("diverted_to", FieldKind.Airport, Flight, None, "diversionairport"),
        Of("codeshare_of", FieldKind.Designator, Flight, None, "flightcodesharedflightiata"),
    ];

    /// <summary>Airline, number and suffix in one: no field of a row, but a key that is looked for like one.</summary>
    public static FieldRule Designator { get; } =
        Of("designator", FieldKind.Designator, OfALeg, None, "flight, flightiata, flighticao, flightdesignator, callsign, ident");

    public static FieldRule Named(string name) => InOrder.Single(rule => rule.Name == name);

    private static FieldRule Of(string name, FieldKind kind, string[] on, string[] requiredOn, string aliases, int min = 0, int max = 0) =>
        new(name, kind, on, requiredOn, min, max, aliases.Split(", ", StringSplitOptions.RemoveEmptyEntries));
}
