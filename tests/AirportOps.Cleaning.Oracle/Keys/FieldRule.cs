namespace AirportOps.Cleaning.Oracle.Keys;

/// <summary>A row of the contract's table of fields, with its aliases.</summary>
/// <param name="Name">The canonical key.</param>
/// <param name="Kind">How its value is read.</param>
/// <param name="On">The event types that have it.</param>
/// <param name="RequiredOn">The event types that can't do without.</param>
/// <param name="Min">The least number allowed.</param>
/// <param name="Max">The greatest number allowed.</param>
/// <param name="Aliases">Other keys, the preferred first, as letters and digits in lower case.</param>
internal sealed record FieldRule(string Name, FieldKind Kind, string[] On, string[] RequiredOn, int Min, int Max, string[] Aliases)
{
    /// <summary>Whether <c>{"value":…,"unit":…}</c> is a value of it.</summary>
    public bool TakesUnit => Kind is FieldKind.Minutes or FieldKind.DecimalMinutes or FieldKind.Kilograms;
}
