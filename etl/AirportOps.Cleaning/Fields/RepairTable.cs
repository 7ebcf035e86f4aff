using System.Text;

namespace AirportOps.Cleaning.Fields;

/// <summary>Every repair as one bit of 64, lower bits for ids that sort lower, so that the bits of a row read off as a sorted list.</summary>
internal static class RepairTable
{
    /// <summary>The ids, sorted by their bytes; bit <c>i</c> of a set stands for <c>Ids[i]</c>.</summary>
    internal static readonly string[] Ids =
        [.. Enum.GetNames<Repair>().Select(SnakeCase).Concat(Optional().Select(field => "dropped_" + field.Name)).Order(StringComparer.Ordinal)];

    /// <summary>The ids in ASCII, in the same order.</summary>
    internal static readonly byte[][] Bytes = [.. Ids.Select(Encoding.ASCII.GetBytes)];

    private static readonly ulong[] Masks = [.. Enum.GetNames<Repair>().Select(name => Mask(SnakeCase(name)))];
    private static readonly ulong[] DroppedMasks = [.. FieldTable.All.Select(field => Mask("dropped_" + field.Name))];

    /// <summary>The set of one repair.</summary>
    internal static ulong Set(Repair repair) => Masks[(int)repair];

    /// <summary>The set of <c>dropped_FIELD</c>; empty for a field that is required wherever it occurs.</summary>
    internal static ulong Dropped(Field field) => DroppedMasks[(int)field];

    private static IEnumerable<FieldInfo> Optional() => FieldTable.All.Where(field =>
        field.Field is Field.Designator or Field.Source
        || EntityNames.All.Any(entity => FieldTable.ColumnFields(entity).Contains(field.Field)
            && !FieldTable.IsNeverNull(entity, field.Field)));

    private static ulong Mask(string id) => Array.IndexOf(Ids, id) is var index and >= 0 ? 1UL << index : 0;

    private static string SnakeCase(string name) => name switch
    {
        nameof(Repair.BadUtf8) => "bad_utf8",
        _ => string.Concat(name.Select((c, i) => (i > 0 && char.IsAsciiLetterUpper(c) ? "_" : "") + char.ToLowerInvariant(c))),
    };
}
