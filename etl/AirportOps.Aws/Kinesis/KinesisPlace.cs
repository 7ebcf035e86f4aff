using AirportOps.Aws.Connecting;
using AirportOps.Streams;

namespace AirportOps.Aws.Kinesis;

/// <summary>Which stream it is, for calls and for messages.</summary>
/// <param name="Name">The stream's name.</param>
/// <param name="Endpoint">Where the service is; null for AWS's own.</param>
/// <param name="Options">How it is used.</param>
internal sealed record KinesisPlace(string Name, string? Endpoint, KinesisStreamOptions Options)
{
    /// <summary>The stream, as lines about it begin.</summary>
    public string Location => $"stream kinesis:{Name}";

    /// <summary>What went wrong with a call.</summary>
    public AwsTrouble Describe(Exception exception, string action) => AwsTrouble.Of(exception, action, $"stream/{Name}", Endpoint);

    /// <summary>The exception of a trouble.</summary>
    public StreamException Failure(AwsTrouble trouble, Exception exception) =>
        new($"The stream kinesis:{Name} can't be used: {trouble.Cause}.", trouble.Fault, exception);

    /// <summary>The exception of a call that failed.</summary>
    public StreamException Failure(Exception exception, string action) => Failure(Describe(exception, action), exception);
}
