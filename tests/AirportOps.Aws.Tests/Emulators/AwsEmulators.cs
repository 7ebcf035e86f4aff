using System.Diagnostics;
using System.Text.RegularExpressions;
using AirportOps.Aws.Tests.Emulators;

[assembly: AssemblyFixture(typeof(AwsEmulators))]

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>The emulators that the tests share: each starts when first needed and ends with the tests.</summary>
public sealed partial class AwsEmulators : IAsyncDisposable
{
    private readonly Lazy<Task<EmulatorProcess>> _kinesalite = new(StartKinesaliteAsync);
    private readonly Lazy<Task<EmulatorProcess>> _dynalite = new(StartDynaliteAsync);
    private readonly Lazy<Task<EmulatorProcess>> _moto = new(() => StartMotoAsync());

    /// <summary>The folder of the sources.</summary>
    internal static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "AirportOps.sln")))
            {
                folder = folder.Parent;
            }

            return folder.FullName;
        }
    }

    /// <summary>The folder that <c>tests/setup</c> installs into.</summary>
    private static string Installed => Path.Combine(Repository, "artifacts");

    /// <summary>Where Kinesis is.</summary>
    public async Task<Uri> KinesisAsync() => (await _kinesalite.Value).Url;

    /// <summary>Where DynamoDB is.</summary>
    public async Task<Uri> DynamoDbAsync() => (await _dynalite.Value).Url;

    /// <summary>Where S3 and the other services are; the test is skipped where moto is not installed.</summary>
    public async Task<Uri> MotoAsync()
    {
        RequireMoto();
        return (await _moto.Value).Url;
    }

    /// <summary>A Kinesis of the caller's own, to dispose.</summary>
    public static Task<EmulatorProcess> StartKinesaliteAsync() => StartNodeAsync("kinesalite");

    /// <summary>A DynamoDB of the caller's own, to dispose.</summary>
    public static Task<EmulatorProcess> StartDynaliteAsync() => StartNodeAsync("dynalite");

    /// <summary>A moto of the caller's own, to dispose; the test is skipped where moto is not installed.</summary>
    /// <param name="uncheckedCalls">Calls after which signatures and permissions are checked; null for never.</param>
    public static Task<EmulatorProcess> StartMotoAsync(int? uncheckedCalls = null)
    {
        var start = new ProcessStartInfo(RequireMoto(), ["-H", "127.0.0.1", "-p", "0"]);
        if (uncheckedCalls is { } calls)
        {
            start.Environment["INITIAL_NO_AUTH_ACTION_COUNT"] = calls.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return EmulatorProcess.StartAsync(start, portOnStandardError: true, MotoPort());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var emulator in new[] { _kinesalite, _dynalite, _moto })
        {
            if (emulator.IsValueCreated)
            {
                await (await emulator.Value).DisposeAsync();
            }
        }
    }

    private static Task<EmulatorProcess> StartNodeAsync(string emulator)
    {
        var folder = Path.Combine(Installed, "emulators");
        Assert.True(Directory.Exists(folder), $"{emulator} is missing: run tests/setup");
        return EmulatorProcess.StartAsync(
            new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Emulators", $"{emulator}.js"), folder]),
            portOnStandardError: false,
            NodePort());
    }

    private static string RequireMoto()
    {
        var programs = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Append(Path.Combine(Installed, "moto", "bin"))
            .Select(folder => Path.Combine(folder, "moto_server"));
        var program = programs.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "moto_server is not installed; see tests/setup");
        return program!;
    }

    [GeneratedRegex("listening on (\\d+)")]
    private static partial Regex NodePort();

    [GeneratedRegex("Running on http://127\\.0\\.0\\.1:(\\d+)")]
    private static partial Regex MotoPort();
}
