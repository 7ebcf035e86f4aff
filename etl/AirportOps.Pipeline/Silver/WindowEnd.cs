namespace AirportOps.Pipeline.Silver;

/// <summary>Why a window was closed.</summary>
internal enum WindowEnd
{
    /// <summary>It reached a limit; the next one follows.</summary>
    Limit,

    /// <summary>All there is was read, and nothing more will come.</summary>
    Drained,

    /// <summary>The shard is closed and read to its end.</summary>
    ShardClosed,

    /// <summary>A stop was asked for.</summary>
    Cancelled,
}
