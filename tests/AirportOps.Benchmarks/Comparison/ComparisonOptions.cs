using System.Globalization;

namespace AirportOps.Benchmarks.Comparison;

/// <summary>What to compare on.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>Events of the input, 1,000 to 100,000,000; 500,000.</summary>
    internal int Events { get; init; } = 500_000;

    /// <summary>The share of events that get something done to them, 0 to 1; 0.3.</summary>
    internal double Mess { get; init; } = 0.3;

    /// <summary>Runs of each contestant, 1 to 100; 5. Their medians are printed.</summary>
    internal int Runs { get; init; } = 5;

    /// <summary>Reads <c>--events N</c>, <c>--mess SHARE</c> and <c>--runs N</c>.</summary>
    /// <exception cref="ComparisonException">Another option, or a value out of its range.</exception>
    internal static ComparisonOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new ComparisonOptions();
        for (; args.Length > 0; args = args[2..])
        {
            options = args switch
            {
                ["--events", var text, ..] when Whole(text) is >= 1_000 and <= 100_000_000 and var events => options with { Events = events },
                ["--runs", var text, ..] when Whole(text) is >= 1 and <= 100 and var runs => options with { Runs = runs },
                ["--mess", var text, ..] when double.TryParse(text, CultureInfo.InvariantCulture, out var mess) && mess is >= 0 and <= 1 =>
                    options with { Mess = mess },
                _ => throw new ComparisonException(
                    $"'{string.Join(' ', args.ToArray())}' can't be read; expected --events 1000…100000000, --mess 0…1, --runs 1…100"),
            };
        }

        return options;
    }

    private static int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
