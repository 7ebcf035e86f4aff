using System.Globalization;

namespace AirportOps.Testing;

/// <summary>The processes of a PostgreSQL server, found by its data folder: one of the caller's own or one of a private cluster. Linux only.</summary>
public static class PostgresProcesses
{
    /// <summary>The server's first process; null when it doesn't run.</summary>
    public static int? Postmaster(string data)
    {
        try
        {
            var id = int.Parse(File.ReadLines(Path.Combine(data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
            return new FileInfo($"/proc/{id}/cwd").LinkTarget == data ? id : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            // No such file, one being written, or one of a server that has ended.
            return null;
        }
    }

    /// <summary>The processes that serve a program's connections.</summary>
    public static IReadOnlyList<int> Backends(string data) =>
    [
        .. FolderProcesses.Of(data).Select(process => process.Id).Where(id => TitleOf(id).StartsWith("postgres: airportops ", StringComparison.Ordinal)),
    ];

    /// <summary>Kills the server's first process, as the kernel does when memory is short; the others notice and end.</summary>
    /// <returns>False when it doesn't run.</returns>
    public static async Task<bool> KillPostmasterAsync(string data) => Postmaster(data) is { } id && await Signals.SendAsync("KILL", id);

    /// <summary>Stops the server and waits until it has ended; one that doesn't run is fine.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="isImmediate">Whether as by a crash, else with its connections ended in order.</param>
    /// <param name="atMost">For how long to wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False when it didn't run.</returns>
    public static async Task<bool> StopAsync(string data, bool isImmediate, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (Postmaster(data) is not { } id || !await Signals.SendAsync(isImmediate ? "QUIT" : "INT", id))
        {
            return false;
        }

        await Deadline.UntilAsync($"the server in {data} has stopped", () => Postmaster(data) != id, atMost, cancellationToken);
        return true;
    }

    private static string TitleOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            // It has ended.
            return string.Empty;
        }
    }
}
