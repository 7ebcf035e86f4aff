using AirportOps.Chaos.Planning;
using AirportOps.Chaos.Rounds;

namespace AirportOps.Chaos.Tests;

/// <summary>A few short rounds with real processes; <c>./dev chaos</c> runs many.</summary>
public sealed class RoundTests(ITestOutputHelper output)
{
    private static readonly RoundSize Short = new() { Events = 4_000, Rate = 500 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_happens_to_the_pipeline_nothing_is_lost_nor_doubled_and_nobody_is_needed(int seed)
    {
        var said = new StringWriter();
        var results = await new Certificate(said).RunAsync(seed, rounds: 1, Short, keepsFailed: false, Token);

        output.WriteLine(said.ToString());
        Assert.True(Assert.Single(results).HasPassed, said.ToString());
    }
}
