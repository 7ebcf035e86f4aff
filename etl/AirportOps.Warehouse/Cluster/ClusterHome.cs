using AirportOps.Reliability;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Cluster;

/// <summary>Where a private cluster lies.</summary>
/// <param name="Folder">The server account's own folder: its data, its log and, if the path fits, its socket.</param>
/// <param name="SocketFolder">Where the socket is.</param>
internal sealed record ClusterHome(string Folder, string SocketFolder)
{
    internal const int Port = 5432;

    /// <summary>Names the folder the cluster lies in when that is not below the warehouse's own.</summary>
    internal const string RedirectFile = "cluster-home";

    private const string FolderName = "cluster";
    private const string DataName = "data";

    /// <summary>In a home elsewhere: the warehouse folder it belongs to.</summary>
    private const string OriginFile = "origin";
    private const string Elsewhere = "/var/lib/airportops";

    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    internal string Data => Path.Combine(Folder, DataName);

    internal string ServerLog => Path.Combine(Folder, "server.log");

    internal string Socket => Path.Combine(SocketFolder, SocketFolders.SocketName);

    /// <summary>The data folder of the cluster that a warehouse folder has.</summary>
    /// <returns>Null when it has none yet.</returns>
    /// <exception cref="WarehouseException">The file that names its home does not name one.</exception>
    internal static string? FindData(string warehouseFolder)
    {
        var data = Path.Combine(Redirected(warehouseFolder) ?? Path.Combine(warehouseFolder, FolderName), DataName);
        return File.Exists(VersionFile(data)) ? data : null;
    }

    /// <summary>The file in which PostgreSQL keeps the version that a data folder is of, and which it writes last.</summary>
    internal static string VersionFile(string data) => Path.Combine(data, "PG_VERSION");

    /// <summary>Finds or creates the home of the cluster of a warehouse folder.</summary>
    /// <remarks>
    /// It lies in the warehouse folder. Where the account can't enter that (a checkout in root's home), it lies below
    /// /var/lib/airportops under a name of its own, which a file in the warehouse folder keeps: with the folder goes the way to the cluster.
    /// Such a cluster, a projection of a lake as all warehouses are, is swept when it has lost its folder and not been used for a day.
    /// </remarks>
    internal static async Task<ClusterHome> PrepareAsync(
        string warehouseFolder,
        ServerAccount account,
        TimeProvider clock,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var folder = await ChooseAsync(warehouseFolder, account, clock, logger, cancellationToken).ConfigureAwait(false);
        if (account.IsAnother && !OperatingSystem.IsWindows())
        {
            FileModes.CreateFolder(Elsewhere, FileModes.Passage);
            File.SetUnixFileMode(Elsewhere, File.GetUnixFileMode(Elsewhere) | FileModes.Passage);
        }

        await account.CreatePrivateFolderAsync(folder, cancellationToken).ConfigureAwait(false);
        string[] places = account.IsAnother ? [Elsewhere] : SocketFolders.OfThisUser;
        return new ClusterHome(folder, await SocketFolders.PrepareAsync(folder, account, places, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<string> ChooseAsync(
        string warehouseFolder,
        ServerAccount account,
        TimeProvider clock,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        if (Redirected(warehouseFolder) is { } redirected)
        {
            return redirected;
        }

        if (await account.CanEnterAsync(warehouseFolder, cancellationToken).ConfigureAwait(false))
        {
            return Path.Combine(warehouseFolder, FolderName);
        }

        if (FindData(warehouseFolder) is { } data)
        {
            throw new WarehouseException(
                $"The local warehouse's cluster {data} belongs to {account.Name}, who can't enter {warehouseFolder}: let others pass through each folder on the way (chmod o+x), or delete the cluster and load anew.",
                Fault.Operator,
                null);
        }

        SweepAbandoned(clock);
        var home = Path.Combine(Elsewhere, Guid.NewGuid().ToString("N"));
        FileModes.CreateFolder(home, FileModes.PrivateFolder);
        await File.WriteAllTextAsync(Path.Combine(home, OriginFile), warehouseFolder, cancellationToken).ConfigureAwait(false);
        var redirect = Path.Combine(warehouseFolder, RedirectFile);
        await File.WriteAllTextAsync(redirect + ".new", home + "\n", cancellationToken).ConfigureAwait(false);
        File.Move(redirect + ".new", redirect);
        Log.ClusterElsewhere(logger, account.Name, warehouseFolder, home);
        return home;
    }

    /// <summary>The home that a warehouse folder names; only root's can be elsewhere.</summary>
    private static string? Redirected(string warehouseFolder)
    {
        var redirect = Path.Combine(warehouseFolder, RedirectFile);
        if (!Environment.IsPrivilegedProcess || !File.Exists(redirect))
        {
            return null;
        }

        // Root makes this folder the server's own, so it must not be any that somebody writes into the file.
        var home = File.ReadAllText(redirect).Trim();
        return Path.GetDirectoryName(home) == Elsewhere
            ? home
            : throw new WarehouseException($"{redirect} names '{home}', which is not a folder in {Elsewhere}. Delete the file; the cluster is then created anew.", Fault.Operator, null);
    }

    private static void SweepAbandoned(TimeProvider clock)
    {
        foreach (var home in Directory.Exists(Elsewhere) ? Directory.GetDirectories(Elsewhere) : [])
        {
            var data = Path.Combine(home, DataName);
            // A server writes its lock file when it starts and removes it when it stops, which changes its folder's time.
            var lastUse = new[] { home, data }.Max(Directory.GetLastWriteTimeUtc);
            if (HasLostItsFolder(home) && clock.GetUtcNow() - lastUse > AbandonedAfter && PostmasterPid.TryReadRunning(data) is null)
            {
                Directory.Delete(home, recursive: true);
            }
        }
    }

    private static bool HasLostItsFolder(string home)
    {
        var origin = Path.Combine(home, OriginFile);
        if (!File.Exists(origin))
        {
            return false;
        }

        var redirect = Path.Combine(File.ReadAllText(origin), RedirectFile);
        return !File.Exists(redirect) || File.ReadAllText(redirect).Trim() != home;
    }
}
