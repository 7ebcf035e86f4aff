using AirportOps.Aws.Connecting;
using AirportOps.Aws.Lakes;
using AirportOps.Lake;
using AirportOps.Testing.Emulators;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Chaos.Outages;

/// <summary>Where stream and lake are: on disk, or in emulators of the run's own.</summary>
internal sealed class OutagePlaces : IAsyncDisposable
{
    private const string Bucket = "chaos";

    private readonly List<EmulatorProcess> _emulators = [];

    private OutagePlaces()
    {
    }

    /// <summary>Environment variables for the program.</summary>
    internal IReadOnlyDictionary<string, string> Settings { get; private init; } = new Dictionary<string, string>();

    /// <summary>Options that name stream and lake.</summary>
    internal IReadOnlyList<string> Options { get; private set; } = [];

    /// <summary>Opens the lake of a folder.</summary>
    internal Func<RoundFolder, ILake> OpenLake { get; private set; } = folder =>
    {
        // Nobody may have written anything yet.
        Directory.CreateDirectory(folder.Lake);
        return FileLake.OpenToRead(folder.Lake);
    };

    /// <summary>Starts what is needed.</summary>
    internal static async Task<OutagePlaces> OpenAsync(bool areEmulated, int shards, CancellationToken cancellationToken)
    {
        if (!areEmulated)
        {
            return new OutagePlaces();
        }

        var places = new OutagePlaces
        {
            Settings = new Dictionary<string, string>
            {
                ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "test", ["AWS_EC2_METADATA_DISABLED"] = "true",
            },
        };
        places._emulators.Add(await EmulatedAws.StartKinesaliteAsync());
        places._emulators.Add(await EmulatedAws.StartMotoAsync());
        var endpoint = $"{places._emulators[1].Url},kinesis={places._emulators[0].Url}";
        var aws = new AwsOptions { Endpoint = endpoint, Credentials = new BasicAWSCredentials("test", "test") };
        var sandbox = await AwsSandbox.CreateAsync(Bucket, shards, aws, cancellationToken);
        places.Options = ["--stream", sandbox.Stream, "--lake", sandbox.Lake, "--aws-endpoint", endpoint];
        places.OpenLake = _ => S3Lake.Open(Bucket, aws, new S3LakeOptions(), NullLogger.Instance, TimeProvider.System);
        return places;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var emulator in _emulators)
        {
            await emulator.DisposeAsync();
        }
    }
}
