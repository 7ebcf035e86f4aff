using System.Globalization;
using AirportOps.Benchmarks.Comparison;

namespace AirportOps.Benchmarks.Kinesis;

/// <summary>What to compare writing and reading on.</summary>
internal sealed record KinesisOptions
{
    /// <summary>Simulated events in each round, 1,000 to 1,000,000; 40,000.</summary>
    internal int Events { get; init; } = 40_000;

    /// <summary>Rounds of all contestants, 1 to 100; 5. Their medians are printed.</summary>
    internal int Runs { get; init; } = 5;

    /// <summary>Records handed to the writer at once, 1 to 1,000,000; 10,000, as <c>simulate</c> does.</summary>
    internal int Call { get; init; } = 10_000;

    /// <summary>Reads <c>--events N</c>, <c>--runs N</c> and <c>--call N</c>.</summary>
    /// <exception cref="ComparisonException">Another option, or a value out of its range.</exception>
    internal static KinesisOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new KinesisOptions();
        for (; args.Length > 0; args = args[2..])
        {
            options = args switch
            {
                ["--events", var text, ..] when Whole(text) is >= 1_000 and <= 1_000_000 and var events => options with { Events = events },
                ["--runs", var text, ..] when Whole(text) is >= 1 and <= 100 and var runs => options with { Runs = runs },
                ["--call", var text, ..] when Whole(text) is >= 1 and <= 1_000_000 and var call => options with { Call = call },
                _ => throw new ComparisonException(
                    $"'{string.Join(' ', args.ToArray())}' can't be read; expected --events 1000…1000000, --runs 1…100, --call 1…1000000"),
            };
        }

        return options;
    }

    private static int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
