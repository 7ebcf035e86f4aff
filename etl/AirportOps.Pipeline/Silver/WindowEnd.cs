namespace AirportOps.Pipeline.Silver;

/// <summary>Why a window was closed.</summary>
internal enum WindowEnd
{
    /// <summary>It reached a limit; the next one follows.</summary>
    Limit,

    /// <summary>Records behind it are gone; the next one follows, if that is accepted.</summary>
    Gap,

    /// <summary>All there is was read, and nothing more will come.</summary>
    Drained,

    /// <summary>The shard is closed and read to its end.</summary>
    ShardClosed,

    /// <summary>A stop was asked for.</summary>
    Cancelled,
}
