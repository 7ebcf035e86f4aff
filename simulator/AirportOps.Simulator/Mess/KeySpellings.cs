using System.Text;
using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>Other spellings of keys: the contract's aliases and the canonical names, in the styles systems write them.</summary>
internal static class KeySpellings
{
    private static readonly byte[][][] ByField = [.. Enum.GetValues<Field>().Select(field => Of(field).Split('|').Select(Encoding.ASCII.GetBytes).ToArray())];

    public static byte[][] For(Field field) => ByField[(int)field];

    private static string Of(Field field) => field switch
    {
        Field.EventId => "id|uuid|msgId|message_id|EventId|EVENT-ID",
        Field.EventType => "type|kind|eventType|Event Type",
        Field.EventTime => "timestamp|ts|time|occurredAt|event_timestamp|EventTime|EVENT_TIME",
        Field.Source => "src|system|source_system|SourceSystem|Source",
        Field.Airport => "station|airportCode|airport_code|reporting_airport|Airport",
        Field.Airline => "carrier|airlineCode|carrier_code|airline_iata|operator|Airline",
        Field.FlightNumber => "flightNo|Flight No|flight_num|FltNo|number|flightNumber|FLIGHT-NUMBER",
        Field.FlightSuffix => "suffix|flightSuffix",
        Field.FlightDate => "date|serviceDate|operating_date|flightDate|FLIGHT DATE",
        Field.Origin => "orig|from|dep|departure_iata|departureAirport|Origin",
        Field.Destination => "dest|to|arr|arrival_iata|arrivalAirport|DESTINATION",
        Field.TailNumber => "tail|tailNum|registration|reg|aircraft_registration|Tail Number",
        Field.AircraftType => "equipment|acType|aircraft_icao|aircraftType",
        Field.Status => "flightStatus|FLIGHT-STATUS|state|Status",
        Field.ScheduledDeparture => "std|STD|schDep|departure_scheduled|scheduledOut|scheduledDeparture",
        Field.EstimatedDeparture => "etd|ETD|departureEstimated|estimated_out|estimatedDeparture",
        Field.ActualDeparture => "atd|ATD|departure_actual|actualOut|actualDeparture",
        Field.ScheduledArrival => "sta|STA|sch_arr|arrivalScheduled|scheduledIn|scheduledArrival",
        Field.EstimatedArrival => "eta|ETA|arrival_estimated|estimatedIn|estimatedArrival",
        Field.ActualArrival => "ata|ATA|arrivalActual|actual_in|actualArrival",
        Field.Terminal => "departureTerminal|departure_terminal|Terminal",
        Field.Gate => "departureGate|stand|Gate",
        Field.DelayMinutes => "delay|delayMin|dep_delay|departureDelay|delayMinutes",
        Field.DelayCause => "delayReason|delay_code|delayCause",
        Field.CancellationCause => "cancellationReason|cancel_reason|cancellationCause",
        Field.CarrierMinutes => "carrierMinutes|Carrier Minutes",
        Field.WeatherMinutes => "weatherMinutes|Weather Minutes",
        Field.NasMinutes => "nasMinutes|NAS Minutes",
        Field.SecurityMinutes => "securityMinutes|Security Minutes",
        Field.LateAircraftMinutes => "lateAircraftMinutes|Late-Aircraft Minutes",
        Field.Passengers => "pax|PAX|paxCount|passenger_count|boarded|Passengers",
        Field.Seats => "seatCapacity|capacity|Seats",
        Field.BagTag => "tag|licensePlate|tag_number|bagTag",
        Field.ScanPoint => "scanLocation|scan|point|scanPoint",
        Field.WeightKg => "weight|weightKgs|weightKg|Weight (kg)",
        Field.Checkpoint => "laneGroup|lane_group|securityCheckpoint|Checkpoint",
        Field.WaitMinutes => "wait|waitTime|wait_min|waitMinutes",
        Field.QueueLength => "queue|queueLength",
        Field.LanesOpen => "lanes|lanesOpen",
        Field.PassengersScreened => "screened|throughput|passengersScreened",
        Field.Service => "activity|task|Service",
        _ => "stage|action|Phase",
    };
}
