namespace Amazon.Kinesis.Model;

/// <summary>Deletes a stream and its records.</summary>
public sealed class DeleteStreamRequest : AmazonKinesisRequest
{
    /// <summary>Also when consumers are registered.</summary>
    public bool? EnforceConsumerDeletion { get; set; }

    /// <summary>The stream's ARN, instead of its name.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The stream's name.</summary>
    public string? StreamName { get; set; }
}
