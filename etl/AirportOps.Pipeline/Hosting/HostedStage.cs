namespace AirportOps.Pipeline.Hosting;

/// <summary>A stage as its host sees it.</summary>
/// <param name="Progress">Where it counts. Its name is the stage's.</param>
/// <param name="RunAsync">
/// Works from what is stored, until all is worked off after the drain was requested, or until cancelled. It is called again after a failure, so it opens by
/// itself what may be away.
/// </param>
public sealed record HostedStage(StageProgress Progress, Func<Drain, CancellationToken, Task> RunAsync)
{
    /// <summary>The stage's name.</summary>
    public string Name => Progress.Stage;

    /// <summary>The stages that feed this one: once all have worked off what they had, nothing more comes. Empty: the host's drain says so.</summary>
    public IReadOnlyList<HostedStage> After { get; init; } = [];

    /// <summary>Whether another run goes on where the last one failed. Default true; else its first failure is its last.</summary>
    public bool IsRepeatable { get; init; } = true;
}

/// <summary>A stage that ended without having done its work.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Failure">Why.</param>
public sealed record StageFailure(string Stage, Exception Failure);
