namespace AirportOps.Pipeline.Quarantine;

/// <summary>What became of a refused event that no longer counts as refused.</summary>
public enum ResolutionKind
{
    /// <summary>It became a row; of a record of several events at least one did.</summary>
    Row,

    /// <summary>An event with its id and content had been accepted: it was dropped.</summary>
    Duplicate,
}
