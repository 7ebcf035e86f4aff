namespace AirportOps.Warehouse.DataTests;

/// <summary>What a failing test means.</summary>
public enum DataTestSeverity
{
    /// <summary>Somebody should look; the run passes.</summary>
    Warn,

    /// <summary>The data must not be used; the run fails.</summary>
    Error,
}
