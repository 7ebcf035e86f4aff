using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AirportOps.Testing.Emulators;

/// <summary>Starts the emulators that <c>tests/setup</c> installs, each on a free loopback port and to be disposed.</summary>
public static partial class EmulatedAws
{
    /// <summary>Where moto's program is; null where it is not installed.</summary>
    public static string? MotoProgram => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Append(Path.Combine(Repository.Installed, "moto", "bin"))
        .Select(folder => Path.Combine(folder, "moto_server"))
        .FirstOrDefault(File.Exists);

    /// <summary>Kinesis.</summary>
    public static Task<EmulatorProcess> StartKinesaliteAsync() => StartNodeAsync("kinesalite");

    /// <summary>DynamoDB.</summary>
    public static Task<EmulatorProcess> StartDynaliteAsync() => StartNodeAsync("dynalite");

    /// <summary>S3 and the other services.</summary>
    /// <param name="uncheckedCalls">Calls after which signatures and permissions are checked; null for never.</param>
    /// <exception cref="InvalidOperationException">moto is not installed.</exception>
    public static Task<EmulatorProcess> StartMotoAsync(int? uncheckedCalls = null)
    {
        var program = MotoProgram ?? throw new InvalidOperationException("moto_server is not installed; see tests/setup");
        var start = new ProcessStartInfo(program, ["-H", "127.0.0.1", "-p", "0"]);
        if (uncheckedCalls is { } calls)
        {
            start.Environment["INITIAL_NO_AUTH_ACTION_COUNT"] = calls.ToString(CultureInfo.InvariantCulture);
        }

        return EmulatorProcess.StartAsync(start, portOnStandardError: true, MotoPort());
    }

    private static Task<EmulatorProcess> StartNodeAsync(string emulator)
    {
        var folder = Path.Combine(Repository.Installed, "emulators");
        return Directory.Exists(folder)
            ? EmulatorProcess.StartAsync(
                new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Emulators", $"{emulator}.js"), folder]),
                portOnStandardError: false,
                NodePort())
            : throw new InvalidOperationException($"{emulator} is missing: run tests/setup");
    }

    [GeneratedRegex("listening on (\\d+)")]
    private static partial Regex NodePort();

    [GeneratedRegex("Running on http://127\\.0\\.0\\.1:(\\d+)")]
    private static partial Regex MotoPort();
}
