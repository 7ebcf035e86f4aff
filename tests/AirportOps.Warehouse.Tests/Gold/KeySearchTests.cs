using AirportOps.Reliability;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Sessions;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>The search for keys that fail finds them all, in a bounded number of trials.</summary>
public sealed class KeySearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Keys_that_fail_are_found_within_two_k_log_n_trials(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var keys = random.Next(1, 3_000);
            var poison = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.NextInt64(1, keys + 1)).ToHashSet();
            var built = 0L;
            var search = new KeySearch(span => Task.FromResult(Trial(span, ref built, poison.Contains)), maxKeys: 100);

            await search.HalveAsync(1, keys);

            Assert.True(poison.SetEquals(search.Found.Keys), $"seed {seed}, round {round}: {string.Join(' ', poison)} of {keys}");
            Assert.All(search.Found, found => Assert.Equal($"key {found.Key}", found.Value.Step));
            Assert.InRange(search.Trials, 1, 2 * poison.Count * ((int)Math.Ceiling(Math.Log2(keys)) + 1));
            Assert.InRange(built, 0, (long)keys * ((int)Math.Ceiling(Math.Log2(poison.Count)) + 3));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Keys_that_fail_only_together_are_parted_by_the_last_of_the_shortest_run(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var keys = random.Next(2, 3_000);
            var pairs = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (A: random.NextInt64(1, keys + 1), B: random.NextInt64(1, keys + 1))).Where(pair => pair.A != pair.B).ToList();
            var built = 0L;
            KeySearch search = null!;
            search = new KeySearch(span => Task.FromResult(Trial(span, ref built, key => pairs.Exists(pair => Math.Max(pair.A, pair.B) == key && Has(span, Math.Min(pair.A, pair.B))))), maxKeys: 100);

            await search.HalveAsync(1, keys);
            while (await search.LastOfShortestAsync(keys))
            {
            }

            Assert.DoesNotContain(pairs, pair => !search.Found.ContainsKey(pair.A) && !search.Found.ContainsKey(pair.B));
            Assert.InRange(search.Found.Count, 0, pairs.Count);
        }
    }

    [Fact]
    public async Task The_search_ends_where_there_are_too_many()
    {
        var built = 0L;
        var search = new KeySearch(span => Task.FromResult(Trial(span, ref built, _ => true)), maxKeys: 10);

        await search.HalveAsync(1, 1 << 20);

        Assert.True(search.IsOver);
        Assert.InRange(search.Trials, 11, 60);
    }

    private static bool Has(KeySpan span, long key) => key >= span.First && key <= span.Last && !span.Without.Contains(key);

    private static StepFailureException? Trial(KeySpan span, ref long built, Func<long, bool> isPoison)
    {
        built += Math.Max(0, span.Last - span.First + 1);
        for (var key = span.First; key <= span.Last; key++)
        {
            if (!span.Without.Contains(key) && isPoison(key))
            {
                return new StepFailureException($"key {key}", "fails", new StatementException("here", "no", Fault.Operator, null));
            }
        }

        return null;
    }
}
