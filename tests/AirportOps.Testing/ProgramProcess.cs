using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AirportOps.Testing;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit status; 128 and the signal's number where a signal ended it.</param>
/// <param name="Output">All of standard output.</param>
/// <param name="Error">All of standard error.</param>
public sealed record ProgramEnd(int ExitCode, string Output, string Error);

/// <summary>A program in a process of its own, whose output is kept and can be read while it runs. Disposing kills it.</summary>
public sealed class ProgramProcess : IAsyncDisposable
{
    private readonly Process _process;
    private bool _isDisposed;
    private readonly Task _pumps;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private ProgramProcess(Process process, string commandLine)
    {
        (_process, CommandLine) = (process, commandLine);
        _pumps = Task.WhenAll(PumpAsync(process.StandardOutput, _output), PumpAsync(process.StandardError, _error));
    }

    /// <summary>The program of all verbs beside the running one.</summary>
    public static string AirportOps { get; } = Path.Combine(AppContext.BaseDirectory, "airportops.dll");

    /// <summary>Its arguments, for messages.</summary>
    public string CommandLine { get; }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Its standard input where it was started with one; to be closed by the caller.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What it wrote to standard error up to now.</summary>
    public string ErrorSoFar => TextOf(_error);

    /// <summary>Starts a program of ours.</summary>
    /// <param name="program">The built program, a <c>.dll</c>.</param>
    /// <param name="folder">The folder it works in, where <c>.airportops</c> is its data by default.</param>
    /// <param name="settings">Environment variables; those of the caller that would be settings are left out.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="withInput">Whether standard input stays open.</param>
    public static ProgramProcess Start(
        string program, string folder, IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> arguments, bool withInput = false)
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

        return new ProgramProcess(process, string.Join(' ', arguments));
    }

    /// <summary>Waits for the program's end and all of its output.</summary>
    /// <param name="atMost">For how long; then it is killed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">It has not ended; the message holds what it said.</exception>
    public async Task<ProgramEnd> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_process.WaitForExitAsync(CancellationToken.None), _pumps).WaitAsync(atMost, cancellationToken);
        }
        catch (TimeoutException)
        {
            Kill();
            throw new TimeoutException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{CommandLine}' has not ended within {atMost.TotalSeconds:0} s; so far it said:\n{TextOf(_output)}\n{TextOf(_error)}"));
        }

        return new ProgramEnd(_process.ExitCode, TextOf(_output), TextOf(_error));
    }

    /// <summary>Kills the program, and nothing it started, by SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends the program a signal; see <see cref="Signals"/>.</summary>
    /// <returns>False when it has ended.</returns>
    public Task<bool> SignalAsync(string signal) => Signals.SendAsync(signal, _process.Id);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A test may end it before the folder that it works in does.
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static async Task PumpAsync(StreamReader from, StringBuilder to)
    {
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            lock (to)
            {
                to.Append(buffer, 0, count);
            }
        }
    }

    private static string TextOf(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
