namespace AirportOps.Cleaning.Columns;

/// <summary>A column of 64-bit floating-point numbers.</summary>
public sealed class DoubleColumn : FixedColumn<double>
{
    internal DoubleColumn(SchemaColumn schema, RowSet rows)
        : base(schema, rows)
    {
    }
}
