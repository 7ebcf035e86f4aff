using AirportOps.Reliability;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Cluster;

/// <summary>Installs PostgreSQL's binaries on Debian and its kin, and nothing else: no system cluster is created or started.</summary>
internal static class DebianPackages
{
    /// <summary>Read by postgresql-common before it creates the cluster <c>main</c>; removed again, so later installs behave as usual.</summary>
    private const string NoClusterSettings = "/etc/postgresql-common/createcluster.d/airportops.conf";

    // Packages' scripts create files by the umask; under 077 the server's account could not read its own programs' settings.
    private static readonly string[] AptGet = ["sh", "-c", "umask 022 && exec env DEBIAN_FRONTEND=noninteractive apt-get -qq \"$@\"", "apt-get"];

    /// <summary>Whether this machine and account can install.</summary>
    internal static bool CanInstall => Environment.IsPrivilegedProcess && File.Exists("/etc/debian_version") && File.Exists("/usr/bin/apt-get");

    /// <exception cref="WarehouseException">apt-get failed.</exception>
    internal static async Task InstallPostgresAsync(ILogger logger, CancellationToken cancellationToken)
    {
        Log.InstallingPostgres(logger);
        const UnixFileMode OpenToAll = FileModes.Passage | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        FileModes.CreateFolder(Path.GetDirectoryName(NoClusterSettings)!, OpenToAll);
        await File.WriteAllTextAsync(NoClusterSettings, "create_main_cluster = false\n", cancellationToken).ConfigureAwait(false);
        try
        {
            // Fresh machines have no package lists, others may have old ones that still do: a failure here is not yet one.
            await Command.RunAsync([.. AptGet, "update"], "/", cancellationToken).ConfigureAwait(false);
            var install = await Command.RunAsync([.. AptGet, "install", "-y", "--no-install-recommends", "postgresql"], "/", cancellationToken)
                .ConfigureAwait(false);
            if (!install.Succeeded)
            {
                throw new WarehouseException(
                    $"apt-get could not install PostgreSQL for the local warehouse ({install.Reason}). Install package postgresql or set AIRPORTOPS_PG_BIN.",
                    Fault.Outside,
                    null);
            }
        }
        finally
        {
            File.Delete(NoClusterSettings);
        }
    }
}
