namespace AirportOps.Warehouse.DataTests;

/// <summary>How a test ended.</summary>
public enum DataTestState
{
    /// <summary>No row fails.</summary>
    Passed,

    /// <summary>Rows fail, and the test only warns.</summary>
    Warned,

    /// <summary>Rows fail.</summary>
    Failed,

    /// <summary>It could not be run: it compares with a lake, and none was given.</summary>
    Skipped,
}
