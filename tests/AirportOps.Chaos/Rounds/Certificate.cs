using System.Globalization;
using AirportOps.Chaos.Planning;

namespace AirportOps.Chaos.Rounds;

/// <summary>Runs rounds one after another and says of each how it ended, and at the end what was tried and found.</summary>
/// <param name="output">Takes a line a round and the table.</param>
internal sealed class Certificate(TextWriter output)
{
    /// <summary>Runs them.</summary>
    /// <param name="firstSeed">The first round's seed; each next one's is one more.</param>
    /// <param name="rounds">How many.</param>
    /// <param name="size">How large, and what may happen.</param>
    /// <param name="keepsFailed">Whether folders of rounds that failed stay.</param>
    /// <param name="cancellationToken">Stops after ending what runs.</param>
    /// <returns>Every round's end.</returns>
    internal async Task<IReadOnlyList<RoundResult>> RunAsync(
        int firstSeed, int rounds, RoundSize size, bool keepsFailed, CancellationToken cancellationToken)
    {
        var results = new List<RoundResult>();
        for (var i = 0; i < rounds && !cancellationToken.IsCancellationRequested; i++)
        {
            RoundResult result;
            try
            {
                result = await new Round(RoundPlan.Draw(firstSeed + i, size), size, keepsFailed).RunAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await output.WriteLineAsync("stopped; the round under way does not count");
                break;
            }

            results.Add(result);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {i + 1}/{rounds}: {result.Line}"));
            if (!result.HasPassed)
            {
                await WriteFaultsAsync(result, size);
            }
        }

        await WriteTableAsync(results);
        return results;
    }

    private async Task WriteFaultsAsync(RoundResult result, RoundSize size)
    {
        foreach (var fault in result.Faults)
        {
            await output.WriteLineAsync($"  fault: {fault}");
        }

        await output.WriteLineAsync($"  planned: {string.Join("; ", result.Plan.Hurts)}");
        var only = size.Only is { } kind ? $" --only {kind.ToString().ToLowerInvariant()}" : "";
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  repeat: ./dev chaos --rounds 1 --seed {result.Plan.Seed} --events {size.Events} --rate {size.Rate}{only}"));
        foreach (var line in result.LastLines)
        {
            await output.WriteLineAsync($"  {line}");
        }
    }

    private async Task WriteTableAsync(IReadOnlyList<RoundResult> results)
    {
        await output.WriteLineAsync("\nhurt         times  rounds");
        foreach (var kind in Enum.GetValues<HurtKind>())
        {
            var applied = results.Select(result => result.Applied.GetValueOrDefault(kind)).Where(times => times > 0).ToList();
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{kind.ToString().ToLowerInvariant(),-12} {applied.Sum(),5} {applied.Count,7}"));
        }

        var passed = results.Count(result => result.HasPassed);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n{passed} passed, {results.Count - passed} failed"));
    }
}
