namespace AirportOps.Cleaning.Seen;

/// <summary>What an event's id says about it.</summary>
public enum SeenOutcome
{
    /// <summary>The id was not remembered; now it is.</summary>
    New,

    /// <summary>An accepted event has this id and equal clean content.</summary>
    Duplicate,

    /// <summary>An accepted event has this id and other clean content.</summary>
    Conflict,
}
