using System.Numerics;
using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>Sets of fields as bits.</summary>
internal static class FieldSet
{
    public const ulong Codes = 1UL << (int)Field.Airport | 1UL << (int)Field.Airline | 1UL << (int)Field.Origin | 1UL << (int)Field.Destination;

    /// <summary>What names a flight beside its date.</summary>
    public const ulong Designator = 1UL << (int)Field.Airline | 1UL << (int)Field.FlightNumber | 1UL << (int)Field.FlightSuffix;

    public static ulong Instants { get; } = OfForm(FieldForm.Instant);

    public static ulong Integers { get; } = OfForm(FieldForm.Integer);

    public static ulong Decimals { get; } = OfForm(FieldForm.Decimal);

    public static ulong Of(params ReadOnlySpan<Field> fields)
    {
        var set = 0UL;
        foreach (var field in fields)
        {
            set |= FieldTable.Bit(field);
        }

        return set;
    }

    /// <summary>One of a set; null when it is empty.</summary>
    public static Field? Pick(ulong set, SplitMix luck)
    {
        if (set == 0)
        {
            return null;
        }

        for (var skipped = luck.Below(BitOperations.PopCount(set)); skipped > 0; skipped--)
        {
            set &= set - 1;
        }

        return (Field)BitOperations.TrailingZeroCount(set);
    }

    private static ulong OfForm(FieldForm form) => Of([.. Enum.GetValues<Field>().Where(field => FieldTable.FormOf(field) == form)]);
}
