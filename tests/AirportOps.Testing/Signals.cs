using System.Diagnostics;
using System.Globalization;

namespace AirportOps.Testing;

/// <summary>Signals to processes, by name: KILL, TERM, INT, QUIT, STOP, CONT.</summary>
public static class Signals
{
    /// <summary>Sends a signal to processes.</summary>
    /// <returns>False when one of them is not there any more.</returns>
    public static async Task<bool> SendAsync(string signal, params IEnumerable<int> processes)
    {
        var ids = string.Join(' ', processes.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -s {signal} {ids} 2>/dev/null"]);
        await kill.WaitForExitAsync(CancellationToken.None);
        return kill.ExitCode == 0;
    }
}
