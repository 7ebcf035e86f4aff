using AirportOps.Aws.Connecting;
using AirportOps.Aws.Lakes;
using AirportOps.Cleaning;
using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Cli.Settings;

/// <summary>Everything a verb can be told by a file, the environment and options, checked and complete.</summary>
internal sealed record AppSettings
{
    /// <summary>The folder under which the embedded stream, lake and warehouse lie. Default <c>.airportops</c>.</summary>
    public required string Data { get; init; }

    /// <summary>The stream as a URI. Default <c>local:DATA/stream/airport-events</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>The lake as a URI. Default <c>file:DATA/lake</c>.</summary>
    public required string Lake { get; init; }

    /// <summary>The warehouse as a URI. Default <c>local:DATA/warehouse</c>.</summary>
    public required string Warehouse { get; init; }

    /// <summary>Folder of PostgreSQL's server programs; null to search for them. From AIRPORTOPS_PG_BIN.</summary>
    public string? PgBin { get; init; }

    /// <summary>Shards of a stream that is created, 1…64. Default 4.</summary>
    public required int Shards { get; init; }

    /// <summary>Hours after which a <c>local:</c> stream may forget records, 0.01…876,000; null, the default, keeps them.</summary>
    public required double? RetentionHours { get; init; }

    /// <summary>Bytes of a shard above which a <c>local:</c> stream may forget its oldest records, from 1 MiB; null, the default, keeps them.</summary>
    public required long? RetentionBytes { get; init; }

    /// <summary>
    /// Ids of accepted events in memory, for each shard and in <c>clean</c>, 1…100,000,000; what is beyond is remembered on disk, of a shard in
    /// <c>DATA/ids</c>. Default 2,097,152, at most 96 MiB.
    /// </summary>
    public required int IdsInMemory { get; init; }

    /// <summary>A CSV file of airports behind the shipped ones; null, the default: none.</summary>
    public string? ReferenceAirports { get; init; }

    /// <summary>A CSV file of airlines behind the shipped ones; null, the default: none.</summary>
    public string? ReferenceAirlines { get; init; }

    /// <summary>How events are cleaned: by the published rules, with profiles of sources from the file that <c>Cleaning:Profiles</c> names.</summary>
    public CleanerOptions Cleaning { get; init; } = new();

    /// <summary>When a window closes.</summary>
    public required WindowLimits Window { get; init; }

    /// <summary>The lake of the raw zone: Bronze is archived there, and Silver fills holes of the stream from there. Null, the default: <see cref="Lake"/>.</summary>
    public string? BronzeLake { get; init; }

    /// <summary>When an object of the raw zone is complete.</summary>
    public required BronzeLimits Bronze { get; init; }

    /// <summary>
    /// File in which a running verb says every few seconds that it lives and how its stages do, for <c>health</c> to read; null, the default: none.
    /// </summary>
    public string? HealthFile { get; init; }

    /// <summary>
    /// How long work with an end (<c>--once</c>, <c>load</c>, <c>gold build</c>, <c>demo</c>) waits out an outage before it fails; services wait without
    /// end. 0 to 7 days; default 5 minutes.
    /// </summary>
    public required TimeSpan OncePatience { get; init; }

    /// <summary>How AWS is reached. Default: its own endpoints, the standard <c>AWS_*</c> variables and profiles.</summary>
    public required AwsOptions Aws { get; init; }

    /// <summary>How an <c>s3:</c> lake is used.</summary>
    public required S3LakeOptions S3 { get; init; }

    /// <summary>The role by which Redshift reads the lake, its ARN; <c>default</c>, the default, is the warehouse's own.</summary>
    public required string RedshiftCopyRole { get; init; }

    /// <summary>How workers share the shards of a stream.</summary>
    public required LeaseSettings Leases { get; init; }

    /// <summary>Where metrics are written.</summary>
    public required MetricsSettings Metrics { get; init; }

    /// <summary>When alerts are raised and where they go.</summary>
    public required AlertSettings Alerts { get; init; }

    /// <summary>Whether metrics or alerts go anywhere but into the log.</summary>
    public bool IsWatched => Metrics.Target is not MetricsTarget.Off || Alerts.TopicArn is not null;
}
