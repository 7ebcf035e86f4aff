namespace AirportOps.Pipeline.Batch;

/// <summary>An input of a result.</summary>
/// <param name="Name">Its name without folders, and with as many as tell it apart where several inputs have the same.</param>
/// <param name="Records">Records read from it.</param>
/// <param name="Arrived">When its records arrived; null where each says it.</param>
public sealed record CleanedInput(string Name, long Records, DateTimeOffset? Arrived);
