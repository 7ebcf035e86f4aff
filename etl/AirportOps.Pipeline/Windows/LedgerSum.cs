namespace AirportOps.Pipeline.Windows;

/// <summary>Adds up the ledgers of windows.</summary>
internal sealed class LedgerSum
{
    private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _repairs = new(StringComparer.Ordinal);
    private long _records;
    private long _events;
    private long _rows;

    /// <summary>Duplicates so far.</summary>
    internal long Duplicates { get; private set; }

    internal void Add(WindowLedger ledger)
    {
        _records += ledger.Records;
        _events += ledger.Events;
        _rows += ledger.Rows;
        Duplicates += ledger.Duplicates;
        Add(_refused, ledger.Refused);
        Add(_repairs, ledger.Repairs);
    }

    /// <summary>Takes out what a replay resolved: those events count as what the replay's own ledger says.</summary>
    internal void Resolve(WindowReplay replayed)
    {
        foreach (var (reason, lines) in replayed.Reasons)
        {
            _records -= lines;
            _events -= lines;
            _refused[reason] = _refused.GetValueOrDefault(reason) - lines;
        }
    }

    internal WindowLedger ToLedger() => new()
    {
        Records = _records,
        Events = _events,
        Rows = _rows,
        Duplicates = Duplicates,
        Refused = new SortedDictionary<string, long>(_refused.Where(count => count.Value != 0).ToDictionary(), StringComparer.Ordinal),
        Repairs = _repairs,
    };

    private static void Add(SortedDictionary<string, long> total, IReadOnlyDictionary<string, long> counts)
    {
        foreach (var (name, count) in counts)
        {
            total[name] = total.GetValueOrDefault(name) + count;
        }
    }
}
