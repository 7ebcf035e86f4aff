namespace AirportOps.Cleaning.Columns;

/// <summary>A column of instants, microseconds since 1970-01-01 UTC.</summary>
public sealed class Int64Column : FixedColumn<long>
{
    internal Int64Column(SchemaColumn schema, RowSet rows)
        : base(schema, rows)
    {
    }
}
