using System.Diagnostics.CodeAnalysis;

namespace AirportOps.Pipeline.Workers;

/// <summary>A worker's hold on a shard: whether the shard is its to work on, by its own clock. Safe for concurrent use.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A source without link and timer holds nothing.")]
internal sealed class ShardHold
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _validity;
    private readonly CancellationTokenSource _stop = new();
    private long _renewed;
    private bool _isLost;
    private volatile string? _successor;

    private ShardHold(string shard, TimeProvider clock, TimeSpan validity, long renewed, bool isShared) =>
        (Shard, _clock, _validity, _renewed, IsShared) = (shard, clock, validity, renewed, isShared);

    /// <summary>The shard's id.</summary>
    public string Shard { get; }

    /// <summary>Whether other workers may come to hold the shard.</summary>
    public bool IsShared { get; }

    /// <summary>Whether the shard is this worker's now. No is final. Yes may be wrong by the time it is acted upon: the store of results has the last word.</summary>
    public bool IsHeld => !IsLost && (!IsShared || _clock.GetElapsedTime(Volatile.Read(ref _renewed)) < _validity);

    /// <summary>Whether the hold was given up or found lost.</summary>
    public bool IsLost => Volatile.Read(ref _isLost);

    /// <summary>Cancelled when the work must end: the shard is wanted elsewhere, or lost, or the worker stops.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Who gets the shard next; null for whoever takes it.</summary>
    public string? Successor => _successor;

    /// <summary>The hold of the only worker.</summary>
    public static ShardHold Alone(string shard, TimeProvider clock) => new(shard, clock, TimeSpan.Zero, 0, isShared: false);

    /// <summary>A hold by a lease.</summary>
    /// <param name="shard">The shard's id.</param>
    /// <param name="clock">Measures how long it lasts.</param>
    /// <param name="validity">How long it lasts without renewal.</param>
    /// <param name="sent">When the request was sent that gave the lease, as a timestamp of the clock.</param>
    public static ShardHold Leased(string shard, TimeProvider clock, TimeSpan validity, long sent) => new(shard, clock, validity, sent, isShared: true);

    /// <summary>The lease was renewed by a request sent at a time.</summary>
    public void Renew(long sent) => Volatile.Write(ref _renewed, sent);

    /// <summary>Asks the work to end, for the sake of another worker.</summary>
    public Task HandOverAsync(string successor)
    {
        _successor = successor;
        return _stop.CancelAsync();
    }

    /// <summary>Asks the work to end.</summary>
    public Task EndAsync() => _stop.CancelAsync();

    /// <summary>The shard is no longer this worker's.</summary>
    /// <returns>Whether it was until now: of several callers one alone is told yes.</returns>
    public async Task<bool> LoseAsync()
    {
        var wasHeld = !Interlocked.Exchange(ref _isLost, true);
        await _stop.CancelAsync().ConfigureAwait(false);
        return wasHeld;
    }
}
