using System.Globalization;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Chaos.Outages;

/// <summary>Samples what Bronze and Silver commit, shard by shard, every second while events are sent, and keeps their longest pauses.</summary>
internal sealed class LakeProgress : IAsyncDisposable
{
    private const string Bronze = "bronze/";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ILake _lake;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sampling;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Objects, long At)> _seen = [];
    private readonly Dictionary<string, TimeSpan> _pauses = [];

    private readonly Func<bool> _isSending;
    private long? _endedAt;

    private LakeProgress(ILake lake, Func<bool> isSending)
    {
        (_lake, _isSending) = (lake, isSending);
        _sampling = Task.Run(SampleAsync);
    }

    /// <summary>Begins to sample.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="isSending">Whether events are still sent; what happens after that is no pause.</param>
    internal static LakeProgress Start(ILake lake, Func<bool> isSending) => new(lake, isSending);

    /// <summary>The newest window of each shard that has one.</summary>
    internal async Task<IReadOnlyDictionary<string, long>> WindowsAsync(CancellationToken cancellationToken)
    {
        var newest = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var found in _lake.ListAsync(WindowStore.Prefix, null, cancellationToken))
        {
            if (Shard(found.Key) is { } shard && long.TryParse(Name(found.Key).Split('.')[0], CultureInfo.InvariantCulture, out var ordinal))
            {
                newest[shard] = Math.Max(newest.GetValueOrDefault(shard), ordinal);
            }
        }

        return newest;
    }

    /// <summary>The longest pause up to now of each stage, the one that still lasts included, over all shards.</summary>
    /// <param name="stage"><c>bronze</c> or <c>silver</c>.</param>
    internal TimeSpan LongestPause(string stage)
    {
        lock (_lock)
        {
            var now = _endedAt ?? TimeProvider.System.GetTimestamp();
            return _seen.Where(one => one.Key.StartsWith(stage, StringComparison.Ordinal))
                .Select(one => Max(_pauses.GetValueOrDefault(one.Key), TimeProvider.System.GetElapsedTime(one.Value.At, Math.Max(now, one.Value.At))))
                .DefaultIfEmpty()
                .Max();
        }
    }

    /// <summary>How many shards a stage has committed something of.</summary>
    internal int Shards(string stage)
    {
        lock (_lock)
        {
            return _seen.Keys.Count(key => key.StartsWith(stage, StringComparison.Ordinal));
        }
    }

    /// <summary>Forgets the pauses up to now.</summary>
    internal void Restart()
    {
        lock (_lock)
        {
            _pauses.Clear();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _sampling;
        }
        catch (OperationCanceledException)
        {
            // Its ordinary end.
        }

        _stop.Dispose();
    }

    private async Task SampleAsync()
    {
        while (_isSending())
        {
            var objects = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var prefix in new[] { Bronze, WindowStore.Prefix })
            {
                await foreach (var found in _lake.ListAsync(prefix, null, _stop.Token))
                {
                    if (Shard(found.Key) is { } shard)
                    {
                        var key = $"{prefix[..6]} {shard}";
                        objects[key] = objects.GetValueOrDefault(key) + 1;
                    }
                }
            }

            Note(objects);
            await Task.Delay(Interval, _stop.Token);
        }

        lock (_lock)
        {
            _endedAt = TimeProvider.System.GetTimestamp();
        }
    }

    private void Note(Dictionary<string, int> objects)
    {
        var now = TimeProvider.System.GetTimestamp();
        lock (_lock)
        {
            foreach (var (key, count) in objects)
            {
                if (!_seen.TryGetValue(key, out var before) || before.Objects != count)
                {
                    var pause = before.Objects == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(before.At, now);
                    _pauses[key] = Max(_pauses.GetValueOrDefault(key), pause);
                    _seen[key] = (count, now);
                }
            }
        }
    }

    /// <summary>The shard of a Bronze object or a manifest; null for other objects.</summary>
    private static string? Shard(string key)
    {
        if (key.StartsWith(WindowStore.Prefix, StringComparison.Ordinal))
        {
            return key.Split('/') is [.., var folder, _] ? folder : null;
        }

        var name = Name(key).Split('-');
        return name.Length > 2 ? string.Join('-', name[..^2]) : null;
    }

    private static string Name(string key) => key[(key.LastIndexOf('/') + 1)..];

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
