using System.Globalization;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Migrations;

/// <summary>
/// What has been applied: <c>ops.migration</c>, and for versioned scripts also <c>schemaversions</c>, DbUp's table, so that DbUp can take over
/// and what it applied counts here.
/// </summary>
internal sealed class MigrationJournal(IWarehouseSession session)
{
    // 'airp' in ASCII: an advisory lock is any number that all runners agree on.
    private const long LockNumber = 0x61697270;

    /// <summary>A query that gives a row once a script has been applied; a repeatable one with this content.</summary>
    internal static string Settled(Script script) =>
        $"SELECT 1 FROM ops.migration WHERE script_name = {SqlText.Quote(script.Name)} AND (kind = 'versioned' OR checksum = {SqlText.Quote(script.Checksum)})";

    /// <summary>Waits until no other runner is at work on this database; held until the session ends. PostgreSQL's own.</summary>
    internal Task LockAsync(CancellationToken cancellationToken) =>
        session.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({LockNumber})"), cancellationToken);

    /// <summary>
    /// Waits until no other runner's transaction holds this lock; held until the transaction ends, in which it must come first. For Redshift,
    /// which has no advisory locks.
    /// </summary>
    internal Task LockTableAsync(CancellationToken cancellationToken) => session.ExecuteAsync("LOCK TABLE ops.migration_lock", cancellationToken);

    /// <summary>Whether a script has been applied; a repeatable one with this content.</summary>
    internal async Task<bool> HasAsync(Script script, CancellationToken cancellationToken) =>
        (await session.QueryAsync(Settled(script), cancellationToken).ConfigureAwait(false)).Count > 0;

    internal Task CreateAsync(Script definition, WarehouseEngine engine, CancellationToken cancellationToken) =>
        session.ExecuteAllAsync([.. definition.Statements(engine).Select(statement => statement.Text)], cancellationToken);

    /// <summary>What has been applied, by name; a database without a journal has nothing.</summary>
    internal async Task<Dictionary<string, AppliedScript>> ReadAsync(CancellationToken cancellationToken)
    {
        var applied = new Dictionary<string, AppliedScript>(StringComparer.Ordinal);
        if (await ExistsAsync("public", "schemaversions", cancellationToken).ConfigureAwait(false))
        {
            foreach (var row in await session.QueryAsync("SELECT scriptname FROM public.schemaversions", cancellationToken).ConfigureAwait(false))
            {
                applied[row[0]!] = new AppliedScript(row[0]!, ScriptKind.Versioned, null, null, null);
            }
        }

        if (await ExistsAsync("ops", "migration", cancellationToken).ConfigureAwait(false))
        {
            foreach (var row in await session.QueryAsync(
                "SELECT script_name, kind, checksum, applied_at, duration_ms FROM ops.migration", cancellationToken).ConfigureAwait(false))
            {
                applied[row[0]!] = new AppliedScript(
                    row[0]!,
                    Enum.Parse<ScriptKind>(row[1]!, ignoreCase: true),
                    row[2],
                    DateTimeOffset.Parse(row[3]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                    TimeSpan.FromMilliseconds(ResultText.Number(row[4])));
            }
        }

        return applied;
    }

    /// <summary>Notes a script as applied, in the transaction that applied it.</summary>
    internal async Task WriteAsync(Script script, int statements, DateTimeOffset appliedAt, TimeSpan duration, CancellationToken cancellationToken)
    {
        var name = SqlText.Quote(script.Name);
        await session.ExecuteAsync($"DELETE FROM ops.migration WHERE script_name = {name}", cancellationToken).ConfigureAwait(false);
        await session.InsertAsync(
            "ops.migration",
            ["script_name", "kind", "checksum", "applied_at", "duration_ms", "statements"],
            [[script.Name, script.Kind.ToString().ToLowerInvariant(), script.Checksum, appliedAt.UtcDateTime, (long)duration.TotalMilliseconds, statements]],
            cancellationToken).ConfigureAwait(false);
        if (script.Kind == ScriptKind.Versioned)
        {
            var applied = SqlText.Literal(appliedAt.UtcDateTime, WarehouseEngine.Postgres);
            await session.ExecuteAsync(
                $"INSERT INTO public.schemaversions (scriptname, applied) SELECT {name}, {applied} "
                + $"WHERE NOT EXISTS (SELECT 1 FROM public.schemaversions v WHERE v.scriptname = {name})",
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a table or view is there that the user may see.</summary>
    internal async Task<bool> ExistsAsync(string schema, string table, CancellationToken cancellationToken) =>
        (await session.QueryAsync(
            $"SELECT 1 FROM information_schema.tables WHERE table_schema = {SqlText.Quote(schema)} AND table_name = {SqlText.Quote(table)}", cancellationToken)
            .ConfigureAwait(false)).Count > 0;
}
