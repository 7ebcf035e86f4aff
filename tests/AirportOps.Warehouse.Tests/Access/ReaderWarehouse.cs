using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Tests.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AirportOps.Warehouse.Tests.Access;

/// <summary>A migrated private cluster with some content, of which the reader's tests try to change anything.</summary>
public sealed class ReaderWarehouse : IAsyncLifetime
{
    /// <summary>All that a way out could change: tables, rights, roles, settings, large objects, sequences, the server and its files.</summary>
    private const string State = """
        SELECT 'relation', c.oid::regclass::text, COALESCE(c.relacl::text, ''), c.relfilenode::text FROM pg_class c WHERE c.relnamespace <> 'pg_toast'::regnamespace
        UNION ALL SELECT 'function', p.oid::regprocedure::text, COALESCE(p.proacl::text, ''), '' FROM pg_proc p
        UNION ALL SELECT 'schema', nspname, COALESCE(nspacl::text, ''), '' FROM pg_namespace WHERE nspname NOT LIKE 'pg\_temp%' AND nspname NOT LIKE 'pg\_toast\_temp%'
        UNION ALL SELECT 'role', rolname, rolsuper::text || rolcanlogin::text, COALESCE(rolpassword, '') FROM pg_authid
        UNION ALL SELECT 'member', roleid::regrole::text, member::regrole::text, '' FROM pg_auth_members
        UNION ALL SELECT 'setting', setdatabase::text, setrole::regrole::text, setconfig::text FROM pg_db_role_setting
        UNION ALL SELECT 'database', datname, COALESCE(datacl::text, ''), '' FROM pg_database
        UNION ALL SELECT 'comment', objoid::text, description, '' FROM pg_description WHERE objoid >= 16384
        UNION ALL SELECT 'extension', extname, extversion, '' FROM pg_extension
        UNION ALL SELECT 'event trigger', evtname, evtenabled::text, '' FROM pg_event_trigger
        UNION ALL SELECT 'slot', slot_name::text, slot_type, '' FROM pg_replication_slots
        UNION ALL SELECT 'prepared', gid, owner::text, '' FROM pg_prepared_xacts
        UNION ALL SELECT 'large object', loid::text, pageno::text, encode(data, 'hex') FROM pg_largeobject
        UNION ALL SELECT 'sequence', schemaname || '.' || sequencename, COALESCE(last_value::text, ''), '' FROM pg_sequences
        UNION ALL SELECT 'row', a::text, '', '' FROM public.private_notes
        UNION ALL SELECT 'row', day_of_week::text, full_date::text, '' FROM gold.dim_date
        UNION ALL SELECT 'server', pg_postmaster_start_time()::text, pg_conf_load_time()::text, ''
        UNION ALL SELECT 'file', name, pg_read_file(name), '' FROM (VALUES ('postgresql.conf'), ('postgresql.auto.conf'), ('pg_hba.conf')) AS f (name)
        UNION ALL SELECT 'advisory lock', classid::text, objid::text, '' FROM pg_locks WHERE locktype = 'advisory'
        ORDER BY 1, 2, 3, 4
        """;

    private readonly ClusterScene _scene = new();
    private NpgsqlConnection? _owner;

    internal WarehouseDatabase Database { get; private set; } = null!;

    /// <summary>The backend of an owner's session, which the reader may want to end.</summary>
    internal int OwnersBackend => _owner!.ProcessID;

    /// <summary>A large object of the owner's.</summary>
    internal uint LargeObject { get; private set; }

    /// <summary>A sequence of the star schema's.</summary>
    internal string Sequence { get; private set; } = "";

    /// <summary>A path at which no file must appear; the server's account could write there.</summary>
    internal string File => Path.Combine(_scene.Folder, "cluster", "stolen");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Database = await WarehouseDatabase.OpenAsync("local:" + _scene.Folder, new LocalClusterOptions(), NullLogger.Instance, CancellationToken.None);
        await new MigrationRunner(Database, ScriptFolder.Shipped, TimeProvider.System, NullLogger.Instance).UpAsync(CancellationToken.None);
        await Database.ExecuteAsync("CREATE TABLE public.private_notes (a INTEGER); INSERT INTO public.private_notes VALUES (1)");
        LargeObject = uint.Parse((await Database.RowsAsync("SELECT lo_from_bytea(0, 'owned')"))[0], System.Globalization.CultureInfo.InvariantCulture);
        Sequence = (await Database.RowsAsync("SELECT schemaname || '.' || sequencename FROM pg_sequences WHERE schemaname = 'gold' ORDER BY 1 LIMIT 1"))[0];
        _owner = await Database.ConnectAsync(CancellationToken.None);
    }

    /// <summary>Everything that must stay as it is.</summary>
    internal async Task<IReadOnlyList<string>> StateAsync()
    {
        Assert.False(System.IO.File.Exists(File));
        await using var command = new NpgsqlCommand("SELECT 1", _owner);
        Assert.Equal(1, await command.ExecuteScalarAsync(Token));
        return await Database.RowsAsync(State);
    }

    /// <summary>A session as psql opens one for the reader, which has already switched off what a session may switch off.</summary>
    internal async Task<NpgsqlConnection> ReaderAsync(string database = "airportops")
    {
        var settings = new NpgsqlConnectionStringBuilder(Database.Cluster!.ReaderConnectionString) { Pooling = false, Database = database };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(Token);
            await using var command = new NpgsqlCommand("SET default_transaction_read_only TO off; SET idle_in_transaction_session_timeout TO 0", connection);
            await command.ExecuteNonQueryAsync(Token);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_owner is not null)
        {
            await _owner.DisposeAsync();
        }

        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        _scene.Dispose();
    }
}
