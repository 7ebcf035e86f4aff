using AirportOps.Aws.Checks;

namespace AirportOps.Cli.Hosting;

/// <summary>What the places need on AWS.</summary>
internal sealed partial class Places
{
    /// <summary>Who looks at the places that lie on AWS, and at the topic of alerts.</summary>
    internal AwsDoctor AwsDoctor() => new(settings.Aws)
    {
        Stream = Split(settings.Stream) is ("kinesis", { Length: > 0 } stream) ? stream : null,
        Lake = Split(settings.Lake) is ("s3", { Length: > 2 } lake) ? lake[2..] : null,
        LakeOptions = settings.S3,
        Topic = settings.Alerts.TopicArn,
    };
}
