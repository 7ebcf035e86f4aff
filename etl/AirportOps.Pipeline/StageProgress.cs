using System.Collections.Concurrent;

namespace AirportOps.Pipeline;

/// <summary>What a stage has done so far, counted by the stage and shown by whoever hosts it. Safe for concurrent use.</summary>
/// <param name="stage">The stage's name, for instance <c>silver</c>.</param>
public sealed class StageProgress(string stage)
{
    private readonly ConcurrentDictionary<string, TimeSpan> _lags = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _watermarks = new(StringComparer.Ordinal);
    private long _records;
    private long _events;
    private long _rows;
    private long _duplicates;
    private long _refused;
    private long _outputs;
    private long _bytes;
    private long _late;
    private long _signsOfLife;
    private long _inputRead;
    private long _inputTotal;
    private volatile bool _isDone;
    private Action? _watcher;

    /// <summary>The stage's name.</summary>
    public string Stage { get; } = stage;

    /// <summary>Counts what was done since the last call.</summary>
    /// <param name="records">Records taken in.</param>
    /// <param name="events">Events found in them.</param>
    /// <param name="rows">Rows put out.</param>
    /// <param name="duplicates">Events or rows dropped as duplicates.</param>
    /// <param name="refused">Events or rows refused.</param>
    /// <param name="outputs">Objects, windows or batches completed.</param>
    /// <param name="bytes">Bytes put out.</param>
    /// <param name="late">Rows that came after later ones of their shard.</param>
    public void Add(
        long records = 0,
        long events = 0,
        long rows = 0,
        long duplicates = 0,
        long refused = 0,
        long outputs = 0,
        long bytes = 0,
        long late = 0)
    {
        Touch();
        Interlocked.Add(ref _records, records);
        Interlocked.Add(ref _events, events);
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _duplicates, duplicates);
        Interlocked.Add(ref _refused, refused);
        Interlocked.Add(ref _outputs, outputs);
        Interlocked.Add(ref _bytes, bytes);
        Interlocked.Add(ref _late, late);
        if (outputs > 0)
        {
            Works();
        }
    }

    /// <summary>
    /// Says that a whole round of work went well, also where there was nothing to do: nothing that the stage needs is away. What is completed says so too.
    /// </summary>
    public void Works()
    {
        Touch();
        Volatile.Read(ref _watcher)?.Invoke();
    }

    /// <summary>Has somebody told, until disposed, each time that the stage works; one watcher at a time.</summary>
    internal IDisposable Watch(Action works)
    {
        Volatile.Write(ref _watcher, works);
        return new Watcher(this);
    }

    /// <summary>Says the greatest event_time a shard has reached; null while it has none.</summary>
    public void SetWatermark(string shard, DateTimeOffset? watermark)
    {
        if (watermark is { } reached)
        {
            _watermarks[shard] = reached;
        }
    }

    /// <summary>Says how far the stage stands behind a shard's tip.</summary>
    public void SetLag(string shard, TimeSpan lag)
    {
        Touch();
        _lags[shard] = lag;
    }

    /// <summary>Says that the stage lives and looks for work, also where it finds none. Everything else that is said here says so too.</summary>
    public void Touch() => Interlocked.Increment(ref _signsOfLife);

    /// <summary>Says that a shard is no longer this stage's to work on: neither its lag nor its watermark counts any more.</summary>
    public void Leave(string shard)
    {
        _lags.TryRemove(shard, out _);
        _watermarks.TryRemove(shard, out _);
    }

    /// <summary>Says how much of an input of known size was read.</summary>
    /// <param name="bytesRead">Bytes read so far.</param>
    /// <param name="bytes">Bytes in all.</param>
    public void SetInput(long bytesRead, long bytes)
    {
        Interlocked.Exchange(ref _inputRead, bytesRead);
        Interlocked.Exchange(ref _inputTotal, bytes);
    }

    /// <summary>Says that the stage has ended.</summary>
    public void Complete() => _isDone = true;

    /// <summary>The counts as they are now. Each is exact; they are not of one instant.</summary>
    public StageSnapshot Snapshot() => new(
        Stage,
        Interlocked.Read(ref _records),
        Interlocked.Read(ref _events),
        Interlocked.Read(ref _rows),
        Interlocked.Read(ref _duplicates),
        Interlocked.Read(ref _refused),
        Interlocked.Read(ref _outputs),
        Interlocked.Read(ref _bytes),
        Interlocked.Read(ref _late),
        _lags.Values.DefaultIfEmpty(TimeSpan.Zero).Max(),
        _watermarks.IsEmpty ? null : _watermarks.Values.Min(),
        _isDone)
    {
        SignsOfLife = Interlocked.Read(ref _signsOfLife),
        ShareRead = Interlocked.Read(ref _inputTotal) is > 0 and var total ? Math.Min(1, Interlocked.Read(ref _inputRead) / (double)total) : null,
    };

    private sealed class Watcher(StageProgress progress) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref progress._watcher, null);
    }
}
