using System.Globalization;

namespace AirportOps.Warehouse.Cluster;

/// <summary>The lock file of a server, <c>postmaster.pid</c>.</summary>
/// <param name="ProcessId">The server's process.</param>
/// <param name="IsReady">Whether the server took connections when it last wrote the file.</param>
internal sealed record PostmasterPid(int ProcessId, bool IsReady)
{
    private const int StatusLine = 7;

    /// <returns>Null when there is none, or none that can be read.</returns>
    internal static PostmasterPid? TryRead(string dataFolder)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(dataFolder));
            return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var process)
                ? new PostmasterPid(process, lines.ElementAtOrDefault(StatusLine)?.Trim() == "ready")
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

    /// <summary>The lock file's content where its process is this folder's server.</summary>
    internal static PostmasterPid? TryReadRunning(string dataFolder) =>
        TryRead(dataFolder) is { } found && ServerProcesses.IsServerOf(dataFolder, found.ProcessId) ? found : null;

    internal static string PathIn(string dataFolder) => Path.Combine(dataFolder, "postmaster.pid");
}
