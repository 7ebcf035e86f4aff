using System.Globalization;
using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Tests.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AirportOps.Warehouse.Tests.Access;

/// <summary>What <c>sql</c> can do to a private warehouse: read staging, gold, bi and ops, and nothing else, however it is asked.</summary>
public sealed class ReaderTests(ReaderWarehouse warehouse) : IClassFixture<ReaderWarehouse>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_reader_reads_every_table_and_view_of_the_four_schemas()
    {
        foreach (var table in await warehouse.Database.RowsAsync(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema IN ('staging', 'gold', 'bi', 'ops')"))
        {
            await using var result = await new QueryRunner(warehouse.Database).RunAsync($"SELECT * FROM {table} LIMIT 1", null, Token);
            await result.RowsAsync(Token).ToListAsync(Token);
        }

        await using var who = await new QueryRunner(warehouse.Database).RunAsync("SELECT current_user::text, session_user::text", null, Token);
        Assert.Equal([["airportops_sql", "airportops_sql"]], await who.RowsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task The_reader_is_in_no_group_but_that_of_readers_and_owns_nothing()
    {
        Assert.Equal(
            ["airportops_read"],
            await warehouse.Database.RowsAsync("SELECT r.rolname FROM pg_roles r WHERE pg_has_role('airportops_sql', r.oid, 'MEMBER') AND r.rolname <> 'airportops_sql'"));
        Assert.Equal(
            ["f|f|f|f|f"],
            await warehouse.Database.RowsAsync("SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = 'airportops_sql'"));
        Assert.Empty(await warehouse.Database.RowsAsync("SELECT classid FROM pg_shdepend WHERE refobjid = 'airportops_sql'::regrole AND deptype = 'o'"));
        // A function that runs with its owner's rights would lend them to everybody who may call it.
        Assert.Empty(await warehouse.Database.RowsAsync(
            "SELECT p.proname FROM pg_proc p WHERE p.prosecdef AND has_function_privilege('airportops_sql', p.oid, 'EXECUTE')"));
    }

    /// <summary>Each of these is tried in a session that has switched its read-only setting off, as one may in psql.</summary>
    [Theory]
    [InlineData("INSERT INTO gold.dim_date (date_key) VALUES (1)")]
    [InlineData("UPDATE gold.fact_flight SET status = ''")]
    [InlineData("DELETE FROM staging.flight_event")]
    [InlineData("TRUNCATE ops.load_batch")]
    [InlineData("MERGE INTO gold.dim_date d USING gold.dim_date s ON d.date_key = s.date_key WHEN MATCHED THEN DELETE")]
    [InlineData("BEGIN; INSERT INTO gold.dim_date (date_key) VALUES (1); COMMIT")]
    [InlineData("BEGIN READ ONLY; COMMIT; BEGIN READ WRITE; DELETE FROM ops.load_batch; COMMIT")]
    [InlineData("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; DELETE FROM ops.load_batch")]
    [InlineData("RESET ROLE; DELETE FROM ops.load_batch")]
    [InlineData("RESET SESSION AUTHORIZATION; DELETE FROM ops.load_batch")]
    [InlineData("DISCARD ALL; DELETE FROM ops.load_batch")]
    [InlineData("SELECT set_config('role', 'airportops', false)")]
    [InlineData("SET ROLE airportops")]
    [InlineData("SET ROLE airportops_load")]
    [InlineData("SET ROLE pg_execute_server_program")]
    [InlineData("SET SESSION AUTHORIZATION airportops")]
    [InlineData("SELECT lo_from_bytea(0, 'x')")]
    [InlineData("SELECT lo_creat(-1)")]
    [InlineData("SELECT lo_create(0)")]
    [InlineData("SELECT lo_import('/etc/passwd')")]
    [InlineData("SELECT lo_export({lo}, '{file}')")]
    [InlineData("SELECT lo_put({lo}, 0, 'mine')")]
    [InlineData("SELECT lo_get({lo})")]
    [InlineData("SELECT lo_unlink({lo})")]
    [InlineData("BEGIN; SELECT lowrite(lo_open({lo}, 131072), 'mine'); COMMIT")]
    [InlineData("SELECT pg_read_file('postgresql.conf')")]
    [InlineData("SELECT pg_read_binary_file('PG_VERSION')")]
    [InlineData("SELECT pg_ls_dir('.')")]
    [InlineData("SELECT pg_ls_logdir()")]
    [InlineData("SELECT pg_stat_file('PG_VERSION')")]
    [InlineData("SELECT * FROM pg_hba_file_rules")]
    [InlineData("SELECT * FROM pg_file_settings")]
    [InlineData("SELECT * FROM pg_authid")]
    [InlineData("SELECT * FROM pg_largeobject")]
    [InlineData("SELECT * FROM public.private_notes")]
    [InlineData("SELECT pg_terminate_backend({backend})")]
    [InlineData("SELECT pg_cancel_backend({backend})")]
    [InlineData("SELECT pg_reload_conf()")]
    [InlineData("SELECT pg_rotate_logfile()")]
    [InlineData("SELECT pg_stat_reset()")]
    [InlineData("SELECT pg_switch_wal()")]
    [InlineData("SELECT pg_create_restore_point('x')")]
    [InlineData("SELECT pg_create_physical_replication_slot('x')")]
    [InlineData("SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000))")]
    [InlineData("SELECT pg_notify('x', 'y')")]
    [InlineData("SELECT pg_export_snapshot()")]
    [InlineData("SELECT pg_advisory_lock(1)")]
    [InlineData("SELECT pg_try_advisory_xact_lock_shared(1)")]
    [InlineData("COPY (SELECT 1) TO '{file}'")]
    [InlineData("COPY (SELECT 1) TO PROGRAM 'touch {file}'")]
    [InlineData("COPY gold.dim_date FROM '/etc/passwd'")]
    [InlineData("COPY gold.dim_date FROM PROGRAM 'touch {file}'")]
    [InlineData("COPY gold.dim_date FROM STDIN")]
    [InlineData("DO $$ BEGIN DELETE FROM ops.load_batch; END $$")]
    [InlineData("DO $$ BEGIN COMMIT; PERFORM 1; END $$")]
    [InlineData("CREATE TABLE public.own (a INTEGER)")]
    [InlineData("CREATE TABLE bi.own (a INTEGER)")]
    [InlineData("CREATE TEMPORARY TABLE own (a INTEGER)")]
    [InlineData("SELECT 1 AS a INTO TEMPORARY own")]
    [InlineData("CREATE TEMPORARY SEQUENCE own")]
    [InlineData("CREATE FUNCTION public.own() RETURNS INTEGER LANGUAGE sql AS 'SELECT 1'")]
    [InlineData("CREATE FUNCTION pg_temp.own() RETURNS INTEGER LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'")]
    [InlineData("CREATE EXTENSION dblink")]
    [InlineData("CREATE EXTENSION pg_trgm")]
    [InlineData("SELECT dblink('dbname=airportops user=airportops', 'DELETE FROM ops.load_batch')")]
    [InlineData("CREATE SCHEMA own")]
    [InlineData("CREATE DATABASE own")]
    [InlineData("CREATE ROLE own")]
    [InlineData("CREATE SERVER own FOREIGN DATA WRAPPER dblink_fdw")]
    [InlineData("CREATE PUBLICATION own")]
    [InlineData("CREATE INDEX ON gold.fact_flight (status)")]
    [InlineData("CREATE OR REPLACE VIEW bi.live_flights AS SELECT 1 AS a")]
    [InlineData("ALTER TABLE gold.fact_flight ADD COLUMN own INTEGER")]
    [InlineData("ALTER ROLE airportops_sql SUPERUSER")]
    [InlineData("ALTER ROLE airportops NOSUPERUSER")]
    [InlineData("ALTER DATABASE airportops SET work_mem TO '1MB'")]
    [InlineData("ALTER SYSTEM SET work_mem TO '1MB'")]
    [InlineData("ALTER EVENT TRIGGER airportops_refuse_reader DISABLE")]
    [InlineData("DROP EVENT TRIGGER airportops_refuse_reader")]
    [InlineData("DROP VIEW bi.live_flights")]
    [InlineData("DROP OWNED BY CURRENT_USER")]
    [InlineData("DROP OWNED BY airportops_read CASCADE")]
    [InlineData("GRANT ALL ON gold.fact_flight TO airportops_sql")]
    [InlineData("GRANT pg_read_server_files TO airportops_sql")]
    [InlineData("REVOKE SELECT ON gold.fact_flight FROM airportops_read")]
    [InlineData("COMMENT ON TABLE gold.fact_flight IS 'own'")]
    [InlineData("REINDEX TABLE gold.fact_flight")]
    [InlineData("CHECKPOINT")]
    [InlineData("LOCK TABLE gold.fact_flight IN ROW EXCLUSIVE MODE")]
    [InlineData("BEGIN; LOCK TABLE gold.fact_flight IN ACCESS EXCLUSIVE MODE")]
    [InlineData("SELECT * FROM gold.fact_flight FOR UPDATE")]
    [InlineData("SELECT nextval('{sequence}')")]
    [InlineData("SELECT setval('{sequence}', 1000000)")]
    [InlineData("SELECT currval('{sequence}')")]
    [InlineData("BEGIN; PREPARE TRANSACTION 'own'")]
    [InlineData("PREPARE own AS DELETE FROM ops.load_batch; EXECUTE own")]
    [InlineData("SELECT query_to_xml('DELETE FROM ops.load_batch', true, false, '')")]
    [InlineData("SELECT query_to_xml('SELECT lo_creat(-1)', true, false, '')")]
    [InlineData("LOAD 'dblink'")]
    public async Task A_way_out_is_refused_and_changes_nothing(string attempt)
    {
        var before = await warehouse.StateAsync();
        await using (var reader = await warehouse.ReaderAsync())
        {
            await using var command = new NpgsqlCommand(Filled(attempt), reader);
            await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Token));
            await TryCommitAsync(reader);
        }

        Assert.Equal(before, await warehouse.StateAsync());
    }

    /// <summary>These succeed for anybody; that is all they do.</summary>
    [Theory]
    [InlineData("NOTIFY own")]
    [InlineData("LISTEN own")]
    [InlineData("CLUSTER")]
    [InlineData("REASSIGN OWNED BY airportops_sql TO airportops_read")]
    [InlineData("VACUUM gold.fact_flight")]
    [InlineData("ANALYZE gold.fact_flight")]
    [InlineData("SET work_mem TO '1MB'")]
    [InlineData("BEGIN; SELECT * FROM gold.dim_date; COMMIT")]
    public async Task What_is_not_refused_changes_nothing_either(string attempt)
    {
        var before = await warehouse.StateAsync();
        await using (var reader = await warehouse.ReaderAsync())
        {
            await using var command = new NpgsqlCommand(attempt, reader);
            await command.ExecuteNonQueryAsync(Token);
        }

        Assert.Equal(before, await warehouse.StateAsync());
    }

    [Theory]
    [InlineData("ALTER ROLE airportops_sql SET default_transaction_read_only TO off")]
    [InlineData("ALTER ROLE airportops_sql PASSWORD 'own'")]
    [InlineData("ALTER ROLE airportops_sql RESET ALL")]
    public async Task What_everybody_may_change_of_himself_is_put_right_by_the_next_use(string attempt)
    {
        var before = await warehouse.StateAsync();
        await using (var reader = await warehouse.ReaderAsync())
        {
            await using var command = new NpgsqlCommand(attempt, reader);
            await command.ExecuteNonQueryAsync(Token);
        }

        await warehouse.Database.Cluster!.EnsureRunningAsync(Token);

        Assert.Equal(before, await warehouse.StateAsync());
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("template1")]
    public async Task The_reader_can_not_enter_another_database(string database)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => warehouse.ReaderAsync(database));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Theory]
    [InlineData("SELECT lo_from_bytea(0, 'x')", "permission denied")]
    [InlineData("SELECT pg_read_file('PG_VERSION')", "permission denied")]
    [InlineData("SELECT pg_terminate_backend({backend})", "permission denied")]
    [InlineData("SELECT nextval('{sequence}')", "permission denied")]
    [InlineData("SELECT 1; COMMIT; DELETE FROM ops.load_batch", "Only one statement that reads")]
    [InlineData("COMMIT; DELETE FROM ops.load_batch", "Only one statement that reads")]
    [InlineData("WITH gone AS (DELETE FROM ops.load_batch RETURNING 1) SELECT * FROM gone", "in a read-only transaction")]
    [InlineData("EXPLAIN ANALYZE DELETE FROM ops.load_batch", "in a read-only transaction")]
    [InlineData("SELECT set_config('transaction_read_only', 'off', false)", "has no use for set_config")]
    [InlineData("SELECT pg_catalog.\"set_config\"('role', 'none', true)", "has no use for \"set_config\"")]
    [InlineData("SELECT U&\"set\\005fconfig\"('role', 'none', true)", "written by escapes")]
    [InlineData("SELECT Query_To_Xml('SELECT 1', true, false, '')", "has no use for Query_To_Xml")]
    public async Task A_query_of_sql_can_not_get_out(string attempt, string reason)
    {
        var before = await warehouse.StateAsync();

        var refused = await Assert.ThrowsAsync<WarehouseException>(async () =>
        {
            await using var result = await new QueryRunner(warehouse.Database).RunAsync(Filled(attempt), null, Token);
            await result.RowsAsync(Token).ToListAsync(Token);
        });

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await warehouse.StateAsync());
    }

    [Fact]
    public async Task A_query_can_not_outlive_its_timeout_by_changing_it()
    {
        await Assert.ThrowsAsync<WarehouseException>(async () =>
        {
            await using var result = await new QueryRunner(warehouse.Database).RunAsync(
                "SELECT pg_sleep(600) FROM (SELECT 1) AS t", TimeSpan.FromMilliseconds(100), Token);
            await result.RowsAsync(Token).ToListAsync(Token);
        }).WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    [Fact]
    public async Task A_superuser_that_is_given_by_address_reads_as_the_group_of_readers()
    {
        await using var given = WarehouseDatabase.FromConnectionString(warehouse.Database.Cluster!.ConnectionString);

        await using (var who = await new QueryRunner(given).RunAsync("SELECT current_user::text, session_user::text", null, Token))
        {
            Assert.Equal([["airportops_read", "airportops_read"]], await who.RowsAsync(Token).ToListAsync(Token));
        }

        Assert.Contains(
            "permission denied",
            (await Assert.ThrowsAsync<WarehouseException>(() => new QueryRunner(given).RunAsync("SELECT pg_read_file('PG_VERSION')", null, Token))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_superuser_of_a_database_without_readers_leaves_nothing_behind()
    {
        await using var given = WarehouseDatabase.FromConnectionString(warehouse.Database.Cluster!.ConnectionStringOf("postgres"));

        await using (var made = await new QueryRunner(given).RunAsync("SELECT lo_from_bytea(0, 'x')", null, Token))
        {
            await made.RowsAsync(Token).ToListAsync(Token);
        }

        Assert.Equal(["0"], await given.RowsAsync("SELECT COUNT(*) FROM pg_largeobject_metadata"));
    }

    [Fact]
    public async Task A_database_that_was_emptied_has_its_reader_again()
    {
        using var scene = new ClusterScene();
        await using var cluster = await LocalCluster.OpenAsync(scene.Folder, new LocalClusterOptions(), NullLogger.Instance, Token);
        await DatabaseReset.RunAsync(cluster, Token);

        await using var source = NpgsqlDataSource.Create(cluster.ReaderConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand("SELECT lo_creat(-1)");

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Token))).SqlState);
    }

    private string Filled(string attempt) => attempt
        .Replace("{lo}", warehouse.LargeObject.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{backend}", warehouse.OwnersBackend.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{sequence}", warehouse.Sequence, StringComparison.Ordinal)
        .Replace("{file}", warehouse.File, StringComparison.Ordinal);

    /// <summary>What an attempt may have left in an open transaction.</summary>
    private static async Task TryCommitAsync(NpgsqlConnection reader)
    {
        await using var commit = new NpgsqlCommand("COMMIT", reader);
        await commit.ExecuteNonQueryAsync(Token);
    }
}
