namespace AirportOps.Operations.Alerts;

/// <summary>Events and refusals of the last while, in slices of a thirtieth of it. For one caller at a time.</summary>
/// <param name="over">How long they count.</param>
internal sealed class RefusalRate(TimeSpan over)
{
    private const int Slices = 30;

    private readonly Queue<Slice> _slices = [];
    private readonly TimeSpan _width = over / Slices;
    private Slice? _newest;

    /// <summary>Adds what was counted at a time, which never goes back.</summary>
    internal void Add(DateTimeOffset now, long events, long refused, string? reason)
    {
        if (_newest is null || now - _newest.From >= _width)
        {
            _slices.Enqueue(_newest = new Slice(now));
        }

        _newest.Events += events;
        if (refused > 0)
        {
            var name = reason ?? "no reason";
            _newest.Refused[name] = _newest.Refused.GetValueOrDefault(name) + refused;
        }

        Forget(now);
    }

    /// <summary>What counts now, and the reason that most were refused for; empty for none.</summary>
    internal (long Events, long Refused, string MostFor) Sum(DateTimeOffset now)
    {
        Forget(now);
        var reasons = _slices.SelectMany(slice => slice.Refused)
            .GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(group => (Reason: group.Key, Count: group.Sum(pair => pair.Value)))
            .OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Reason, StringComparer.Ordinal)
            .ToList();
        return (_slices.Sum(slice => slice.Events), reasons.Sum(reason => reason.Count), reasons.Count == 0 ? string.Empty : reasons[0].Reason);
    }

    private void Forget(DateTimeOffset now)
    {
        while (_slices.TryPeek(out var oldest) && now - oldest.From > over)
        {
            _slices.Dequeue();
            _newest = oldest == _newest ? null : _newest;
        }
    }

    private sealed class Slice(DateTimeOffset from)
    {
        internal DateTimeOffset From => from;

        internal long Events { get; set; }

        internal Dictionary<string, long> Refused { get; } = new(StringComparer.Ordinal);
    }
}
