using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Loading;

/// <summary>
/// What the loader remembers of a shard: its next window, and when to look for it. A shard whose windows come at a pace is looked at when the next one is due;
/// one that is silent less and less often, up to <see cref="LookPace.Longest"/>. For one caller.
/// </summary>
/// <param name="stream">The stream's name.</param>
/// <param name="shard">The shard's id.</param>
/// <param name="next">The ordinal of its next window.</param>
/// <param name="pace">How often to look.</param>
internal sealed class FollowedShard(string stream, string shard, long next, LookPace pace)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(5);

    private TimeSpan _wait = pace.Shortest;
    private long? _checked;
    private bool _isFirstMiss;

    /// <summary>The stream's name.</summary>
    internal string Stream => stream;

    /// <summary>The shard's id.</summary>
    internal string Shard => shard;

    /// <summary>The ordinal of the next window to load.</summary>
    internal long Next { get; private set; } = next;

    /// <summary>The newest window that was taken; null for none since this was made.</summary>
    internal WindowManifest? Newest { get; private set; }

    /// <summary>Nothing will ever follow: it is not looked at any more.</summary>
    internal bool IsEnded { get; set; }

    /// <summary>The windows of a replay come when somebody starts one; they are looked for with new shards.</summary>
    internal bool IsReplay { get; } = ReplayShard.IsReplay(shard);

    /// <summary>How long to wait from the last look to the next.</summary>
    internal TimeSpan Wait => IsReplay ? pace.NewShards : _wait;

    /// <summary>When it was looked at last, as a timestamp; null for never.</summary>
    internal long? Looked { get; private set; }

    /// <summary>Whether it is time to look.</summary>
    internal bool IsDue(TimeProvider clock) => !IsEnded && (Looked is not { } looked || clock.GetElapsedTime(looked) >= Wait);

    /// <summary>A look found no window.</summary>
    internal void Miss(TimeProvider clock)
    {
        Looked = clock.GetTimestamp();
        _wait = _isFirstMiss ? pace.Shortest : Least(2 * _wait, pace.Longest);
        _isFirstMiss = false;
    }

    /// <summary>A look found the next window, and it goes to the warehouse.</summary>
    internal void Take(WindowManifest window, TimeProvider clock)
    {
        // As long behind this one's last arrival as that is behind the one before, and a little early: the first look finds nothing, and the second does not come late.
        var between = window.LastArrived - Newest?.LastArrived ?? TimeSpan.Zero;
        var age = clock.GetUtcNow() - window.LastArrived;
        var untilNext = between - (age > TimeSpan.Zero ? age : TimeSpan.Zero) - pace.Shortest;
        _wait = untilNext < pace.Shortest ? pace.Shortest : Least(untilNext, pace.Longest);
        (Newest, Next) = (window, window.Ordinal + 1);
        (_isFirstMiss, Looked) = (true, clock.GetTimestamp());
    }

    /// <summary>Whether it is time to make sure that no manifest is missing where the windows seem to end, which costs a list.</summary>
    /// <param name="now">Whatever the time.</param>
    /// <param name="clock">The clock.</param>
    internal bool TakeCheck(bool now, TimeProvider clock)
    {
        if (!now && _checked is { } last && clock.GetElapsedTime(last) < CheckInterval)
        {
            return false;
        }

        _checked = clock.GetTimestamp();
        return true;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
