using AirportOps.Reliability;

namespace AirportOps.Warehouse.Cluster;

internal sealed partial class Server
{
    private const string UnfinishedPrefix = "data.new";

    /// <summary>Creates the cluster if there is none: built aside and renamed, so that it is there wholly or not at all.</summary>
    /// <remarks>
    /// Each creation has a folder of its own, because the initdb of one that was killed lives on and goes on writing into its. One that is only
    /// cancelled waits the second that initdb takes: killed, initdb would leave its servers behind.
    /// </remarks>
    internal async Task CreateIfAbsentAsync(CancellationToken cancellationToken)
    {
        SweepUnfinished();
        if (File.Exists(ClusterHome.VersionFile(home.Data)))
        {
            return;
        }

        var name = $"{UnfinishedPrefix}-{Guid.NewGuid():N}";
        var unfinished = Path.Combine(home.Folder, name);
        var created = await account.RunAsync(
            [binaries.Initdb, "-D", name, "-U", WarehouseSetup.Owner, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions"],
            home.Folder,
            CancellationToken.None).ConfigureAwait(false);
        if (!created.Succeeded)
        {
            // A terminal's Ctrl-C reaches initdb too.
            cancellationToken.ThrowIfCancellationRequested();
            throw new WarehouseException($"initdb could not create a cluster in {home.Folder}: {created.Reason}.", Fault.Operator, null);
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

    /// <summary>Writes a file that the server's account can read, whatever the umask; one that has the content is left alone, as a full disk would leave it empty.</summary>
    private static async Task WriteAsync(string folder, string name, string content, CancellationToken cancellationToken)
    {
        const UnixFileMode Readable = FileModes.PrivateFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        var path = Path.Combine(folder, name);
        if (!File.Exists(path) || await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false) != content)
        {
            await File.WriteAllTextAsync(path, content, cancellationToken).ConfigureAwait(false);
        }

        // A file that was there before root's server ran may be its account's, which can read it.
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Readable) != Readable)
        {
            File.SetUnixFileMode(path, Readable);
        }
    }
}
