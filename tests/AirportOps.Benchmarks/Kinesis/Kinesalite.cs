using System.Diagnostics;
using AirportOps.Benchmarks.Comparison;

namespace AirportOps.Benchmarks.Kinesis;

/// <summary>The emulator in a process of its own on a free loopback port, as the tests start it.</summary>
internal sealed class Kinesalite : IDisposable
{
    private const string Telling = "listening on ";

    private readonly Process _process;

    private Kinesalite(Process process, Uri url) => (_process, Url) = (process, url);

    /// <summary>Where it answers.</summary>
    internal Uri Url { get; }

    /// <summary>Processor time it has taken.</summary>
    internal TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="ComparisonException">It is not installed or does not start.</exception>
    internal static async Task<Kinesalite> StartAsync(CancellationToken cancellationToken)
    {
        var installed = Path.Combine(RepositoryFolder.Root, "artifacts", "emulators");
        var script = Path.Combine(RepositoryFolder.Root, "tests", "AirportOps.Testing", "Emulators", "kinesalite.js");
        var process = Process.Start(new ProcessStartInfo("node", [script, installed]) { RedirectStandardInput = true, RedirectStandardOutput = true })
            ?? throw new ComparisonException("node could not be started");
        return await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line && line.StartsWith(Telling, StringComparison.Ordinal)
            ? new Kinesalite(process, new Uri($"http://127.0.0.1:{line[Telling.Length..]}"))
            : throw new ComparisonException("kinesalite did not start; run tests/setup");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
