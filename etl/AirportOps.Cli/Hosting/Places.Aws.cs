using AirportOps.Aws.Checks;
using AirportOps.Aws.Redshift;
using AirportOps.Reliability;

namespace AirportOps.Cli.Hosting;

/// <summary>What the places need on AWS.</summary>
internal sealed partial class Places
{
    /// <summary>Who looks at the places that lie on AWS, and at the topic of alerts.</summary>
    /// <exception cref="UsageException">The warehouse's URI can't be read.</exception>
    internal AwsDoctor AwsDoctor() => new(settings.Aws, clock)
    {
        Stream = Split(settings.Stream) is ("kinesis", { Length: > 0 } stream) ? stream : null,
        Lake = Split(settings.Lake) is ("s3", { Length: > 2 } lake) ? lake[2..] : null,
        LakeOptions = settings.S3,
        LeaseTable = settings.Leases.Table,
        Topic = settings.Alerts.TopicArn,
        Warehouse = Split(settings.Warehouse).Scheme == "redshift" ? RedshiftPlace.Parse(settings.Warehouse) : null,
    };
}
