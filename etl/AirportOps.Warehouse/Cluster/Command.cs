using System.ComponentModel;
using System.Diagnostics;
using AirportOps.Reliability;

namespace AirportOps.Warehouse.Cluster;

/// <summary>Runs a program to its end and keeps what it printed.</summary>
internal static class Command
{
    /// <param name="words">The program and its arguments, passed as they are: no shell reads them.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="cancellationToken">Kills the program; what it started lives on.</param>
    /// <exception cref="WarehouseException">The program can't be started.</exception>
    internal static async Task<CommandResult> RunAsync(
        IReadOnlyList<string> words,
        string workingDirectory,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // PGDATA, PGPORT and the like would lead the tools elsewhere; the messages are read by people who read English.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception notStarted)
        {
            throw new WarehouseException($"{words[0]} can't be started: {notStarted.Message}.", Fault.Operator, notStarted);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await Task.WhenAll(output, errors).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        var printed = await output.ConfigureAwait(false) + await errors.ConfigureAwait(false);
        return new CommandResult(process.ExitCode, printed.Trim());
    }
}
