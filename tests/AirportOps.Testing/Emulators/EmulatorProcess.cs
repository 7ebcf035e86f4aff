using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AirportOps.Testing.Emulators;

/// <summary>An emulator in a process of its own on a free loopback port.</summary>
public sealed class EmulatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StreamReader _output;

    private EmulatorProcess(Process process, StreamReader output, Uri url) => (_process, _output, Url) = (process, output, url);

    /// <summary>Where it answers.</summary>
    public Uri Url { get; }

    /// <summary>Starts a program and waits for the line that tells its port.</summary>
    /// <param name="start">The program; its standard streams are taken.</param>
    /// <param name="portOnStandardError">Where the line comes.</param>
    /// <param name="port">Matches the line; its first group is the port.</param>
    public static async Task<EmulatorProcess> StartAsync(ProcessStartInfo start, bool portOnStandardError, Regex port)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        var (telling, other) = portOnStandardError
            ? (process.StandardError, process.StandardOutput)
            : (process.StandardOutput, process.StandardError);
        _ = other.BaseStream.CopyToAsync(Stream.Null);
        using var timeout = new CancellationTokenSource(StartTimeout);
        var said = new List<string>();
        while (await telling.ReadLineAsync(timeout.Token) is { } line)
        {
            said.Add(line);
            if (port.Match(line) is { Success: true } match)
            {
                // A log that nobody reads would fill its pipe and stop the emulator.
                if (portOnStandardError)
                {
                    _ = telling.BaseStream.CopyToAsync(Stream.Null);
                }

                return new EmulatorProcess(process, telling, new Uri($"http://127.0.0.1:{match.Groups[1].Value}"));
            }
        }

        throw new InvalidOperationException($"{start.FileName} ended without telling its port: {string.Join('\n', said)}");
    }

    /// <summary>Writes a line to its standard input and waits for a line of its standard output.</summary>
    public async Task TellAsync(string line, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        await _output.ReadLineAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
