using System.Diagnostics;
using System.Globalization;

namespace AirportOps.Warehouse.Cluster;

/// <summary>The lock file of a server, <c>postmaster.pid</c>.</summary>
/// <param name="ProcessId">The server's process.</param>
/// <param name="SocketFolder">Where its socket is; null while it is not known yet.</param>
internal sealed record PostmasterPid(int ProcessId, string? SocketFolder)
{
    private const int SocketLine = 4;

    /// <returns>Null when there is none, or none that can be read.</returns>
    internal static PostmasterPid? TryRead(string dataFolder)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(dataFolder));
            return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var process)
                ? new PostmasterPid(process, lines.ElementAtOrDefault(SocketLine) is { Length: > 0 } folder ? folder : null)
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    internal static string PathIn(string dataFolder) => Path.Combine(dataFolder, "postmaster.pid");

    /// <summary>
    /// Whether that process is this folder's server. After a crash of the machine, or in a new container over an old volume, the number
    /// may belong to anybody, and PostgreSQL itself would then refuse to start.
    /// </summary>
    internal bool IsRunning(string dataFolder)
    {
        if (Directory.Exists("/proc/self"))
        {
            try
            {
                // A server works in its data folder.
                return new FileInfo($"/proc/{ProcessId}/cwd").LinkTarget is { } folder
                    && folder == Path.GetFullPath(dataFolder).TrimEnd('/');
            }
            catch (IOException)
            {
                return false;
            }
        }

        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.ProcessName.Contains("postgres", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
