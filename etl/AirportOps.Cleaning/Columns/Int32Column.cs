namespace AirportOps.Cleaning.Columns;

/// <summary>A column of 32-bit integers, or dates as days since 1970-01-01.</summary>
public sealed class Int32Column : FixedColumn<int>
{
    internal Int32Column(SchemaColumn schema, RowSet rows)
        : base(schema, rows)
    {
    }
}
