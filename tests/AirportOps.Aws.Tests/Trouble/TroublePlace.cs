using AirportOps.Aws.Tests.Emulators;

namespace AirportOps.Aws.Tests.Trouble;

/// <summary>One call to AWS that a stage makes.</summary>
/// <param name="Name">Names the row.</param>
/// <param name="Action">As policies name it.</param>
/// <param name="Resource">What a refusal names, given the scene.</param>
/// <param name="Matches">Which requests are the call's.</param>
/// <param name="Prepare">Does all that comes before, and gives the work that makes the call and checks what came of it.</param>
internal sealed record TroublePlace(
    string Name,
    string Action,
    Func<TroubleScene, string> Resource,
    Func<ReceivedRequest, bool> Matches,
    Func<TroubleScene, Task<Func<Task>>> Prepare)
{
    /// <summary>Whether it is the stream's; else the lake's.</summary>
    public bool IsOfStream => Action.StartsWith("kinesis:", StringComparison.Ordinal);

    /// <summary>Whether it is the first call of all, whose outage is told at once.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether its answers have no body, and so no reasons.</summary>
    public bool IsWithoutBody { get; init; }

    /// <summary>How its messages begin.</summary>
    public string Begin(TroubleScene scene) => IsOfStream ? $"The stream kinesis:{scene.Stream} can't be used: " : $"The lake s3://{scene.Bucket} can't be used: ";
}
