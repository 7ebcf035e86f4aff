using AirportOps.Aws.Connecting;
using AirportOps.Aws.Leases;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Cli.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Tests.Requests;

/// <summary>
/// A stream, a bucket and a lease table on emulators, and the program's stages as services of their own, each behind proxies that count what it asks for.
/// </summary>
internal sealed class RequestScene : IAsyncDisposable
{
    private readonly List<ScriptedEndpoint> _proxies = [];
    private readonly List<RunningProgram> _programs = [];
    private readonly TestFolder _folder = new();
    private readonly string _name = $"requests-{Guid.NewGuid():N}";
    private readonly string _program;
    private Uri _kinesis = null!;
    private Uri _moto = null!;
    private Uri _dynamoDb = null!;

    private RequestScene(string program) => _program = program;

    internal RequestMeter Meter { get; } = new();

    /// <summary>Makes all of it.</summary>
    /// <param name="emulators">The emulators.</param>
    /// <param name="shardCount">Shards of the stream.</param>
    /// <param name="program">The program to run, <c>airportops.dll</c> of some build.</param>
    internal static async Task<RequestScene> CreateAsync(AwsEmulators emulators, int shardCount, string program)
    {
        var token = TestContext.Current.CancellationToken;
        var scene = new RequestScene(program)
        {
            _kinesis = await emulators.KinesisAsync(),
            _moto = await emulators.MotoAsync(),
            _dynamoDb = await emulators.DynamoDbAsync(),
        };
        await AwsSandbox.CreateAsync(scene._name, shardCount, TestAws.Options(scene._moto) with { Endpoint = $"{scene._moto},kinesis={scene._kinesis}" }, token);
        using var leases = DynamoDbLeaseStore.Open(
            scene._name, TestAws.Options(scene._dynamoDb), new DynamoDbLeaseOptions { CallTimeout = TimeSpan.FromMinutes(1) }, NullLogger.Instance, TimeProvider.System);
        await leases.EnsureReadyAsync(token);
        return scene;
    }

    /// <summary>Starts a verb as a service that shares the lease table.</summary>
    /// <param name="who">Whose its requests are.</param>
    /// <param name="arguments">The verb and its options.</param>
    internal async Task<RunningProgram> StartServiceAsync(string who, params string[] arguments) =>
        await StartAsync(who, [.. arguments, "--lease-table", _name, "--worker", who]);

    /// <summary>Starts a verb.</summary>
    /// <param name="who">Whose its requests are.</param>
    /// <param name="arguments">The verb and its options.</param>
    internal async Task<RunningProgram> StartAsync(string who, params string[] arguments)
    {
        var endpoint = $"{await ProxyAsync(_moto, who)},kinesis={await ProxyAsync(_kinesis, who)},dynamodb={await ProxyAsync(_dynamoDb, who)}";
        var program = RunningProgram.Start(
            _folder.Path,
            new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "test", ["AWS_EC2_METADATA_DISABLED"] = "true" },
            [.. arguments, "--data", _folder.Path, "--stream", $"kinesis:{_name}", "--lake", $"s3://{_name}", "--aws-endpoint", endpoint, "--json"],
            withInput: false,
            _program);
        _programs.Add(program);
        return program;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            await program.DisposeAsync();
        }

        await _folder.DisposeAsync();
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }
    }

    private async Task<Uri> ProxyAsync(Uri emulator, string who)
    {
        var proxy = await ScriptedEndpoint.StartAsync(emulator);
        Meter.Watch(proxy, who);
        _proxies.Add(proxy);
        return proxy.Url;
    }
}
