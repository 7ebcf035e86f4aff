using System.Diagnostics;
using System.Globalization;
using AirportOps.Cleaning.Oracle.Tests.Fuzzing;

namespace AirportOps.Cleaning.Oracle.Tests;

/// <summary>Events edited at random: the cleaner gives what the oracle gives. A round is a seed's records, cleaned in their order.</summary>
public sealed class FuzzTests
{
    private const int RecordsInRound = 200;
    private const int Rounds = 60;
    private const int MaxDifferences = 200;
    private const string MinutesVariable = "AIRPORTOPS_FUZZ_MINUTES";
    private const string SeedVariable = "AIRPORTOPS_FUZZ_SEED";

    /// <summary>2026-03-20T00:00:00Z.</summary>
    private const long FirstArrival = 1_773_964_800_000_000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Rounds)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_cleaner_gives_what_the_oracle_gives_for_a_round_of_edited_events(int seed)
    {
        var difference = Differences(seed).FirstOrDefault();

        Assert.True(difference is null, difference);
    }

    [Fact]
    public void The_cleaner_gives_what_the_oracle_gives_for_as_long_as_is_asked()
    {
        // Unasked, a second of it, so that the long run itself is known to work.
        var asked = Environment.GetEnvironmentVariable(MinutesVariable) ?? "0.02";
        var end = TimeSpan.FromMinutes(double.Parse(asked, CultureInfo.InvariantCulture));
        var differences = new List<string>();
        var clock = Stopwatch.StartNew();

        // Seeds from where the bounded rounds end, so that a long run finds what they don't.
        var first = int.Parse(Environment.GetEnvironmentVariable(SeedVariable) ?? $"{Rounds + 1}", CultureInfo.InvariantCulture);
        var seed = first;
        while (clock.Elapsed < end && differences.Count < MaxDifferences)
        {
            differences.AddRange(Differences(seed++));
        }

        TestContext.Current.SendDiagnosticMessage($"{seed - first} rounds of {RecordsInRound} records, {differences.Count} differ");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(MaxDifferences)));
    }

    private static IEnumerable<string> Differences(int seed)
    {
        var random = new Random(seed);
        var (records, comparison, arrived) = (new RecordFuzz(random), new Comparison(), FirstArrival);
        for (var number = 1; number <= RecordsInRound; number++)
        {
            // A round takes about two days of arrival, so that ids are forgotten, too.
            arrived += random.Next(0, 1_800) * 1_000_000L;
            if (comparison.Difference(records.Next(), arrived) is { } difference)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"seed {seed}, record {number}: {difference}");
            }
        }
    }
}
