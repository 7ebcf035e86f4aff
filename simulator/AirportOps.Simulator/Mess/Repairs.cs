using System.Numerics;
using System.Text;
using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>The ids of repairs as bits, in the order of their bytes: a set of them is written lowest bit first.</summary>
internal static class Repairs
{
    private static readonly string[] Named =
    [
        "key_alias", "trimmed", "number_text", "null_token", "status_alias", "cause_alias", "phase_alias", "code_alias", "designator", "time_format",
        "local_time", "date_format", "unit", "unwrapped", "bad_utf8", "derived_event_id", "derived_date", "derived_type", "dropped_designator",
        "dropped_extras",
    ];

    private static readonly Field[] Droppable =
    [
        .. Enum.GetValues<Field>().Except(
            [Field.EventId, Field.EventType, Field.EventTime, Field.Airport, Field.Origin, Field.Destination, Field.Status, Field.BagTag,
             Field.ScanPoint, Field.Checkpoint, Field.WaitMinutes, Field.Service, Field.Phase]),
    ];

    private static readonly string[] Sorted =
        [.. Named.Concat(Droppable.Select(DroppedId)).Order(StringComparer.Ordinal)];

    private static readonly byte[][] Ids = [.. Sorted.Select(Encoding.ASCII.GetBytes)];

    private static readonly ulong[] DroppedBits = [.. Enum.GetValues<Field>().Select(field => Droppable.Contains(field) ? BitOf(DroppedId(field)) : 0)];

    public static ulong KeyAlias { get; } = BitOf("key_alias");

    public static ulong Trimmed { get; } = BitOf("trimmed");

    public static ulong NumberText { get; } = BitOf("number_text");

    public static ulong NullToken { get; } = BitOf("null_token");

    public static ulong StatusAlias { get; } = BitOf("status_alias");

    public static ulong CauseAlias { get; } = BitOf("cause_alias");

    public static ulong PhaseAlias { get; } = BitOf("phase_alias");

    public static ulong CodeAlias { get; } = BitOf("code_alias");

    public static ulong Designator { get; } = BitOf("designator");

    public static ulong TimeFormat { get; } = BitOf("time_format");

    public static ulong LocalTime { get; } = BitOf("local_time");

    public static ulong DateFormat { get; } = BitOf("date_format");

    public static ulong Unit { get; } = BitOf("unit");

    public static ulong Unwrapped { get; } = BitOf("unwrapped");

    public static ulong BadUtf8 { get; } = BitOf("bad_utf8");

    public static ulong DerivedEventId { get; } = BitOf("derived_event_id");

    public static ulong DerivedDate { get; } = BitOf("derived_date");

    public static ulong DerivedType { get; } = BitOf("derived_type");

    public static ulong DroppedDesignator { get; } = BitOf("dropped_designator");

    public static ulong DroppedExtras { get; } = BitOf("dropped_extras");

    /// <summary>The repair of a field that is dropped; 0 for one that is always required.</summary>
    public static ulong Dropped(Field field) => DroppedBits[(int)field];

    /// <summary>Writes the ids of a set, comma-separated.</summary>
    public static void Write(Utf8Output output, ulong repairs)
    {
        for (var rest = repairs; rest != 0; rest &= rest - 1)
        {
            if (rest != repairs)
            {
                output.Write((byte)',');
            }

            output.Write(Ids[BitOperations.TrailingZeroCount(rest)]);
        }
    }

    private static string DroppedId(Field field) => $"dropped_{Encoding.ASCII.GetString(FieldTable.Names[(int)field])}";

    private static ulong BitOf(string id) => 1UL << Array.BinarySearch(Sorted, id, StringComparer.Ordinal);
}
