namespace AirportOps.Pipeline.Verification;

/// <summary>How a ledger and what was stored compare.</summary>
public sealed record ReconciliationReport
{
    /// <summary>Events the ledger lists.</summary>
    public required long LedgerEvents { get; init; }

    /// <summary>Rows the ledger expects.</summary>
    public required long ExpectedRows { get; init; }

    /// <summary>Duplicates the ledger expects.</summary>
    public required long ExpectedDuplicates { get; init; }

    /// <summary>Refusals the ledger expects.</summary>
    public required long ExpectedRefused { get; init; }

    /// <summary>Rows in Silver that equal what the ledger expects, field by field, repairs included.</summary>
    public required long MatchingRows { get; init; }

    /// <summary>Refusals in the quarantine with an id and a reason that the ledger expects.</summary>
    public required long MatchingRefused { get; init; }

    /// <summary>What the windows say in all: records, events, rows, duplicates, refused.</summary>
    public required Windows.WindowLedger Windows { get; init; }

    /// <summary>Rows in Silver of sources that the ledger does not speak of, by source.</summary>
    public required IReadOnlyDictionary<string, long> OtherRows { get; init; }

    /// <summary>How the cleaner did on each kind of mess, by its name.</summary>
    public required IReadOnlyList<MessScore> Scores { get; init; }

    /// <summary>Everything that differs, the first of each kind spelled out; empty when all is as it must be.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>How many differences there are in all.</summary>
    public required long DifferenceCount { get; init; }
}
