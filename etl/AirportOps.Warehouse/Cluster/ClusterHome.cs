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
    private const string Elsewhere = "/var/lib/airportops";

    // sun_path has 108 bytes on Linux and 104 on macOS, its closing zero included.
    private const int MaxSocketPathBytes = 103;

    internal string Data => Path.Combine(Folder, "data");

    internal string ServerLog => Path.Combine(Folder, "server.log");

    /// <summary>Finds or creates the home of the cluster of a warehouse folder.</summary>
    /// <remarks>
    /// It lies in the warehouse folder. Where the account can't enter that (a checkout in root's home), it lies below
    /// /var/lib/airportops under a name of its own, which a file in the warehouse folder keeps: with the folder goes the way to the cluster.
    /// </remarks>
    internal static async Task<ClusterHome> PrepareAsync(
        string warehouseFolder,
        ServerAccount account,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var folder = await ChooseAsync(warehouseFolder, account, logger, cancellationToken).ConfigureAwait(false);
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

        Directory.CreateDirectory(Elsewhere);
        var home = Path.Combine(Elsewhere, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(redirect + ".new", home + "\n", cancellationToken).ConfigureAwait(false);
        File.Move(redirect + ".new", redirect);
        Log.ClusterElsewhere(logger, account.Name, warehouseFolder, home);
        return home;
    }
}
