using AirportOps.Warehouse;
using Npgsql;

namespace AirportOps.Benchmarks.Freshness;

/// <summary>
/// Notes when each load can be read in staging and when the build that took it can be read in Gold, by asking for both numbers every
/// 50 ms: two look-ups in indexes, which disturb nothing.
/// </summary>
internal sealed class VisibilityWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly List<(long Load, DateTime At)> _staged = [];
    private readonly List<(long Load, DateTime At)> _built = [];

    /// <summary>Whether all that is in staging is in Gold.</summary>
    internal bool IsLevel => _staged.Count > 0 && _built.Count > 0 && _staged[^1].Load == _built[^1].Load;

    /// <summary>When a load was last seen to arrive; the least time before the first.</summary>
    internal DateTime LastChange { get; private set; } = DateTime.MinValue;

    /// <summary>When a load could be read in staging; null for one that was never seen.</summary>
    internal DateTime? StagedAt(long load) => At(_staged, load);

    /// <summary>When a load could be read in Gold; null for one that was never seen.</summary>
    internal DateTime? BuiltAt(long load) => At(_built, load);

    /// <summary>Watches until cancelled.</summary>
    internal async Task RunAsync(WarehouseDatabase warehouse, CancellationToken cancellationToken)
    {
        await using var connection = await warehouse.ConnectAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT COALESCE((SELECT MAX(load_number) FROM ops.load_batch), 0), COALESCE((SELECT MAX(to_load) FROM ops.gold_build), 0)", connection);
        try
        {
            await command.PrepareAsync(cancellationToken);
            while (true)
            {
                await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
                {
                    await reader.ReadAsync(cancellationToken);
                    Note(_staged, reader.GetInt64(0));
                    Note(_built, reader.GetInt64(1));
                }

                await Task.Delay(Interval, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the measurement.
        }
    }

    private void Note(List<(long Load, DateTime At)> seen, long load)
    {
        if (load > (seen.Count == 0 ? 0 : seen[^1].Load))
        {
            seen.Add((load, LastChange = TimeProvider.System.GetUtcNow().UtcDateTime));
        }
    }

    /// <summary>The first time at which a number as great was seen.</summary>
    private static DateTime? At(List<(long Load, DateTime At)> seen, long load)
    {
        var index = seen.FindIndex(one => one.Load >= load);
        return index < 0 ? null : seen[index].At;
    }
}
