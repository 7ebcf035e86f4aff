namespace AirportOps.Cleaning.Columns;

/// <summary>A column of Silver.</summary>
/// <param name="Name">The name, for instance <c>flight_number</c>.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="IsRequired">Whether no row is null in it.</param>
public sealed record SchemaColumn(string Name, ColumnType Type, bool IsRequired);
