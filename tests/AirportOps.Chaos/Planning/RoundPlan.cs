namespace AirportOps.Chaos.Planning;

/// <summary>How large the rounds are and what may happen in them.</summary>
internal sealed record RoundSize
{
    /// <summary>Events sent.</summary>
    public int Events { get; init; } = 15_000;

    /// <summary>Events sent a second.</summary>
    public int Rate { get; init; } = 1_000;

    /// <summary>The one kind of hurt; null for all.</summary>
    public HurtKind? Only { get; init; }

    /// <summary>How long sending takes when nothing disturbs it.</summary>
    public TimeSpan Sending => TimeSpan.FromSeconds((double)Events / Rate);
}

/// <summary>The plan of a round. The same seed and size give the same plan.</summary>
/// <param name="Seed">Where all luck comes from.</param>
/// <param name="Layout">How the stages are spread over processes.</param>
/// <param name="HasOwnServer">Whether the warehouse is a server that only the round starts and stops; else a private cluster.</param>
/// <param name="Shards">Shards of the stream.</param>
/// <param name="WindowSeconds">How long a window of Silver gathers.</param>
/// <param name="DrainsApart">Whether what is left at the end is worked off stage by stage; else by one <c>run --once</c>.</param>
/// <param name="Hurts">What is done, in order of time.</param>
internal sealed record RoundPlan(
    int Seed, StageLayout Layout, bool HasOwnServer, int Shards, double WindowSeconds, bool DrainsApart, IReadOnlyList<Hurt> Hurts)
{
    private const int FewestHurts = 5;
    private const int MostHurts = 10;
    private const double ShareOfLateServers = 0.3;

    private static readonly TimeSpan LongestHurt = TimeSpan.FromSeconds(5);

    /// <summary>How often each kind is drawn beside the others.</summary>
    private static readonly (HurtKind Kind, int Weight)[] Weights =
    [
        (HurtKind.Kill, 6), (HurtKind.Freeze, 2), (HurtKind.Stop, 2), (HurtKind.Second, 1), (HurtKind.Source, 1), (HurtKind.Verb, 2),
        (HurtKind.Backend, 2), (HurtKind.Postmaster, 1), (HurtKind.Server, 2),
    ];

    /// <summary>Draws the plan of a round.</summary>
    internal static RoundPlan Draw(int seed, RoundSize size)
    {
        var random = new Random(seed);
        var layouts = Enum.GetValues<StageLayout>();
        var layout = layouts[random.Next(layouts.Length)];
        var hasOwnServer = random.Next(2) == 0 || size.Only is HurtKind.Late;
        var shards = random.Next(1, 5);
        var windowSeconds = random.Next(2, 11) / 10.0;
        var drainsApart = random.Next(2) == 0;
        var hurts = new List<Hurt>();
        if (hasOwnServer && (size.Only is HurtKind.Late || (size.Only is null && random.NextDouble() < ShareOfLateServers)))
        {
            hurts.Add(new Hurt(HurtKind.Late, TimeSpan.Zero, Time(LongestHurt), random.Next()));
        }

        var count = size.Only is HurtKind.Late ? 0 : random.Next(FewestHurts, MostHurts + 1);
        for (var i = 0; i < count; i++)
        {
            hurts.Add(new Hurt(size.Only ?? DrawKind(), Time(size.Sending), Time(LongestHurt), random.Next()));
        }

        return new RoundPlan(seed, layout, hasOwnServer, shards, windowSeconds, drainsApart, [.. hurts.OrderBy(hurt => hurt.At)]);

        TimeSpan Time(TimeSpan most) => TimeSpan.FromMilliseconds(random.Next((int)most.TotalMilliseconds));

        HurtKind DrawKind()
        {
            var draw = random.Next(Weights.Sum(one => one.Weight));
            return Weights.First(one => (draw -= one.Weight) < 0).Kind;
        }
    }
}
