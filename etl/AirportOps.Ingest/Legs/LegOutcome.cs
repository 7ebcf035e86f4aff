namespace AirportOps.Ingest.Legs;

/// <summary>What became of a leg.</summary>
internal enum LegOutcome
{
    /// <summary>Nothing out of the ordinary: it arrived, or the row ends before.</summary>
    Flown,

    /// <summary>It did not fly, though it may have left the gate.</summary>
    Cancelled,

    /// <summary>It departed and did not arrive as planned, though it may have landed at its destination in the end.</summary>
    Diverted,
}
