namespace AirportOps.Cleaning.Fields;

/// <summary>Every reason to refuse an event, in the order in which they are tried.</summary>
internal static class ReasonTable
{
    internal const string TooLarge = "too_large";
    internal const string NotJson = "not_json";
    internal const string Truncated = "truncated";
    internal const string NotAnEvent = "not_an_event";
    internal const string UnknownType = "unknown_type";
    internal const string UnknownAirline = "unknown_airline";
    internal const string UnknownAirport = "unknown_airport";
    internal const string TimeOutOfRange = "time_out_of_range";
    internal const string ArrivalBeforeDeparture = "arrival_before_departure";
    internal const string ConflictingDuplicate = "conflicting_duplicate";

    private static readonly string?[] MissingByField = [.. FieldTable.All.Select(info => Named("missing_", info))];
    private static readonly string?[] BadByField = [.. FieldTable.All.Select(info => Named("bad_", info))];

    /// <summary>All reasons.</summary>
    internal static readonly string[] All =
    [
        TooLarge, NotJson, Truncated, NotAnEvent, UnknownType,
        .. MissingByField.OfType<string>(), .. BadByField.OfType<string>(), UnknownAirline, UnknownAirport,
        TimeOutOfRange, ArrivalBeforeDeparture, ConflictingDuplicate,
    ];

    internal static string Missing(Field field) => MissingByField[(int)field]!;

    internal static string Bad(Field field) => BadByField[(int)field]!;

    /// <summary>Null where the reason can't occur: fields that no event type requires; event_type, which has a reason of its own; a derived id.</summary>
    private static string? Named(string prefix, FieldInfo info) =>
        EntityNames.All.Any(entity => (FieldTable.RequiredFields(entity) & FieldTable.Bit(info.Field)) != 0)
        && info.Field != Field.EventType
        && !(prefix == "missing_" && info.Field == Field.EventId)
            ? prefix + info.Name
            : null;
}
