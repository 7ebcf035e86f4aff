using System.Globalization;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Verification;

namespace AirportOps.Cli.Verification;

/// <summary>How ledgers and what was stored compare, over all stages.</summary>
/// <param name="Silver">Ledger against Silver and quarantine.</param>
/// <param name="Staging">Staging's counts; null when the warehouse was left out.</param>
/// <param name="ExpectedLegs">Flight legs that the ledgers' rows make.</param>
/// <param name="EqualLegs">Legs in Gold that equal them in every field.</param>
/// <param name="GoldDifferences">What differs in Gold, the first few.</param>
/// <param name="GoldDifferenceCount">How many differences there are in Gold.</param>
internal sealed record ReconciliationOutcome(
    ReconciliationReport Silver,
    StagingCounts? Staging,
    int ExpectedLegs,
    int EqualLegs,
    IReadOnlyList<string> GoldDifferences,
    long GoldDifferenceCount)
{
    /// <summary>Everything that differs, spelled out.</summary>
    internal IReadOnlyList<string> Differences =>
    [
        .. Silver.Differences,
        .. Silver.Windows.Balances ? Array.Empty<string>() : ["the windows' events are not their rows, duplicates and refusals together"],
        .. StagingBalances
            ? Array.Empty<string>()
            : [string.Create(CultureInfo.InvariantCulture, $"Silver has {Silver.Windows.Rows} rows, staging {Staging!.Rows} and {Staging.Duplicates} dropped: run 'load'")],
        .. GoldDifferences,
    ];

    /// <summary>How many differences there are in all.</summary>
    internal long DifferenceCount =>
        Silver.DifferenceCount + GoldDifferenceCount + (Silver.Windows.Balances ? 0 : 1) + (StagingBalances ? 0 : 1);

    /// <summary>Whether nothing differs.</summary>
    internal bool Agrees => DifferenceCount == 0;

    private bool StagingBalances => Staging is null || Staging.Rows + Staging.Duplicates == Silver.Windows.Rows;

    /// <summary>The comparison as a result to print.</summary>
    /// <param name="withScores">Whether the score by kind of mess belongs to it.</param>
    internal Result ToResult(bool withScores) => new()
    {
        ["agrees"] = Agrees,
        ["ledger"] = new Result
        {
            ["events"] = Silver.LedgerEvents,
            ["rows"] = Silver.ExpectedRows,
            ["duplicates"] = Silver.ExpectedDuplicates,
            ["refused"] = Silver.ExpectedRefused,
        },
        ["silver"] = new Result
        {
            ["records"] = Silver.Windows.Records,
            ["events"] = Silver.Windows.Events,
            ["rows"] = Silver.Windows.Rows,
            ["duplicates"] = Silver.Windows.Duplicates,
            ["refused"] = Silver.Windows.RefusedEvents,
        },
        ["equal"] = new Result { ["rows"] = Silver.MatchingRows, ["refused"] = Silver.MatchingRefused },
        ["of_other_sources"] = Silver.OtherRows,
        ["staging"] = Staging is null ? null : new Result { ["rows"] = Staging.Rows, ["duplicates"] = Staging.Duplicates },
        ["gold_legs"] = Staging is null ? null : new Result { ["expected"] = ExpectedLegs, ["equal"] = EqualLegs },
        ["score"] = withScores ? ScoreTable.ToResult(Silver.Scores) : null,
        ["difference_count"] = DifferenceCount,
        ["differences"] = Differences,
    };
}
