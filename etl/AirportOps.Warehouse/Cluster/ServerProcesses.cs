using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using AirportOps.Reliability;

namespace AirportOps.Warehouse.Cluster;

/// <summary>The processes of a data folder's server, told by their name and the folder they work in.</summary>
/// <remarks>
/// A process id alone says nothing: after a crash of the machine, or in a new container over an old volume, the number in <c>postmaster.pid</c> may be anybody's.
/// Where there is no /proc (macOS), only the name is looked at, and a server's backends are not found.
/// </remarks>
internal static class ServerProcesses
{
    private const string ServerProgram = "postgres";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private static bool HasProc => Directory.Exists("/proc/self");

    /// <summary>Whether a process is the server of a data folder, or one of its backends.</summary>
    internal static bool IsServerOf(string dataFolder, int processId)
    {
        try
        {
            if (HasProc)
            {
                var process = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}");
                return new FileInfo(process + "/cwd").LinkTarget == RealPath.Of(dataFolder)
                    && File.ReadAllText(process + "/comm").TrimEnd() == ServerProgram;
            }

            using var found = Process.GetProcessById(processId);
            return found.ProcessName == ServerProgram;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            // It ended while it was looked at, or belongs to an account that is not the server's.
            return false;
        }
    }

    /// <summary>The server of a data folder and its backends, also of a server that was killed.</summary>
    internal static IReadOnlyList<int> Of(string dataFolder) => HasProc
        ? [.. Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => char.IsAsciiDigit(name![0]))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(process => IsServerOf(dataFolder, process))]
        : PostmasterPid.TryReadRunning(dataFolder) is { } server ? [server.ProcessId] : [];

    /// <summary>Kills a data folder's server with its backends and waits until they are gone: what is committed is in the log that the next start replays.</summary>
    /// <exception cref="WarehouseException">They do not end.</exception>
    internal static async Task KillAsync(string dataFolder, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        for (var left = Of(dataFolder); left.Count > 0; left = Of(dataFolder))
        {
            if (clock.GetElapsedTime(begun) > timeout)
            {
                throw new WarehouseException(
                    $"Processes {string.Join(", ", left)} of the PostgreSQL server in {dataFolder} do not end when they are killed. Look what holds them (the disk?), or restart the machine.",
                    Fault.Outside,
                    null);
            }

            foreach (var process in left)
            {
                Kill(process);
            }

            await Task.Delay(PollInterval, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the backends of a server that was killed, which end by themselves unless one works on a long query; those are killed.</summary>
    internal static async Task EndOrphansAsync(string dataFolder, TimeSpan patience, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        while (Of(dataFolder).Count > 0 && clock.GetElapsedTime(begun) < patience)
        {
            await Task.Delay(PollInterval, clock, cancellationToken).ConfigureAwait(false);
        }

        await KillAsync(dataFolder, timeout, clock, cancellationToken).ConfigureAwait(false);
    }

    private static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended by itself; one that may not be killed is named when the wait is over.
        }
    }
}
