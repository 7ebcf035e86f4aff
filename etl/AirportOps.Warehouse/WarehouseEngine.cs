namespace AirportOps.Warehouse;

/// <summary>What runs the SQL.</summary>
public enum WarehouseEngine
{
    /// <summary>PostgreSQL 15 or newer.</summary>
    Postgres,

    /// <summary>Amazon Redshift.</summary>
    Redshift,
}
