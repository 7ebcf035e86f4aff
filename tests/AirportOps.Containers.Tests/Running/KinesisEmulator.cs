using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AirportOps.Containers.Tests.Running;

/// <summary>compose.yaml's Kinesis: the script of its image, on a free loopback port.</summary>
internal sealed partial class KinesisEmulator : IAsyncDisposable
{
    private readonly Process _process;

    private KinesisEmulator(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Its port.</summary>
    internal int Port { get; }

    /// <summary>Starts it and waits until its stream is there.</summary>
    /// <param name="data">Where it keeps the stream.</param>
    internal static async Task<KinesisEmulator> StartAsync(string data)
    {
        var start = new ProcessStartInfo("node", ["kinesis.js"])
        {
            WorkingDirectory = Repository.PathOf("tests", "containers", "emulators"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["NODE_PATH"] = Repository.PathOf("artifacts", "emulators", "node_modules"),
                ["HOST"] = "127.0.0.1",
                ["PORT"] = "0",
                ["DATA"] = data,
            },
        };
        var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? string.Empty;
        var port = Ready().Match(said);
        Assert.True(port.Success, $"the emulator said '{said}'");
        return new KinesisEmulator(process, int.Parse(port.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Asks it to stop, as an engine does.</summary>
    /// <returns>Its exit status.</returns>
    internal async Task<int> StopAsync()
    {
        await Shell.RunAsync($"kill -s TERM {_process.Id}", "/");
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"^kinesis on (\d+), stream airport-events$")]
    private static partial Regex Ready();
}
