using System.Diagnostics;

namespace AirportOps.Containers.Tests.Running;

/// <summary>Commands of this machine.</summary>
internal static class Shell
{
    /// <summary>Runs a shell command to its end.</summary>
    /// <param name="command">The command.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="environment">Variables over those of the tests.</param>
    /// <exception cref="InvalidOperationException">It fails; the message has all it said.</exception>
    internal static async Task<string> RunAsync(string command, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"'{command}' ended with {process.ExitCode}:\n{await output}\n{await error}");
    }
}
