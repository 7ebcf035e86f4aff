namespace AirportOps.Pipeline.Workers;

/// <summary>Why the work on a shard ended.</summary>
internal enum ShardEnd
{
    /// <summary>The shard is closed and worked off to its end: nothing will ever follow.</summary>
    ReadToEnd,

    /// <summary>All there is was worked off, and nothing more was to come.</summary>
    Drained,

    /// <summary>A stop was asked for; what was read is committed.</summary>
    Stopped,

    /// <summary>Another worker has the shard, or had it a moment ago: nothing of this one's counts since its last commit.</summary>
    Overtaken,
}
