using System.Globalization;
using AirportOps.Benchmarks.Comparison;

namespace AirportOps.Benchmarks.Freshness;

/// <summary>How much to append, how fast, for how long.</summary>
internal sealed record FreshnessOptions
{
    /// <summary>Events a second on average, in bursts as <c>simulate --rate</c> sends them, 1 to 100,000; 3,000.</summary>
    internal int Rate { get; init; } = 3_000;

    /// <summary>Seconds of appending, 5 to 86,400; 240.</summary>
    internal int Seconds { get; init; } = 240;

    /// <summary>The program to measure, a script or a <c>.dll</c>; <c>./airportops</c>.</summary>
    internal string Program { get; init; } = Path.Combine(RepositoryFolder.Root, "airportops");

    /// <summary>Reads <c>--rate N</c>, <c>--seconds S</c> and <c>--program FILE</c>.</summary>
    /// <exception cref="ComparisonException">Another option, or a value out of its range.</exception>
    internal static FreshnessOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new FreshnessOptions();
        for (; args.Length > 0; args = args[2..])
        {
            options = args switch
            {
                ["--rate", var text, ..] when Whole(text) is >= 1 and <= 100_000 and var rate => options with { Rate = rate },
                ["--seconds", var text, ..] when Whole(text) is >= 5 and <= 86_400 and var seconds => options with { Seconds = seconds },
                ["--program", var file, ..] when File.Exists(file) => options with { Program = Path.GetFullPath(file) },
                _ => throw new ComparisonException(
                    $"'{string.Join(' ', args.ToArray())}' can't be read; expected --rate 1…100000, --seconds 5…86400, --program FILE"),
            };
        }

        return options;
    }

    private static int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
