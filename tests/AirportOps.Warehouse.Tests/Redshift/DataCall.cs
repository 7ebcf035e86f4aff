namespace AirportOps.Warehouse.Tests.Redshift;

/// <summary>What the scripted Data API does with a call.</summary>
internal enum DataCall
{
    /// <summary>Does it and answers.</summary>
    Answer,

    /// <summary>Does it; the answer is lost.</summary>
    LoseAnswer,

    /// <summary>Does nothing; the answer is lost.</summary>
    LoseCall,

    /// <summary>Refuses for the moment.</summary>
    Throttle,

    /// <summary>Starts it; it fails with the conflict of two transactions.</summary>
    Conflict,

    /// <summary>Commits it, but says that it was aborted.</summary>
    AbortAfterCommit,

    /// <summary>Starts it; it is stopped before it has done anything.</summary>
    AbortBeforeCommit,

    /// <summary>Does it, and knows nothing of it when asked.</summary>
    Forget,

    /// <summary>Starts it; it never ends by itself.</summary>
    Hang,
}
