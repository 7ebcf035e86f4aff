using System.Globalization;
using AirportOps.Benchmarks.Comparison;

namespace AirportOps.Benchmarks.Load;

/// <summary>What to compare loads on.</summary>
internal sealed record LoadOptions
{
    /// <summary>Simulated events that are cleaned into Silver before, 1,000 to 100,000,000; 500,000.</summary>
    internal int Events { get; init; } = 500_000;

    /// <summary>Runs of each contestant, 1 to 100; 5. Their medians are printed.</summary>
    internal int Runs { get; init; } = 5;

    /// <summary>Reads <c>--events N</c> and <c>--runs N</c>.</summary>
    /// <exception cref="ComparisonException">Another option, or a value out of its range.</exception>
    internal static LoadOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new LoadOptions();
        for (; args.Length > 0; args = args[2..])
        {
            options = args switch
            {
                ["--events", var text, ..] when Whole(text) is >= 1_000 and <= 100_000_000 and var events => options with { Events = events },
                ["--runs", var text, ..] when Whole(text) is >= 1 and <= 100 and var runs => options with { Runs = runs },
                _ => throw new ComparisonException($"'{string.Join(' ', args.ToArray())}' can't be read; expected --events 1000…100000000, --runs 1…100"),
            };
        }

        return options;
    }

    private static int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
