namespace AirportOps.Pipeline.Loading;

/// <summary>What a load did.</summary>
/// <param name="Batches">Windows that are in staging now and were not before.</param>
/// <param name="Rows">Rows they brought.</param>
/// <param name="Duplicates">Rows dropped because staging had their event_id; <paramref name="Rows"/> does not count them.</param>
public readonly record struct LoadOutcome(int Batches, long Rows, long Duplicates)
{
    /// <summary>Both together.</summary>
    public static LoadOutcome operator +(LoadOutcome left, LoadOutcome right) =>
        new(left.Batches + right.Batches, left.Rows + right.Rows, left.Duplicates + right.Duplicates);
}
