namespace AirportOps.Pipeline.Batch;

/// <summary>An input of a result.</summary>
/// <param name="Name">Its name without folders.</param>
/// <param name="Records">Records read from it.</param>
/// <param name="Arrived">When its records arrived; null where each says it.</param>
public sealed record CleanedInput(string Name, long Records, DateTimeOffset? Arrived);
