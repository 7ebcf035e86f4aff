using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AirportOps.Benchmarks.Comparison;

/// <summary>
/// Runs a command and asks the operating system what it took. getrusage adds up all children that ended, so each command gets a process of
/// ours to itself, whose only child it is.
/// </summary>
internal static partial class MeasuredProcess
{
    /// <summary>The verb under which this program measures a command from inside.</summary>
    internal const string Verb = "measured";

    private const int Children = -1;

    /// <summary>Runs a command and returns what it took.</summary>
    /// <exception cref="ComparisonException">It could not be started or failed.</exception>
    internal static async Task<ProcessCost> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. SelfArguments(), Verb, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = RepositoryFolder.Root,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var (said, failed) = (await output, await errors);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<ProcessCost>(said)!
                : throw new ComparisonException($"'{string.Join(' ', command)}' failed: {LastLine(failed)}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>This program started as it was: by its own name, or by <c>dotnet</c> and its assembly.</summary>
    internal static string[] SelfArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(MeasuredProcess).Assembly.Location] : [];

    /// <summary>The inside: runs the command as the only child and prints its cost.</summary>
    internal static async Task<int> RunInsideAsync(string[] command)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new ComparisonException("whole processes are measured with Linux's getrusage; run the comparison on Linux");
        }

        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        var watch = Stopwatch.StartNew();
        using var child = Process.Start(start)!;
        await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        watch.Stop();
        var result = GetResourceUsage(Children, out var usage);
        Debug.Assert(result == 0, "getrusage takes any valid address.");
        Console.WriteLine(JsonSerializer.Serialize(
            new ProcessCost(watch.Elapsed.TotalSeconds, usage.User.TotalSeconds + usage.System.TotalSeconds, usage.PeakKilobytes * 1024)));
        return child.ExitCode;
    }

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1];

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, out ResourceUsage usage);

    /// <summary><c>struct timeval</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeValue
    {
        private readonly long _seconds;
        private readonly long _micros;

        internal double TotalSeconds => _seconds + (_micros / 1e6);
    }

    /// <summary><c>struct rusage</c> of 64-bit Linux: two times, the peak in KiB, thirteen counters.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct ResourceUsage
    {
        internal TimeValue User;
        internal TimeValue System;
        internal long PeakKilobytes;
        private fixed long _rest[13];
    }
}
