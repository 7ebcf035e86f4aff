using System.Globalization;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Verification;

namespace AirportOps.Cli.Verification;

/// <summary>The score by kind of mess, as a table and as a result.</summary>
internal static class ScoreTable
{
    private static readonly string[] Header = ["mess", "events>", "expected>", "given>", "precision %>", "recall %>", "rows>", "equal values %>"];

    /// <summary>Writes the table.</summary>
    internal static void Write(TextWriter output, IReadOnlyList<MessScore> scores) => TextTable.Write(
        output,
        Header,
        [.. scores.Select(score => new[]
        {
            score.Kind,
            Number(score.Events),
            Number(score.Expected),
            Number(score.Given),
            Percent(score.Precision),
            Percent(score.Recall),
            Number(score.Rows),
            Percent(score.Equality),
        })]);

    /// <summary>The same as results; shares are of 1, null where there is nothing to share.</summary>
    internal static IEnumerable<Result> ToResult(IReadOnlyList<MessScore> scores) => scores.Select(score => new Result
    {
        ["mess"] = score.Kind,
        ["events"] = score.Events,
        ["expected"] = score.Expected,
        ["given"] = score.Given,
        ["right"] = score.Right,
        ["precision"] = score.Precision,
        ["recall"] = score.Recall,
        ["rows"] = score.Rows,
        ["equal_rows"] = score.EqualRows,
        ["equality"] = score.Equality,
    });

    /// <summary>Cut off, not rounded: 100 says that nothing is wrong.</summary>
    private static string Percent(double? share) => share is { } part
        ? (Math.Floor(part * 100_000) / 1000).ToString("0.###", CultureInfo.InvariantCulture)
        : "–";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
