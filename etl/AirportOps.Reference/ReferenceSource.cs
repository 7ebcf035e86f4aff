namespace AirportOps.Reference;

/// <summary>The tables that reference rows come from, in the order in which they are asked.</summary>
public enum ReferenceSource
{
    /// <summary>Rows of the newer tables that <c>Data/overrides.csv</c> puts before OpenFlights, which is outdated there.</summary>
    Override,

    /// <summary>OpenFlights.</summary>
    OpenFlights,

    /// <summary>airportsdata and OpenTravelData, for what OpenFlights lacks.</summary>
    Newer,

    /// <summary>A file of the user's own, for what all of these lack.</summary>
    Own,
}
