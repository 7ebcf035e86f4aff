namespace AirportOps.Streams;

/// <summary>What bytes of a segment turn out to be.</summary>
internal enum FrameState
{
    /// <summary>A frame, whole and right.</summary>
    Complete,

    /// <summary>The start of a frame that goes on behind these bytes.</summary>
    Incomplete,

    /// <summary>No frame.</summary>
    Bad,
}
