using System.Diagnostics;

namespace AirportOps.Cli.Tests.Support;

/// <summary>The built program in a process of its own, as <c>./airportops</c> starts it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    /// <summary>Far more than any run takes: who waits this long hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The program of all verbs.</summary>
    internal static readonly string Whole = Path.Combine(AppContext.BaseDirectory, "airportops.dll");

    private readonly Process _process;
    private readonly string _arguments;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private RunningProgram(Process process, string arguments)
    {
        (_process, _arguments) = (process, arguments);
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program's standard input where it was started with one; to be closed by the test.</summary>
    internal Stream Input => _process.StandardInput.BaseStream;

    internal bool HasEnded => _process.HasExited;

    /// <summary>Starts the program.</summary>
    /// <param name="folder">The folder it works in, where <c>.airportops</c> is its data by default.</param>
    /// <param name="settings">Environment variables; those of the test run that would be settings are left out.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="withInput">Whether standard input stays open.</param>
    /// <param name="program">Which of the built programs.</param>
    internal static RunningProgram Start(
        string folder, IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> arguments, bool withInput, string program)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AIRPORTOPS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        if (!withInput)
        {
            process.StandardInput.Close();
        }

        return new RunningProgram(process, string.Join(' ', arguments));
    }

    /// <summary>Waits for the program's end.</summary>
    /// <param name="atMost">For how long; null for more than any ordinary run takes.</param>
    internal async Task<Outcome> WaitAsync(TimeSpan? atMost = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(atMost ?? Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            throw new TimeoutException($"'{_arguments}' has not ended; so far it said:\n{await _output}\n{await _error}");
        }

        return new Outcome(_process.ExitCode, await _output, await _error);
    }

    /// <summary>Kills the program, and nothing it started, by SIGKILL.</summary>
    /// <returns>Its end; the exit status is that of a killed process unless it was faster.</returns>
    internal async Task<Outcome> KillAsync()
    {
        _process.Kill();
        return await WaitAsync();
    }

    /// <summary>Sends the program a signal.</summary>
    /// <param name="signal">INT, as Ctrl-C sends, TERM, or STOP and CONT to freeze it and let it go on.</param>
    internal async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -s {signal} {_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Kills the program if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
