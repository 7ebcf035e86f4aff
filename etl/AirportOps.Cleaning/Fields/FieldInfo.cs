using AirportOps.Cleaning.Columns;

namespace AirportOps.Cleaning.Fields;

/// <summary>What is known of a field.</summary>
/// <param name="Field">The field.</param>
/// <param name="Name">Its name in an event and, but for event_type and the designator, in Silver.</param>
/// <param name="Kind">How it is read.</param>
/// <param name="Aliases">Other keys it comes under, normalised, the preferred first.</param>
/// <param name="Minimum">Least number taken.</param>
/// <param name="Maximum">Greatest number taken.</param>
internal sealed record FieldInfo(Field Field, string Name, FieldKind Kind, string[] Aliases, int Minimum = 0, int Maximum = int.MaxValue)
{
    /// <summary>The type of the field's Silver column.</summary>
    internal ColumnType ColumnType => Kind switch
    {
        FieldKind.Integer or FieldKind.IntegerMinutes => ColumnType.Int32,
        FieldKind.DecimalMinutes or FieldKind.Kilograms => ColumnType.Double,
        FieldKind.Instant => ColumnType.Instant,
        FieldKind.Date => ColumnType.Date,
        _ => ColumnType.Utf8,
    };

    /// <summary>Whether a value may come with a unit, as text or as <c>{"value":…,"unit":…}</c>.</summary>
    internal bool TakesUnit => Kind is FieldKind.IntegerMinutes or FieldKind.DecimalMinutes or FieldKind.Kilograms;
}
