namespace AirportOps.Warehouse.Cluster;

/// <summary>What a private server is told; all else is PostgreSQL's default.</summary>
internal static class ServerSettings
{
    /// <summary>Who can reach the socket may come in: its folder is open to the server's account alone.</summary>
    internal const string HostBasedAuthentication = "local all all trust\n";

    /// <summary>
    /// For short runs by few users on a machine that has other work. Commits are durable (<c>fsync</c> and <c>synchronous_commit</c> stay
    /// on: a load is one commit, so they cost nothing that can be measured); replication is not wanted, so the log is minimal.
    /// Parallel workers and JIT cost more than they give at this size and would take cores from the other stages. Builds of the star schema
    /// come every second and leave dead rows in the catalogue, by their temporary tables, and new tables without statistics: autovacuum looks more often.
    /// </summary>
    internal const string Static = """
        # Written by AirportOps when it created this cluster.
        listen_addresses = ''
        unix_socket_permissions = 0700
        max_connections = 50
        shared_buffers = 256MB
        work_mem = 64MB
        maintenance_work_mem = 128MB
        effective_cache_size = 1GB
        wal_level = minimal
        max_wal_senders = 0
        max_wal_size = 2GB
        checkpoint_timeout = 15min
        random_page_cost = 1.1
        max_parallel_workers_per_gather = 0
        max_parallel_maintenance_workers = 0
        jit = off
        autovacuum_naptime = 15s
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_min_messages = warning
        log_line_prefix = '%m [%p] '
        lc_messages = 'C'
        datestyle = 'iso, ymd'
        include 'airportops-socket.conf'

        """;

    /// <summary>The file that <see cref="Static"/> includes, written before each start because the folder may have moved.</summary>
    internal const string SocketFile = "airportops-socket.conf";

    internal static string Socket(string socketFolder) =>
        $"unix_socket_directories = '{socketFolder.Replace("'", "''", StringComparison.Ordinal)}'\n";
}
