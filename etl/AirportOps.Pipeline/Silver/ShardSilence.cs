using AirportOps.Pipeline.Windows;
using AirportOps.Pipeline.Workers;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// Notes that a shard is silent, as only its worker can know: it has read to the tip, so what stands still is the shard and not the worker. For one
/// caller; <paramref name="arrivals"/> is shared by the workers of a stage.
/// </summary>
/// <param name="notes">Where to.</param>
/// <param name="stream">The stream.</param>
/// <param name="shard">The shard.</param>
/// <param name="hold">Without it nothing is noted.</param>
/// <param name="interval">The least time between two notes.</param>
/// <param name="arrivals">How far the shards of this worker have come.</param>
/// <param name="clock">The clock.</param>
internal sealed class ShardSilence(
    ShardNotes notes, IEventStream stream, Shard shard, ShardHold hold, TimeSpan interval, NewestArrival arrivals, TimeProvider clock)
{
    /// <summary>
    /// By how much a note stays behind the clock: a record may show up a little after its arrival, and the stream's clock may be another one.
    /// </summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private DateTimeOffset? _noted;

    /// <summary>The time between two notes: a window's, so that a silent shard holds others up no longer than one that has records.</summary>
    /// <remarks>At least 5 seconds, so that one machine does not write all the time; at most 60, where a window is longer.</remarks>
    internal static TimeSpan IntervalOf(WindowLimits limits) => TimeSpan.FromSeconds(Math.Clamp(limits.Age.TotalSeconds, 5, 60));

    /// <summary>A read found nothing, and no window is open.</summary>
    /// <param name="newest">The shard's newest window; null for none.</param>
    /// <param name="readAt">When the read was begun.</param>
    /// <param name="isLast">Whether the worker ends with it: then nothing is saved up for the next.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal async Task NoteAsync(WindowManifest? newest, DateTimeOffset readAt, bool isLast, CancellationToken cancellationToken)
    {
        var through = readAt - Margin;

        // Where nothing has arrived on any shard since the last note, another one tells nobody anything. What other workers have is not known here.
        if (!hold.IsHeld || (!isLast && _noted is { } noted && (through - noted < interval || (!hold.IsShared && !arrivals.IsAfter(noted)))))
        {
            return;
        }

        await notes.WriteAsync(Note(newest, through), cancellationToken).ConfigureAwait(false);
        _noted = through;
    }

    /// <summary>The shards that a closed one was split or merged into.</summary>
    internal async Task<IReadOnlyList<string>> ChildrenAsync(CancellationToken cancellationToken)
    {
        var all = await stream.ListShardsAsync(cancellationToken).ConfigureAwait(false);
        return [.. all.Where(child => child.ParentIds.Contains(shard.Id)).Select(child => child.Id)];
    }

    /// <summary>
    /// The shard is closed and read to its end. One without children, as an archive's shards are, is only silent: the stream it is of may go on.
    /// </summary>
    internal Task EndAsync(WindowManifest? newest, IReadOnlyList<string> children, CancellationToken cancellationToken) => !hold.IsHeld
        ? Task.CompletedTask
        : notes.WriteAsync(Note(newest, clock.GetUtcNow() - Margin) with { IsEnded = children.Count > 0, Children = children }, cancellationToken);

    private ShardNote Note(WindowManifest? newest, DateTimeOffset through) => new()
    {
        Stream = stream.Name,
        Shard = shard.Id,
        Generation = newest?.Generation ?? WindowId.FirstGeneration,
        Ordinal = newest?.Ordinal ?? 0,
        EmptyThrough = through,
    };
}

/// <summary>The newest arrival among the windows that the workers of a stage have committed. Safe for concurrent use.</summary>
internal sealed class NewestArrival
{
    private long _ticks;

    /// <summary>A window was committed.</summary>
    internal void Add(DateTimeOffset arrived)
    {
        long known;
        while ((known = Interlocked.Read(ref _ticks)) < arrived.UtcTicks && Interlocked.CompareExchange(ref _ticks, arrived.UtcTicks, known) != known)
        {
        }
    }

    /// <summary>Whether one of them has a record that arrived after a time.</summary>
    internal bool IsAfter(DateTimeOffset time) => Interlocked.Read(ref _ticks) > time.UtcTicks;
}
