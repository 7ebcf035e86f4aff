using AirportOps.Simulator.Mess;

namespace AirportOps.Simulator;

/// <summary>What to simulate. The same options give the same bytes, on every platform.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The most events of a run.</summary>
    public const long MaxEvents = 1_000_000_000;

    private const double MaxWeight = 1_000_000;

    /// <summary>How many events to send, 1…1,000,000,000. Events, not records: a record may hold several. Duplicates and broken events count.</summary>
    public required long Events { get; init; }

    /// <summary>Where all luck comes from. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The share of events that get something done to them, 0…1. Default 0.3.</summary>
    public double Mess { get; init; } = 0.3;

    /// <summary>
    /// Weights of kinds of mess by id, over <see cref="DefaultMessWeights"/>; 0 switches a kind off. Default none. Only their proportions count.
    /// </summary>
    public IReadOnlyDictionary<string, double> MessWeights { get; init; } = new Dictionary<string, double>();

    /// <summary>The weight of every kind of mess, by id, where an option says nothing else.</summary>
    public static IReadOnlyDictionary<string, double> DefaultMessWeights => MessTable.DefaultWeights;

    /// <summary>The day of the run, in UTC, 2002-01-01…2099-12-31. The last events lie on it, earlier ones on as many days before as they need.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Whether to write down what a cleaner must make of every event. Default no; it costs about as much as the events.</summary>
    public bool WithLedger { get; init; }

    /// <summary>About how many events a batch holds, 1…100,000. Default 1,000. Does not change the records.</summary>
    public int BatchEvents { get; init; } = 1_000;

    /// <summary>Everything that is wrong with these options, a line each; empty when they can be used.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Events is < 1 or > MaxEvents)
        {
            faults.Add(FormattableString.Invariant($"Events is {Events}; it must be 1 to {MaxEvents}."));
        }

        if (!(Mess is >= 0 and <= 1))
        {
            faults.Add(FormattableString.Invariant($"Mess is {Mess}; it is a share, 0 to 1."));
        }

        foreach (var (kind, weight) in MessWeights.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!DefaultMessWeights.ContainsKey(kind))
            {
                faults.Add($"MessWeights names '{kind}'; the kinds are {string.Join(", ", DefaultMessWeights.Keys)}.");
            }

            if (!(weight is >= 0 and <= MaxWeight))
            {
                faults.Add(FormattableString.Invariant($"MessWeights gives '{kind}' {weight}; a weight is 0 to {MaxWeight}."));
            }
        }

        if (Date < new DateOnly(2002, 1, 1) || Date > new DateOnly(2099, 12, 31))
        {
            faults.Add(FormattableString.Invariant($"Date is {Date:yyyy-MM-dd}; it must be 2002-01-01 to 2099-12-31."));
        }

        if (BatchEvents is < 1 or > 100_000)
        {
            faults.Add(FormattableString.Invariant($"BatchEvents is {BatchEvents}; it must be 1 to 100000."));
        }

        return faults;
    }
}
