namespace AirportOps.Pipeline.Verification;

/// <summary>What becomes of an event.</summary>
internal enum LedgerOutcome
{
    /// <summary>A row of Silver.</summary>
    Row,

    /// <summary>Dropped: its id was accepted before with the same content.</summary>
    Duplicate,

    /// <summary>Refused to the quarantine.</summary>
    Refused,
}
