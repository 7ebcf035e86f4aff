using Amazon.KinesisFirehose.Model;

namespace Amazon.KinesisFirehose;

/// <summary>
/// Amazon Data Firehose, as far as it is used here
/// (<see href="https://docs.aws.amazon.com/firehose/latest/APIReference/">reference</see>).
/// </summary>
public interface IAmazonKinesisFirehose : IDisposable
{
    /// <summary>Writes records.</summary>
    Task<PutRecordBatchResponse> PutRecordBatchAsync(PutRecordBatchRequest request, CancellationToken cancellationToken = default);
}
