namespace AirportOps.Warehouse.Gold;

/// <summary>What a build of the star schema did, or several one after the other.</summary>
/// <param name="BuildNumber">Its number in <c>ops.gold_build</c>, the last one's; 0 when there was nothing to do.</param>
/// <param name="Batches">Windows it took.</param>
/// <param name="Legs">Flight legs they touched.</param>
/// <param name="Inserted">Legs new in the fact.</param>
/// <param name="Changed">Legs whose row changed.</param>
public readonly record struct GoldBuildOutcome(long BuildNumber, long Batches, long Legs, long Inserted, long Changed)
{
    /// <summary>Keys that were set aside because a step failed of them.</summary>
    public long SetAside { get; init; }

    /// <summary>Keys that a retry took up, those that were set aside again among them.</summary>
    public long TakenUp { get; init; }

    /// <summary>This build and a later one.</summary>
    internal GoldBuildOutcome Then(in GoldBuildOutcome later) => new(
        Math.Max(BuildNumber, later.BuildNumber),
        Batches + later.Batches,
        Legs + later.Legs,
        Inserted + later.Inserted,
        Changed + later.Changed)
    {
        SetAside = SetAside + later.SetAside,
        TakenUp = TakenUp + later.TakenUp,
    };
}
