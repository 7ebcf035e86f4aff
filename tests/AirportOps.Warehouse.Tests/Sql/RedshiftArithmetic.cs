using System.Globalization;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Tests.Sql;

/// <summary>
/// Finds casts that some value of the facts' types overflows. PostgreSQL reckons with decimals of any length and Redshift with 38 digits, so that a run on
/// PostgreSQL proves nothing about them: sums of INTEGER have 19 digits before the point, means of it 10, and DATEDIFF is a BIGINT.
/// </summary>
internal static class RedshiftArithmetic
{
    private const int SumDigits = 19;
    private const int MeanDigits = 10;

    /// <summary>What is wrong, each as <c>file line: reason</c>.</summary>
    internal static IEnumerable<string> Check(string file, string script)
    {
        var tokens = SqlLexer.Tokens(script).Where(token => token.IsCode).ToList();
        for (var index = 0; index + 1 < tokens.Count; index++)
        {
            if (tokens[index].Is("CAST") && tokens[index + 1].IsSymbol('(') && Fault(tokens, index) is { } reason)
            {
                yield return $"{file} line {tokens[index].Line}: {reason}";
            }
        }
    }

    private static string? Fault(List<SqlToken> tokens, int cast)
    {
        var end = Close(tokens, cast + 1);
        var target = Enumerable.Range(cast, end - cast).Last(index => tokens[index].Is("AS"));
        var value = tokens[(cast + 2)..target];
        if (tokens[target + 1].Is("INTEGER"))
        {
            return value[0].Is("DATEDIFF") && value.Exists(token => token.Is("minute")) && !IsGuarded(tokens, cast, value)
                ? "minutes between any two instants need 33 bits: ask BETWEEN -2147483648 AND 2147483647 first"
                : null;
        }

        if (!tokens[target + 1].Is("DECIMAL"))
        {
            return null;
        }

        var digits = Number(tokens[target + 3]) - Number(tokens[target + 5]);
        return value switch
        {
            [var sum, ..] when sum.Is("SUM") && digits < SumDigits => $"a sum has up to {SumDigits} digits, {digits} fit",
            [var mean, ..] when (mean.Is("ROUND") || mean.Is("PERCENTILE_CONT")) && !IsShare(value) && digits < MeanDigits =>
                $"a mean of integers has up to {MeanDigits} digits, {digits} fit",
            _ => null,
        };
    }

    /// <summary>Whether the condition of the WHEN around a cast bounds the same expression.</summary>
    private static bool IsGuarded(List<SqlToken> tokens, int cast, List<SqlToken> value)
    {
        var condition = tokens.FindLastIndex(cast, token => token.Is("WHEN"));
        return condition >= 0 && string.Join(' ', tokens[condition..cast].Select(token => token.Text))
            .Contains($"{string.Join(' ', value.Select(token => token.Text))} BETWEEN - 2147483648 AND 2147483647", StringComparison.Ordinal);
    }

    /// <summary>What is bounded by its own definition: parts of a whole, a distance on Earth, a weight, which another test holds to its range.</summary>
    private static bool IsShare(List<SqlToken> value) => value.Exists(token =>
        token.Is("on_time_arrivals") || token.Is("load_factor") || token.Is("ASIN") || token.Is("mishandled") || token.Is("weight_kg") || token.Is("passengers")
        || token.Is("turnaround_minutes"));

    private static int Close(List<SqlToken> tokens, int open)
    {
        var depth = 0;
        for (var index = open; ; index++)
        {
            depth += tokens[index].IsSymbol('(') ? 1 : tokens[index].IsSymbol(')') ? -1 : 0;
            if (depth == 0)
            {
                return index;
            }
        }
    }

    private static int Number(SqlToken token) => int.Parse(token.Text, CultureInfo.InvariantCulture);
}
