using AirportOps.Aws.Tests.Emulators;

namespace AirportOps.Aws.Tests.Trouble;

/// <summary>One call to AWS that a stage makes.</summary>
/// <param name="Name">Names the row.</param>
/// <param name="Action">As policies name it.</param>
/// <param name="Resource">What a refusal names, given the scene.</param>
/// <param name="Begin">How its messages begin, given the scene.</param>
/// <param name="Matches">Which requests are the call's.</param>
/// <param name="Prepare">Does all that comes before, and gives the work that makes the call and checks what came of it.</param>
internal sealed record TroublePlace(
    string Name,
    string Action,
    Func<TroubleScene, string> Resource,
    Func<TroubleScene, string> Begin,
    Func<ReceivedRequest, bool> Matches,
    Func<TroubleScene, Task<Func<Task>>> Prepare)
{
    /// <summary>The service, as policies name it.</summary>
    public string Service => Action[..Action.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>Whether it is the first call of all, whose outage is told at once.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether an outage is waited out however long it lasts, as nothing is lost by waiting; else it is given up after some minutes.</summary>
    public bool WaitsForEver { get; init; }

    /// <summary>Whether its answers have no body, and so no reasons.</summary>
    public bool IsWithoutBody { get; init; }

    /// <summary>How the message begins when what it asks for is not there, given the scene; null: as everywhere.</summary>
    public Func<TroubleScene, string>? Missing { get; init; }

    /// <summary>Why it is no trouble when what it asks for is not there, and where that is tested; null: it is.</summary>
    public string? MissingIsNone { get; init; }
}
