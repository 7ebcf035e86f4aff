using AirportOps.Reliability;
using AirportOps.Warehouse.Sessions;

namespace AirportOps.Warehouse.Migrations;

/// <summary>Compares a warehouse's schema with this program's scripts, for whoever reads or fills it and must not migrate it. Changes nothing.</summary>
/// <param name="warehouse">The warehouse.</param>
/// <param name="folder">The program's scripts.</param>
public sealed class SchemaVersion(IWarehouse warehouse, ScriptFolder folder)
{
    private const string MigrateUp = "Run './airportops migrate up' with the same --warehouse.";

    /// <summary>Returns when the schema is the program's.</summary>
    /// <exception cref="MigrationException">It is not, see <see cref="DifferenceAsync"/>.</exception>
    /// <exception cref="WarehouseException">The warehouse can't be reached.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await DifferenceAsync(cancellationToken).ConfigureAwait(false) is { } difference)
        {
            throw difference;
        }
    }

    /// <summary>What is wrong with the schema; null when it is the program's.</summary>
    /// <returns>
    /// That it is older or that there is none, a <see cref="Fault.Outside"/>: work goes on once somebody has migrated it; or that it is newer, a
    /// <see cref="Fault.Operator"/>.
    /// </returns>
    /// <exception cref="WarehouseException">The warehouse can't be reached.</exception>
    public async Task<MigrationException?> DifferenceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var session = await warehouse.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = session.ConfigureAwait(false);
            var journal = await new MigrationJournal(session).ReadAsync(cancellationToken).ConfigureAwait(false);
            return journal.Count == 0
                ? new MigrationException($"The warehouse at {warehouse.Location} has no schema yet. {MigrateUp}", Fault.Outside, null)
                : Difference(MigrationPlan.Compare(folder.Migrations(warehouse.Engine), journal));
        }
        catch (StatementException trouble)
        {
            throw trouble.As("could not be asked for its version");
        }
    }

    private MigrationException? Difference(IReadOnlyList<(Script? Script, ScriptStatus Status)> plan)
    {
        var known = MigrationPlan.Known(plan);
        var newer = plan.FirstOrDefault(
            entry => entry.Status.State is ScriptState.Missing && string.CompareOrdinal(ScriptFolder.Number(entry.Status.Name), known) > 0).Status;
        if (newer is not null)
        {
            return new MigrationException(MigrationPlan.IsNewer(warehouse.Location, newer.Name, known), Fault.Operator, null) { Script = newer.Name };
        }

        var lacking = plan.FirstOrDefault(entry => entry.Status.State is ScriptState.Pending or ScriptState.Changed).Status;
        return lacking is null
            ? null
            : new MigrationException(
                $"The schema of the warehouse at {warehouse.Location} is older than this program: it lacks {lacking.Name}. {MigrateUp}", Fault.Outside, null)
            { Script = lacking.Name };
    }
}
