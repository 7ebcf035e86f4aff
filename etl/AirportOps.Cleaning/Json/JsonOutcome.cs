namespace AirportOps.Cleaning.Json;

/// <summary>How reading a JSON value ended.</summary>
internal enum JsonOutcome
{
    Complete,

    /// <summary>The bytes end before the value does.</summary>
    Truncated,

    /// <summary>No JSON, whatever might follow.</summary>
    Malformed,
}
