using AirportOps.Testing;

namespace AirportOps.Cli.Tests.Support;

/// <summary>The built program in a process of its own, as <c>./airportops</c> starts it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    /// <summary>Far more than any run takes: who waits this long hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The program of all verbs.</summary>
    internal static readonly string Whole = ProgramProcess.AirportOps;

    private readonly ProgramProcess _process;

    private RunningProgram(ProgramProcess process) => _process = process;

    /// <summary>The program's standard input where it was started with one; to be closed by the test.</summary>
    internal Stream Input => _process.Input;

    internal bool HasEnded => _process.HasEnded;

    /// <summary>Starts the program.</summary>
    /// <param name="folder">The folder it works in, where <c>.airportops</c> is its data by default.</param>
    /// <param name="settings">Environment variables; those of the test run that would be settings are left out.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="withInput">Whether standard input stays open.</param>
    /// <param name="program">Which of the built programs.</param>
    internal static RunningProgram Start(
        string folder, IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> arguments, bool withInput, string program) =>
        new(ProgramProcess.Start(program, folder, settings, arguments, withInput));

    /// <summary>Waits for the program's end.</summary>
    /// <param name="atMost">For how long; null for more than any ordinary run takes.</param>
    internal async Task<Outcome> WaitAsync(TimeSpan? atMost = null)
    {
        var end = await _process.WaitAsync(atMost ?? Patience, TestContext.Current.CancellationToken);
        return new Outcome(end.ExitCode, end.Output, end.Error);
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
    internal async Task SignalAsync(string signal) => Assert.True(await _process.SignalAsync(signal), $"{signal} could not be sent to '{_process.CommandLine}'");

    /// <summary>Kills the program if it still runs.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
