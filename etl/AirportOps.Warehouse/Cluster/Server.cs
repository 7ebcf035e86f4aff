using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirportOps.Warehouse.Cluster;

/// <summary>The server of a private cluster. Who calls holds the cluster's start lock: one process at a time creates, starts and stops.</summary>
internal sealed class Server(ClusterHome home, ServerAccount account, PostgresBinaries binaries, LocalClusterOptions options, ILogger logger)
{
    internal const string User = "airportops";
    internal const string Database = "airportops";

    private const string UnfinishedPrefix = "data.new";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>A connection string for a database of the cluster.</summary>
    internal static string ConnectionString(ClusterHome home, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = home.SocketFolder,
        Port = ClusterHome.Port,
        Username = User,
        Database = database,
        ApplicationName = "airportops",
    }.ConnectionString;

    /// <summary>Creates the cluster if there is none: built aside and renamed, so that it is there wholly or not at all.</summary>
    /// <remarks>
    /// Each creation has a folder of its own, because the initdb of one that was killed lives on and goes on writing into its. One that is only
    /// cancelled waits the second that initdb takes: killed, initdb would leave its servers behind.
    /// </remarks>
    internal async Task CreateIfAbsentAsync(CancellationToken cancellationToken)
    {
        SweepUnfinished();
        if (File.Exists(Path.Combine(home.Data, "PG_VERSION")))
        {
            return;
        }

        var name = $"{UnfinishedPrefix}-{Guid.NewGuid():N}";
        var unfinished = Path.Combine(home.Folder, name);
        var created = await account.RunAsync(
            [binaries.Initdb, "-D", name, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions"],
            home.Folder,
            CancellationToken.None).ConfigureAwait(false);
        if (!created.Succeeded)
        {
            // A terminal's Ctrl-C reaches initdb too.
            cancellationToken.ThrowIfCancellationRequested();
            throw new WarehouseException($"initdb could not create a cluster in {home.Folder}: {created.LastLine}.", false, null);
        }

        await WriteAsync(unfinished, "postgresql.conf", ServerSettings.Static, cancellationToken).ConfigureAwait(false);
        await WriteAsync(unfinished, "pg_hba.conf", ServerSettings.HostBasedAuthentication, cancellationToken).ConfigureAwait(false);
        Directory.Move(unfinished, home.Data);
        Log.CreatedCluster(logger, home.Folder);
    }

    /// <summary>Deletes what creations that were killed have left.</summary>
    private void SweepUnfinished()
    {
        foreach (var unfinished in Directory.EnumerateDirectories(home.Folder, UnfinishedPrefix + "*"))
        {
            try
            {
                Directory.Delete(unfinished, recursive: true);
            }
            catch (IOException)
            {
                // An initdb is still writing into it; the next use sweeps what it leaves.
            }
        }
    }

    /// <summary>Returns when the server answers and has the warehouse's database.</summary>
    internal async Task EnsureRunningAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.StartTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var joined = PostmasterPid.TryRead(home.Data)?.IsRunning(home.Data) == true;
            while (true)
            {
                if (PostmasterPid.TryRead(home.Data)?.IsRunning(home.Data) != true)
                {
                    await StartAsync(either.Token).ConfigureAwait(false);
                    joined = false;
                }
                else if (await AnswersAsync(either.Token).ConfigureAwait(false))
                {
                    break;
                }

                await Task.Delay(PollInterval, options.Clock, either.Token).ConfigureAwait(false);
            }

            if (joined)
            {
                Log.JoinedServer(logger, home.Folder);
            }
            else
            {
                Log.StartedServer(logger, home.Folder);
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new WarehouseException(
                $"The PostgreSQL server of {home.Folder} did not answer within {options.StartTimeout.TotalSeconds:0} s. Its log is {home.ServerLog}; last line: {LastLogLine()}",
                true,
                null);
        }
    }

    /// <summary>Ends the server's connections and stops it; a server that is down is fine.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        if (PostmasterPid.TryRead(home.Data)?.IsRunning(home.Data) != true)
        {
            return;
        }

        var stopped = await account.RunAsync(
            [binaries.PgCtl, "stop", "-D", "data", "-m", "fast", "-w", "-s"], home.Folder, cancellationToken).ConfigureAwait(false);
        if (stopped.Succeeded)
        {
            Log.StoppedServer(logger, home.Folder);
        }
        else
        {
            Log.ServerDidNotStop(logger, home.Folder, stopped.LastLine);
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (PostmasterPid.TryRead(home.Data) is not null)
        {
            File.Delete(PostmasterPid.PathIn(home.Data));
        }

        await WriteAsync(home.Data, ServerSettings.SocketFile, ServerSettings.Socket(home.SocketFolder), cancellationToken).ConfigureAwait(false);

        // pg_ctl puts the server into a session of its own, so that a terminal's Ctrl-C does not reach it. Its shell sees relative paths
        // only, whatever characters the home has. A cancelled start ends first: then its server is known and whoever cancelled can stop it.
        var seconds = Math.Ceiling(options.StartTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var started = await account.RunAsync(
            [binaries.PgCtl, "start", "-D", "data", "-l", "server.log", "-w", "-t", seconds, "-s"], home.Folder, CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        // Somebody killed while starting one may have left it about to run: then this start fails, and that server is as good.
        if (!started.Succeeded && PostmasterPid.TryRead(home.Data)?.IsRunning(home.Data) != true)
        {
            throw new WarehouseException(
                $"The PostgreSQL server of {home.Folder} did not start: {started.LastLine} Its log is {home.ServerLog}; last line: {LastLogLine()}", false, null);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await TryOpenAsync(Database, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            await CreateDatabaseAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (NpgsqlException notYet) when (notYet is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow })
        {
            // No socket yet, or it says itself that it is starting up, recovering or shutting down.
            return false;
        }
    }

    /// <returns>False when the server has no such database.</returns>
    private async Task<bool> TryOpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionString(home, database) + ";Pooling=false;Timeout=10");
        await using var _ = connection.ConfigureAwait(false);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
    }

    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionString(home, "postgres") + ";Pooling=false");
        await using var _ = connection.ConfigureAwait(false);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlCommand($"CREATE DATABASE {Database} TEMPLATE template0", connection);
        await using var __ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private string? LastLogLine()
    {
        try
        {
            return File.ReadLines(home.ServerLog).LastOrDefault();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a file that the server's account can read, whatever the umask.</summary>
    private static async Task WriteAsync(string folder, string name, string content, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, content, cancellationToken).ConfigureAwait(false);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }
}
