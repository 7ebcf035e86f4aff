using Dapper;
using Npgsql;

namespace AirportOps.Warehouse.Migrations;

/// <summary>
/// What has been applied: <c>ops.migration</c>, and for versioned scripts also <c>schemaversions</c>, DbUp's table, so that DbUp can take over
/// and what it applied counts here.
/// </summary>
internal sealed class MigrationJournal(NpgsqlConnection connection)
{
    // 'airp' in ASCII: an advisory lock is any number that all runners agree on.
    private const long LockNumber = 0x61697270;

    /// <summary>Waits until no other runner is at work on this database; held until the connection closes. PostgreSQL's own.</summary>
    internal Task LockAsync(CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "SELECT pg_advisory_lock(@LockNumber)", new { LockNumber }, cancellationToken: cancellationToken));

    /// <summary>
    /// Waits until no other runner's transaction holds this lock; held until the transaction ends, in which it must come first. For Redshift,
    /// which has no advisory locks.
    /// </summary>
    internal Task LockTableAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition("LOCK TABLE ops.migration_lock", transaction: transaction, cancellationToken: cancellationToken));

    /// <summary>Whether a script has been applied; a repeatable one with this content.</summary>
    internal Task<bool> HasAsync(Script script, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT COUNT(*) > 0 FROM ops.migration WHERE script_name = @Name AND (kind = 'versioned' OR checksum = @Checksum)",
            new { script.Name, script.Checksum },
            transaction,
            cancellationToken: cancellationToken));

    internal async Task CreateAsync(Script definition, WarehouseEngine engine, CancellationToken cancellationToken)
    {
        foreach (var statement in definition.Statements(engine))
        {
            await connection.ExecuteAsync(new CommandDefinition(statement.Text, cancellationToken: cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>What has been applied, by name; a database without a journal has nothing.</summary>
    internal async Task<Dictionary<string, AppliedScript>> ReadAsync(CancellationToken cancellationToken)
    {
        var applied = new Dictionary<string, AppliedScript>(StringComparer.Ordinal);
        if (await ExistsAsync("public", "schemaversions", cancellationToken).ConfigureAwait(false))
        {
            foreach (var name in await connection.QueryAsync<string>(new CommandDefinition(
                "SELECT scriptname FROM public.schemaversions", cancellationToken: cancellationToken)).ConfigureAwait(false))
            {
                applied[name] = new AppliedScript(name, ScriptKind.Versioned, null, null, null);
            }
        }

        if (await ExistsAsync("ops", "migration", cancellationToken).ConfigureAwait(false))
        {
            foreach (var row in await connection.QueryAsync<(string Name, string Kind, string Checksum, DateTime AppliedAt, long DurationMs)>(
                new CommandDefinition(
                    "SELECT script_name, kind, checksum, applied_at, duration_ms FROM ops.migration", cancellationToken: cancellationToken))
                .ConfigureAwait(false))
            {
                applied[row.Name] = new AppliedScript(
                    row.Name,
                    Enum.Parse<ScriptKind>(row.Kind, ignoreCase: true),
                    row.Checksum,
                    new DateTimeOffset(DateTime.SpecifyKind(row.AppliedAt, DateTimeKind.Utc)),
                    TimeSpan.FromMilliseconds(row.DurationMs));
            }
        }

        return applied;
    }

    /// <summary>Notes a script as applied, in the transaction that applied it.</summary>
    internal async Task WriteAsync(
        Script script,
        int statements,
        DateTimeOffset appliedAt,
        TimeSpan duration,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        var row = new
        {
            script.Name,
            Kind = script.Kind.ToString().ToLowerInvariant(),
            script.Checksum,
            // Without a zone: Redshift takes no timestamptz as a parameter.
            AppliedAt = DateTime.SpecifyKind(appliedAt.UtcDateTime, DateTimeKind.Unspecified),
            DurationMs = (long)duration.TotalMilliseconds,
            Statements = statements,
        };
        await ExecuteAsync("DELETE FROM ops.migration WHERE script_name = @Name").ConfigureAwait(false);
        await ExecuteAsync(
            """
            INSERT INTO ops.migration (script_name, kind, checksum, applied_at, duration_ms, statements)
            VALUES (@Name, @Kind, @Checksum, @AppliedAt, @DurationMs, @Statements)
            """).ConfigureAwait(false);
        if (script.Kind == ScriptKind.Versioned)
        {
            await ExecuteAsync(
                """
                INSERT INTO public.schemaversions (scriptname, applied)
                SELECT @Name, @AppliedAt
                WHERE NOT EXISTS (SELECT 1 FROM public.schemaversions v WHERE v.scriptname = @Name)
                """).ConfigureAwait(false);
        }

        Task<int> ExecuteAsync(string sql) =>
            connection.ExecuteAsync(new CommandDefinition(sql, row, transaction, cancellationToken: cancellationToken));
    }

    /// <summary>Whether a table or view is there that the user may see.</summary>
    internal Task<bool> ExistsAsync(string schema, string table, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT COUNT(*) > 0 FROM information_schema.tables WHERE table_schema = @schema AND table_name = @table",
            new { schema, table },
            cancellationToken: cancellationToken));
}
