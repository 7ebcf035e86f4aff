using System.Globalization;
using AirportOps.Reliability;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Cluster;

/// <summary>
/// A use of the private PostgreSQL cluster of a folder, <c>local:DIR</c>. The first user creates and starts it, the last one stops it;
/// users are processes, or several in one process, that may come, go and be killed at any time.
/// </summary>
/// <remarks>
/// Two file locks decide: <c>users.lock</c>, shared, is held as long as the cluster is used; <c>start.lock</c>, exclusive, while it is being
/// started or stopped. Both end with their process. A user who is killed leaves the server running until the next one leaves.
/// </remarks>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly string _folder;
    private readonly LocalClusterOptions _options;
    private readonly Server _server;
    private readonly ClusterHome _home;
    private readonly ClusterLock _use;
    private bool _disposed;

    private LocalCluster(string folder, ClusterHome home, Server server, ClusterLock use, LocalClusterOptions options, string psql)
    {
        PsqlProgram = psql;
        _folder = folder;
        _home = home;
        _server = server;
        _use = use;
        _options = options;
    }

    /// <summary>Connects to the warehouse's database as its owner.</summary>
    public string ConnectionString => ConnectionStringOf(WarehouseSetup.Database);

    /// <summary>Connects to the warehouse's database as who can only read staging, gold, bi and ops.</summary>
    public string ReaderConnectionString => WarehouseSetup.ConnectionString(_home, WarehouseSetup.Database, WarehouseSetup.Reader);

    /// <summary>psql on the warehouse's database as who can only read: its arguments.</summary>
    public IReadOnlyList<string> PsqlArguments =>
        ["-h", _home.SocketFolder, "-p", ClusterHome.Port.ToString(CultureInfo.InvariantCulture), "-U", WarehouseSetup.Reader, WarehouseSetup.Database];

    /// <summary>psql as the server's version brings it, where it lies beside the server's programs; else as the PATH has it.</summary>
    public string PsqlProgram { get; }

    /// <summary>Where it lies.</summary>
    internal ClusterHome Home => _home;

    /// <summary>The server's process, for tests that kill it.</summary>
    internal int ServerProcessId => PostmasterPid.TryRead(_home.Data)!.ProcessId;

    /// <summary>Starts using the cluster: creates it and starts its server if need be.</summary>
    /// <param name="directory">The warehouse's folder; created if absent.</param>
    /// <param name="options">How to find and start PostgreSQL.</param>
    /// <param name="logger">Told about what is installed, created and started.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="WarehouseException">There is no PostgreSQL, or the cluster can't be created or started.</exception>
    public static async Task<LocalCluster> OpenAsync(
        string directory,
        LocalClusterOptions options,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new WarehouseException("A local warehouse needs Linux or macOS. Use WSL, or name a server by postgres://.", Fault.Operator, null);
        }

        var folder = Path.GetFullPath(directory);
        try
        {
            FileModes.CreateFolder(folder, FileModes.Passage);
            folder = RealPath.Of(folder);
            using var start = await ClusterLock.TakeAsync(StartLock(folder), exclusive: true, options.Clock, cancellationToken).ConfigureAwait(false);
            // In this order: the programs' package may bring the account that a new cluster is to belong to.
            var data = ClusterHome.FindData(folder);
            var binaries = await FindBinariesAsync(data, options, logger, cancellationToken).ConfigureAwait(false);
            var account = await ServerAccount.ForAsync(data, cancellationToken).ConfigureAwait(false);
            var home = await ClusterHome.PrepareAsync(folder, account, options.Clock, logger, cancellationToken).ConfigureAwait(false);
            var server = new Server(home, account, binaries, options, logger);
            // Never refused: who locks it exclusively holds the start lock.
            var use = ClusterLock.TryTake(UsersLock(folder), exclusive: false)!;
            try
            {
                await server.CreateIfAbsentAsync(cancellationToken).ConfigureAwait(false);
                await server.EnsureRunningAsync(cancellationToken).ConfigureAwait(false);
                return new LocalCluster(folder, home, server, use, options, binaries.Psql);
            }
            catch
            {
                await LeaveAsync(folder, server, use).ConfigureAwait(false);
                throw;
            }
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new WarehouseException(
                $"The local warehouse {folder} belongs to another account: {refused.Message} Use that account or another folder.", Fault.Operator, refused);
        }
        catch (IOException trouble)
        {
            throw new WarehouseException($"The local warehouse {folder} can't be used: {trouble.Message}", Fault.Operator, trouble);
        }
    }

    /// <summary>Finds the server programs that a new cluster would use, without installing any.</summary>
    /// <returns>Their version and folder, or null when this machine has none that fit.</returns>
    /// <exception cref="WarehouseException">The folder that the options name has none that fit.</exception>
    public static async Task<(int MajorVersion, string Folder)?> FindServerAsync(LocalClusterOptions options, CancellationToken cancellationToken) =>
        await PostgresBinaries.FindAsync(options.BinaryFolder, clusterVersion: null, cancellationToken).ConfigureAwait(false) is { } found
            ? (found.MajorVersion, found.Folder)
            : null;

    /// <summary>Connects to any database of the cluster.</summary>
    public string ConnectionStringOf(string database) => WarehouseSetup.ConnectionString(_home, database, WarehouseSetup.Owner);

    /// <summary>Returns when the server answers again: one that was killed is started, one that recovers is waited for, one that hangs is restarted.</summary>
    /// <exception cref="WarehouseException">It does not come back.</exception>
    internal async Task EnsureRunningAsync(CancellationToken cancellationToken)
    {
        using var start = await ClusterLock.TakeAsync(StartLock(_folder), exclusive: true, _options.Clock, cancellationToken).ConfigureAwait(false);
        await _server.EnsureRunningAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops using the cluster; its last user stops the server, which ends every connection to it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        using var start = await ClusterLock.TakeAsync(StartLock(_folder), exclusive: true, _options.Clock, CancellationToken.None).ConfigureAwait(false);
        await LeaveAsync(_folder, _server, _use).ConfigureAwait(false);
    }

    private static async Task LeaveAsync(string folder, Server server, ClusterLock use)
    {
        use.Dispose();
        using var nobody = ClusterLock.TryTake(UsersLock(folder), exclusive: true);
        if (nobody is not null)
        {
            await server.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<PostgresBinaries> FindBinariesAsync(
        string? data,
        LocalClusterOptions options,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        int? version = data is null ? null : await VersionOfAsync(data, cancellationToken).ConfigureAwait(false);
        var found = await PostgresBinaries.FindAsync(options.BinaryFolder, version, cancellationToken).ConfigureAwait(false);
        if (found is null && options.InstallMissing && DebianPackages.CanInstall)
        {
            await DebianPackages.InstallPostgresAsync(logger, cancellationToken).ConfigureAwait(false);
            found = await PostgresBinaries.FindAsync(options.BinaryFolder, version, cancellationToken).ConfigureAwait(false);
        }

        return found ?? throw new WarehouseException(
            $"The local warehouse needs PostgreSQL {PostgresBinaries.OldestMajorVersion} or newer, and this machine has none: install it (Debian: apt install postgresql; macOS: brew install postgresql@17) or set AIRPORTOPS_PG_BIN to its bin folder.",
            Fault.Operator,
            null);
    }

    private static async Task<int> VersionOfAsync(string data, CancellationToken cancellationToken)
    {
        var file = ClusterHome.VersionFile(data);
        var text = (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim();
        return int.TryParse(text, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new WarehouseException($"{file} holds '{text}' instead of PostgreSQL's version: the cluster is damaged. Restore it, or delete {data} and load anew.", Fault.Operator, null);
    }

    private static string StartLock(string folder) => Path.Combine(folder, "start.lock");

    private static string UsersLock(string folder) => Path.Combine(folder, "users.lock");
}
