using AirportOps.Aws.Kinesis;
using AirportOps.Aws.Lakes;
using AirportOps.Cli.Settings;
using AirportOps.Lake;
using AirportOps.Reliability;
using AirportOps.Streams;
using Microsoft.Extensions.Logging;

namespace AirportOps.Cli.Hosting;

/// <summary>Opens the places that settings name by URI.</summary>
/// <param name="settings">The settings.</param>
/// <param name="logger">Told what an operator should know.</param>
/// <param name="clock">The clock.</param>
internal sealed partial class Places(AppSettings settings, ILogger logger, TimeProvider clock)
{
    /// <summary>Weights of simulated mess for a stream: Kinesis takes no record over 1 MiB, so none ever comes from it.</summary>
    /// <param name="stream">The stream as a URI.</param>
    internal static IReadOnlyDictionary<string, double> MessWeights(string stream) =>
        Split(stream).Scheme == "kinesis" ? new Dictionary<string, double> { ["too_large"] = 0 } : new Dictionary<string, double>();

    /// <summary>Opens the stream; a <c>local:</c> one that is not there is created.</summary>
    /// <exception cref="UsageException">The URI is of no known kind, or names what can be no stream.</exception>
    internal IEventStream OpenStream() => Split(settings.Stream) switch
    {
        ("local", { Length: > 0 } directory) =>
            LocalStream.Open(
                directory,
                new LocalStreamOptions
                {
                    ShardCount = settings.Shards,
                    RetentionAge = settings.RetentionHours is { } hours ? TimeSpan.FromHours(hours) : null,
                    RetentionBytes = settings.RetentionBytes,
                },
                clock),
        ("kinesis", { Length: > 0 } name) =>
            KinesisStream.Open(name, settings.Aws, new KinesisStreamOptions(), logger, clock),
        _ => throw Unknown("stream", settings.Stream, "local:DIR or kinesis:NAME"),
    };

    /// <summary>Opens the lake; a <c>file:</c> one that is not there is created.</summary>
    /// <exception cref="UsageException">The URI is of no known kind, or names what can be no lake.</exception>
    internal ILake OpenLake() => OpenLake(settings.Lake);

    /// <summary>Opens the lake of the raw zone, which may be the same.</summary>
    /// <exception cref="UsageException">The URI is of no known kind, or names what can be no lake.</exception>
    internal ILake OpenBronzeLake() => OpenLake(settings.BronzeLake ?? settings.Lake);

    /// <summary>Opens a lake other than the settings'.</summary>
    /// <param name="uri">As of <see cref="AppSettings.Lake"/>.</param>
    /// <exception cref="UsageException">The URI is of no known kind, or names what can be no lake.</exception>
    internal ILake OpenLake(string uri) => Split(uri) switch
    {
        ("file", { Length: > 0 } directory) => FileLake.Open(directory, clock),
        ("s3", { Length: > 2 } place) when place.StartsWith("//", StringComparison.Ordinal) =>
            S3Lake.Open(place[2..], settings.Aws, settings.S3, logger, clock),
        _ => throw Unknown("lake", uri, "file:DIR or s3://BUCKET/PREFIX"),
    };

    private static (string Scheme, string Place) Split(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (string.Empty, uri) : (uri[..colon], uri[(colon + 1)..]);
    }

    private static UsageException Unknown(string what, string uri, string expected) =>
        new($"the {what} '{uri}' is of no kind that this version opens; expected {expected}");
}
