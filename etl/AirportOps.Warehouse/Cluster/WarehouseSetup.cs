using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace AirportOps.Warehouse.Cluster;

/// <summary>The database of a private cluster and the two who log in there: its owner, and a reader who has no way to change anything.</summary>
/// <remarks>
/// The reader is a login of its own because a role that is only taken on can be laid down again: RESET ROLE. What it reads, the group airportops_read of
/// R__roles.sql is granted. What everybody may do in a new PostgreSQL and a reader must not is taken back here: the server is the warehouse's alone.
/// </remarks>
internal static class WarehouseSetup
{
    /// <summary>The superuser, as whom the stages connect.</summary>
    internal const string Owner = "airportops";

    /// <summary>As whom <c>sql</c> connects.</summary>
    internal const string Reader = "airportops_sql";

    internal const string Database = "airportops";

    /// <summary>Where databases are created and dropped from.</summary>
    internal const string MaintenanceDatabase = "postgres";

    /// <summary>What the reader's sessions begin with. A session left open in a transaction would stop a Gold build that swaps tables.</summary>
    private static readonly string[] ReaderSettings =
        ["default_transaction_read_only=on", "search_path=public, shims", "idle_in_transaction_session_timeout=10min"];

    private const string Rules = $$"""
        DO $setup$
        DECLARE
            role_name NAME;
            side_effect REGPROCEDURE;
        BEGIN
            FOREACH role_name IN ARRAY ARRAY['airportops_load', 'airportops_build', 'airportops_read', '{{Reader}}']
            LOOP
                IF to_regrole(CAST(role_name AS TEXT)) IS NULL THEN EXECUTE format('CREATE ROLE %I', role_name); END IF;
            END LOOP;

            -- Functions that change something outside the tables, in a transaction that only reads too: large objects, other sessions, locks, the log.
            FOR side_effect IN
                SELECT p.oid
                FROM pg_catalog.pg_proc p
                WHERE p.pronamespace = CAST('pg_catalog' AS REGNAMESPACE)
                  AND (p.proname LIKE 'lo\_%' OR p.proname IN ('loread', 'lowrite') OR p.proname LIKE '%advisory%' OR p.proname IN (
                      'pg_terminate_backend', 'pg_cancel_backend', 'pg_notify', 'pg_export_snapshot', 'pg_logical_emit_message'))
            LOOP
                EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', side_effect);
                -- Loads and builds take turns by locks.
                IF CAST(side_effect AS TEXT) LIKE '%advisory%' THEN
                    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO airportops_load, airportops_build', side_effect);
                END IF;
            END LOOP;
        END
        $setup$;

        ALTER ROLE {{Reader}} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT PASSWORD NULL;
        GRANT airportops_read TO {{Reader}};
        REVOKE TEMPORARY, CREATE ON DATABASE {{Database}} FROM PUBLIC;
        GRANT TEMPORARY ON DATABASE {{Database}} TO airportops_load, airportops_build;
        REVOKE CONNECT ON DATABASE {{MaintenanceDatabase}}, template1 FROM PUBLIC;
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;

        -- Everybody may give away what was granted to himself (DROP OWNED), which would leave the next reader with nothing.
        CREATE OR REPLACE FUNCTION public.airportops_refuse_reader() RETURNS event_trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $refuse$
        BEGIN
            IF session_user = '{{Reader}}' THEN
                RAISE EXCEPTION 'permission denied: % changes the warehouse, and {{Reader}} only reads', tg_tag USING ERRCODE = 'insufficient_privilege';
            END IF;
        END
        $refuse$;
        REVOKE ALL ON FUNCTION public.airportops_refuse_reader() FROM PUBLIC;
        DROP EVENT TRIGGER IF EXISTS airportops_refuse_reader;
        CREATE EVENT TRIGGER airportops_refuse_reader ON ddl_command_start EXECUTE FUNCTION public.airportops_refuse_reader();
        """;

    /// <summary>In the database's comment: the setup that it has.</summary>
    private static readonly string Mark = "AirportOps " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rules + string.Concat(ReaderSettings))))[..12];

    /// <summary>A connection string for a database of the cluster.</summary>
    internal static string ConnectionString(ClusterHome home, string database, string user) => new NpgsqlConnectionStringBuilder
    {
        Host = home.SocketFolder,
        Port = ClusterHome.Port,
        Username = user,
        Database = database,
        ApplicationName = "airportops",
        Timeout = 10,
    }.ConnectionString;

    /// <summary>Connects; creates the warehouse's database where there is none, and sets it up where it has not been or by another version.</summary>
    /// <exception cref="NpgsqlException">The server does not answer or refuses.</exception>
    internal static async Task EnsureAsync(ClusterHome home, CancellationToken cancellationToken)
    {
        var connection = await TryOpenAsync(home, Database, cancellationToken).ConfigureAwait(false);
        if (connection is null)
        {
            await CreateDatabaseAsync(home, cancellationToken).ConfigureAwait(false);
            connection = await TryOpenAsync(home, Database, cancellationToken).ConfigureAwait(false)
                ?? throw new NpgsqlException($"Database {Database} was created and is not there.");
        }

        await using var closing = connection.ConfigureAwait(false);
        // Everybody may change his own password and the settings that his sessions begin with.
        var settings = string.Join('\n', ReaderSettings);
        var isSetUp = new NpgsqlCommand(
            """
            SELECT shobj_description(d.oid, 'pg_database') = $1 AND array_to_string(s.setconfig, E'\n') = $2 AND a.rolpassword IS NULL
            FROM pg_database d
            LEFT JOIN pg_authid a ON a.rolname = $3
            LEFT JOIN pg_db_role_setting s ON s.setdatabase = 0 AND s.setrole = a.oid
            WHERE d.datname = current_database()
            """,
            connection)
        { Parameters = { new() { Value = Mark }, new() { Value = settings }, new() { Value = Reader } } };
        await using var disposing = isSetUp.ConfigureAwait(false);
        if (await isSetUp.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
        {
            return;
        }

        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var undoing = transaction.ConfigureAwait(false);
        var lines = ReaderSettings.Select(setting => setting.Split('=', 2)).Select(pair =>
            $"ALTER ROLE {Reader} SET {pair[0]} TO {(pair[0] == "search_path" ? pair[1] : $"'{pair[1]}'")};");
        await ExecuteAsync(connection, $"{Rules}\nALTER ROLE {Reader} RESET ALL;\n{string.Join('\n', lines)}\nCOMMENT ON DATABASE {Database} IS '{Mark}';", cancellationToken)
            .ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops the warehouse's database, which ends every connection to it.</summary>
    internal static async Task DropDatabaseAsync(ClusterHome home, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(home, MaintenanceDatabase, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {Database} WITH (FORCE)", cancellationToken).ConfigureAwait(false);
    }

    private static async Task CreateDatabaseAsync(ClusterHome home, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(home, MaintenanceDatabase, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        await ExecuteAsync(connection, $"CREATE DATABASE {Database} TEMPLATE template0", cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Null when the server has no such database.</returns>
    private static async Task<NpgsqlConnection?> TryOpenAsync(ClusterHome home, string database, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(home, database, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return null;
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(ClusterHome home, string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionString(home, database, Owner) + ";Pooling=false");
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statements, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(statements, connection);
        await using var disposing = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
