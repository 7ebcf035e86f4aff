namespace AirportOps.Streams;

/// <summary>Where in a shard a reader starts.</summary>
public enum StreamPositionKind
{
    /// <summary>At the oldest record there is.</summary>
    TrimHorizon,

    /// <summary>At the first record after a sequence number.</summary>
    After,

    /// <summary>At the first record that arrived at an instant or later.</summary>
    AtTime,

    /// <summary>After the newest record there is when the reader opens.</summary>
    Latest,
}
