namespace AirportOps.Pipeline.Firehose;

/// <summary>How reading a JSON value ended.</summary>
internal enum JsonValueOutcome
{
    /// <summary>At its end.</summary>
    Complete,

    /// <summary>At the end of the bytes at hand; more follow.</summary>
    GoesOn,

    /// <summary>At a byte that can't follow, or where all bytes end before the value does.</summary>
    Broken,
}
