using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Cluster;

/// <summary>Where a private cluster lies.</summary>
/// <param name="Folder">The server account's own folder: its data, its log and, if the path is short enough, its socket.</param>
/// <param name="SocketFolder">Where the socket is.</param>
internal sealed record ClusterHome(string Folder, string SocketFolder)
{
    internal const int Port = 5432;

    /// <summary>Names the folder the cluster lies in when that is not below the warehouse's own.</summary>
    internal const string RedirectFile = "cluster-home";

    private const string FolderName = "cluster";

    /// <summary>In a home elsewhere: the warehouse folder it belongs to.</summary>
    private const string OriginFile = "origin";
    private const string Elsewhere = "/var/lib/airportops";

    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    // sun_path has 108 bytes on Linux and 104 on macOS, its closing zero included.
    private const int MaxSocketPathBytes = 103;

    internal string Data => Path.Combine(Folder, "data");

    internal string ServerLog => Path.Combine(Folder, "server.log");

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
        await account.CreatePrivateFolderAsync(folder, cancellationToken).ConfigureAwait(false);

        var sockets = SocketFolderOf(folder, Path.GetTempPath());
        if (sockets != folder)
        {
            await account.CreatePrivateFolderAsync(sockets, cancellationToken).ConfigureAwait(false);
        }

        return new ClusterHome(folder, sockets);
    }

    /// <summary>The home itself, or a folder with a short name for it when the socket's path would not fit.</summary>
    internal static string SocketFolderOf(string home, string temporaryFolder)
    {
        if (Encoding.UTF8.GetByteCount(Path.Combine(home, $".s.PGSQL.{Port}")) <= MaxSocketPathBytes)
        {
            return home;
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..16];
        return Path.Combine(temporaryFolder, $"airportops-{name}");
    }

    private static async Task<string> ChooseAsync(
        string warehouseFolder,
        ServerAccount account,
        TimeProvider clock,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var redirect = Path.Combine(warehouseFolder, RedirectFile);
        if (File.Exists(redirect))
        {
            return (await File.ReadAllTextAsync(redirect, cancellationToken).ConfigureAwait(false)).Trim();
        }

        if (await account.CanEnterAsync(warehouseFolder, cancellationToken).ConfigureAwait(false))
        {
            return Path.Combine(warehouseFolder, FolderName);
        }

        SweepAbandoned(clock);
        var home = Path.Combine(Elsewhere, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(home);
        await File.WriteAllTextAsync(Path.Combine(home, OriginFile), warehouseFolder, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(redirect + ".new", home + "\n", cancellationToken).ConfigureAwait(false);
        File.Move(redirect + ".new", redirect);
        Log.ClusterElsewhere(logger, account.Name, warehouseFolder, home);
        return home;
    }

    private static void SweepAbandoned(TimeProvider clock)
    {
        foreach (var home in Directory.Exists(Elsewhere) ? Directory.GetDirectories(Elsewhere) : [])
        {
            var data = Path.Combine(home, "data");
            // A server writes its lock file when it starts and removes it when it stops, which changes its folder's time.
            var lastUse = new[] { home, data }.Max(Directory.GetLastWriteTimeUtc);
            if (HasLostItsFolder(home) && clock.GetUtcNow() - lastUse > AbandonedAfter && PostmasterPid.TryRead(data)?.IsRunning(data) != true)
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
