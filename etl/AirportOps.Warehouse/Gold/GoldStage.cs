using AirportOps.Pipeline;

namespace AirportOps.Warehouse.Gold;

/// <summary>Keeps the star schema up to date with staging: build after build. Where to go on is read from the warehouse's own books.</summary>
/// <param name="warehouse">The warehouse.</param>
/// <param name="build">One build.</param>
/// <param name="clock">Paces the builds.</param>
public sealed class GoldStage(IWarehouse warehouse, GoldBuild build, TimeProvider clock)
{
    /// <summary>How long staging gathers before the star schema is brought up to date.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// From the end of a build to the next one's start on Redshift, where a build costs seconds whatever it finds, and asking keeps a serverless
    /// workgroup awake.
    /// </summary>
    private static readonly TimeSpan RedshiftInterval = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Counts what has been loaded, where the loader runs in this process: on Redshift nothing is built until it grows. Null: every interval is asked for.
    /// </summary>
    public Func<long>? Loads { get; init; }

    /// <summary>Builds until cancelled, or until everything is built after a drain was requested.</summary>
    /// <param name="drain">Requested once nothing more is loaded.</param>
    /// <param name="progress">Records: windows built. Rows: legs inserted or changed. Outputs: builds that had something to build.</param>
    /// <param name="cancellationToken">Stops between two builds or rolls one back.</param>
    public async Task RunAsync(Drain drain, StageProgress progress, CancellationToken cancellationToken)
    {
        var isRedshift = warehouse.Engine == WarehouseEngine.Redshift;
        using var age = new GoldAge(clock);
        while (true)
        {
            var isLastBuild = drain.IsRequested;
            var loads = Loads?.Invoke();
            var started = clock.GetTimestamp();
            var outcome = await build.RunAsync(cancellationToken).ConfigureAwait(false);
            age.BuiltFrom(started);
            progress.Add(records: outcome.Batches, rows: outcome.Inserted + outcome.Changed, outputs: outcome.Batches > 0 ? 1 : 0);
            progress.Works();
            if (isLastBuild)
            {
                progress.Complete();
                return;
            }

            // From start to start: a build that took longer is followed at once, while what waits is little.
            var pause = isRedshift ? RedshiftInterval : Interval - clock.GetElapsedTime(started);
            if (pause > TimeSpan.Zero)
            {
                await drain.WaitAsync(pause, clock, cancellationToken).ConfigureAwait(false);
            }

            while (isRedshift && loads is not null && !drain.IsRequested && Loads!() == loads)
            {
                // Nothing to build: the star is as new as can be.
                progress.Touch();
                age.BuiltFrom(clock.GetTimestamp());
                await drain.WaitAsync(RedshiftInterval, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
