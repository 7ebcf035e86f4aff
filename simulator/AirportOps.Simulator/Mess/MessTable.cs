using System.Text;
using AirportOps.Simulator.Day;

namespace AirportOps.Simulator.Mess;

/// <summary>
/// The kinds of mess with their ids and weights. A messed event draws one kind among those that can happen to its type, in proportion to the
/// weights; a kind that finds nothing to do on the event at hand makes it draw again.
/// </summary>
internal sealed class MessTable
{
    private const double UnitsPerWeight = 1_000_000;

    private static readonly (MessKind Kind, string Id, double Weight, EventType[] Types)[] Kinds =
    [
        (MessKind.KeyAlias, "key_alias", 14, All),
        (MessKind.Trimmed, "trimmed", 10, All),
        (MessKind.NumberText, "number_text", 9, All),
        (MessKind.NullToken, "null_token", 7, All),
        (MessKind.StatusAlias, "status_alias", 9, [EventType.Flight]),
        (MessKind.CauseAlias, "cause_alias", 4, [EventType.Flight]),
        (MessKind.PhaseAlias, "phase_alias", 8, [EventType.Ground]),
        (MessKind.CodeAlias, "code_alias", 7, All),
        (MessKind.Designator, "designator", 6, Identified),
        (MessKind.TimeFormat, "time_format", 8, All),
        (MessKind.LocalTime, "local_time", 5, All),
        (MessKind.DateFormat, "date_format", 4, Identified),
        (MessKind.Unit, "unit", 6, [EventType.Flight, EventType.Baggage, EventType.Security]),
        (MessKind.Unwrapped, "unwrapped", 4, All),
        (MessKind.BadUtf8, "bad_utf8", 1.5, All),
        (MessKind.DerivedEventId, "derived_event_id", 2, All),
        (MessKind.DerivedDate, "derived_date", 3, [EventType.Flight]),
        (MessKind.DerivedType, "derived_type", 2, All),
        (MessKind.DroppedField, "dropped_field", 5, All),
        (MessKind.DroppedDesignator, "dropped_designator", 0.5, [EventType.Baggage, EventType.Ground]),
        (MessKind.DroppedExtras, "dropped_extras", 0.04, All),
        (MessKind.Extras, "extras", 6, All),
        (MessKind.TooLarge, "too_large", 0.02, All),
        (MessKind.NotJson, "not_json", 0.6, All),
        (MessKind.Truncated, "truncated", 0.6, All),
        (MessKind.NotAnEvent, "not_an_event", 0.4, All),
        (MessKind.UnknownType, "unknown_type", 0.5, All),
        (MessKind.MissingField, "missing_field", 1, All),
        (MessKind.BadField, "bad_field", 1.2, All),
        (MessKind.UnknownAirline, "unknown_airline", 1, [EventType.Flight]),
        (MessKind.UnknownAirport, "unknown_airport", 0.5, All),
        (MessKind.TimeOutOfRange, "time_out_of_range", 0.4, All),
        (MessKind.ArrivalBeforeDeparture, "arrival_before_departure", 2, [EventType.Flight]),
        (MessKind.ConflictingDuplicate, "conflicting_duplicate", 0.6, All),
        (MessKind.Duplicate, "duplicate", 3, All),
        (MessKind.Late, "late", 4, All),
    ];

    private readonly long[][] _weights = new long[(int)EventType.Ground + 1][];
    private readonly long[] _totals = new long[(int)EventType.Ground + 1];

    /// <summary>A table with some weights of its own; ids not named keep theirs.</summary>
    public MessTable(IReadOnlyDictionary<string, double> weights)
    {
        for (var type = EventType.Flight; type <= EventType.Ground; type++)
        {
            _weights[(int)type] =
            [
                .. Kinds.Select(kind => kind.Types.Contains(type) ? (long)Math.Round(weights.GetValueOrDefault(kind.Id, kind.Weight) * UnitsPerWeight) : 0),
            ];
            _totals[(int)type] = _weights[(int)type].Sum();
        }
    }

    public static IReadOnlyDictionary<string, double> DefaultWeights { get; } =
        Kinds.ToDictionary(kind => kind.Id, kind => kind.Weight, StringComparer.Ordinal);

    /// <summary>The ids as bytes, by kind.</summary>
    public static byte[][] Ids { get; } = [.. Kinds.Select(kind => Encoding.ASCII.GetBytes(kind.Id))];

    private static EventType[] All => [EventType.Flight, EventType.Baggage, EventType.Security, EventType.Ground];

    /// <summary>Types whose events name a flight.</summary>
    private static EventType[] Identified => [EventType.Flight, EventType.Baggage, EventType.Ground];

    /// <summary>A kind for an event of a type; null when every weight is 0.</summary>
    public MessKind? Draw(EventType type, SplitMix luck)
    {
        if (_totals[(int)type] == 0)
        {
            return null;
        }

        var rest = (long)(luck.Next() % (ulong)_totals[(int)type]);
        var weights = _weights[(int)type];
        var kind = 0;
        while (rest >= weights[kind])
        {
            rest -= weights[kind];
            kind++;
        }

        return Kinds[kind].Kind;
    }

    /// <summary>Whether the kind is repaired by a cleaner, so that several can be done to one event.</summary>
    public static bool IsRepair(MessKind kind) => kind <= MessKind.Extras;
}
