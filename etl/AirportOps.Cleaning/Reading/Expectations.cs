using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning.Reading;

/// <summary>What a field should have held, for people who read the quarantine.</summary>
internal static class Expectations
{
    internal static string Of(EventFault fault) => fault.Reason switch
    {
        ReasonTable.UnknownType => $"expected an event_type of {WordTable.EventType.Listed}, or the fields that tell it",
        ReasonTable.TimeOutOfRange => "expected an event_time from 2000-01-01 to 24 hours after arrival",
        ReasonTable.ArrivalBeforeDeparture => "expected actual_arrival not before actual_departure",
        _ => "expected " + Of(FieldTable.All[(int)fault.Field!]),
    };

    private static string Of(FieldInfo info) => info.Kind switch
    {
        FieldKind.Airline => "the IATA or ICAO code or the full name of a known airline",
        FieldKind.Airport => "the IATA or ICAO code or the full name of a known airport",
        FieldKind.Integer => $"a whole number of {info.Minimum} to {info.Maximum}",
        FieldKind.DecimalMinutes => $"minutes, {info.Minimum} to {info.Maximum}",
        FieldKind.Instant => "an instant, or a local time at an airport whose zone is known",
        FieldKind.Date => "a date",
        FieldKind.BagTag => "ten digits",
        FieldKind.PlainWord when info.Field == Field.ScanPoint => "one of " + WordTable.ScanPoint.Listed,
        FieldKind.PlainWord => "one of " + WordTable.Service.Listed,
        FieldKind.AliasWord when info.Field == Field.Status => "one of " + WordTable.Status.Listed,
        FieldKind.AliasWord => "one of " + WordTable.Phase.Listed,
        _ => "text of 1 to 64 bytes",
    };
}
