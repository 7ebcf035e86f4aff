namespace AirportOps.Chaos.Planning;

/// <summary>How the stages are spread over processes.</summary>
internal enum StageLayout
{
    /// <summary>One <c>run</c>.</summary>
    Together,

    /// <summary>A process for each stage.</summary>
    Apart,
}
