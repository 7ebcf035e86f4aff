using System.Globalization;
using AirportOps.Chaos.Planning;
using AirportOps.Simulator;

namespace AirportOps.Chaos.Feeding;

/// <summary>What a round's source sends: the same as <c>simulate</c> with <see cref="Arguments"/>, byte for byte.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Rate">Events a second.</param>
/// <param name="Seed">Where all luck comes from.</param>
/// <param name="Shards">Shards of the stream.</param>
internal sealed record SourceOptions(int Events, int Rate, int Seed, int Shards)
{
    private const double Mess = 0.3;

    /// <summary>A day of the past, so that no event lies ahead of its arrival.</summary>
    private static readonly DateOnly Day = new(2024, 5, 17);

    /// <summary>The verb and its options but the ledger.</summary>
    internal string[] Arguments => Texts(
        $"simulate --events {Events} --rate {Rate} --seed {Seed} --mess {Mess} --date {Day:yyyy-MM-dd} --shards {Shards}");

    /// <summary>These options on a command line of <see cref="ResumedSource"/>.</summary>
    internal string[] Resumed => Texts($"{Events} {Rate} {Seed} {Shards}");

    /// <summary>The simulator's options, with the batches that <c>simulate</c> makes.</summary>
    internal SimulatorOptions Simulator => new()
    {
        Events = Events,
        Seed = (ulong)Seed,
        Mess = Mess,
        Date = Day,
        WithLedger = true,
        BatchEvents = Math.Clamp(Rate / 10, 1, 5_000),
    };

    /// <summary>Reads what <see cref="Resumed"/> wrote.</summary>
    internal static SourceOptions Parse(IReadOnlyList<string> texts)
    {
        var numbers = texts.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        return new SourceOptions(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    internal static SourceOptions Of(RoundPlan plan, RoundSize size) => new(size.Events, size.Rate, plan.Seed, plan.Shards);

    private static string[] Texts(FormattableString words) => words.ToString(CultureInfo.InvariantCulture).Split(' ');
}
