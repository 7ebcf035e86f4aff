namespace AirportOps.Pipeline.Loading;

/// <summary>How far the loader stands behind, stream by stream. For one caller.</summary>
internal sealed class LoadGauges(TimeProvider clock) : IDisposable
{
    private readonly Dictionary<string, ShardGauges> _streams = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gauges in _streams.Values)
        {
            gauges.Dispose();
        }
    }

    /// <summary>Says when the last record of the oldest window that is not in staging arrived; null: all windows are.</summary>
    internal void SetOldest(string stream, DateTimeOffset? arrived)
    {
        if (!_streams.TryGetValue(stream, out var gauges))
        {
            _streams.Add(stream, gauges = new ShardGauges("load", stream, null, clock));
        }

        gauges.SetLag(arrived is { } since && clock.GetUtcNow() - since is { Ticks: > 0 } age ? age : TimeSpan.Zero);
    }
}
