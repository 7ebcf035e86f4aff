using System.Globalization;
using System.Net;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Record = Amazon.Kinesis.Model.Record;

namespace AirportOps.Aws.Tests.Kinesis;

/// <summary>
/// One shard with the limits of the service, by a clock that tests move
/// (<see href="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html">quotas</see>): five reads and 2 MB a second by
/// all readers together; who has read more waits until 2 MB a second make up for it.
/// </summary>
internal sealed class SharedShard(TimeProvider clock) : IAmazonKinesis
{
    private const int ReadsASecond = 5;
    private const double BytesASecond = 2_000_000;

    private readonly List<Record> _records = [];
    private readonly Queue<DateTimeOffset> _reads = new();
    private double _debt;
    private DateTimeOffset _debtAsOf = DateTimeOffset.MinValue;

    /// <summary>Reads that were answered.</summary>
    internal int Reads { get; private set; }

    /// <summary>Reads that were refused because readers together read too much.</summary>
    internal int Throttled { get; private set; }

    /// <summary>Bytes given.</summary>
    internal long BytesRead { get; private set; }

    /// <summary>Appends a record that arrives now.</summary>
    internal void Append(int bytes) => _records.Add(new Record
    {
        SequenceNumber = (_records.Count + 1).ToString(CultureInfo.InvariantCulture),
        ApproximateArrivalTimestamp = clock.GetUtcNow().UtcDateTime,
        PartitionKey = "key",
        Data = new MemoryStream(new byte[bytes], 0, bytes, writable: false, publiclyVisible: true),
    });

    public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GetShardIteratorResponse
        {
            ShardIterator = request.ShardIteratorType == ShardIteratorType.LATEST
                ? _records.Count.ToString(CultureInfo.InvariantCulture)
                : request.StartingSequenceNumber ?? "0",
        });

    public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        while (_reads.TryPeek(out var oldest) && oldest <= now.AddSeconds(-1))
        {
            _reads.Dequeue();
        }

        _reads.Enqueue(now);
        _debt = Math.Max(0, _debt - ((now - _debtAsOf).TotalSeconds * BytesASecond));
        _debtAsOf = now;
        if (_reads.Count > ReadsASecond || _debt >= BytesASecond)
        {
            Throttled++;
            throw new ProvisionedThroughputExceededException(
                "Rate exceeded for shard", null, Amazon.Runtime.ErrorType.Sender, "ProvisionedThroughputExceededException", "1", HttpStatusCode.BadRequest);
        }

        Reads++;
        var from = int.Parse(request.ShardIterator!, CultureInfo.InvariantCulture);
        var given = _records.GetRange(from, Math.Min(request.Limit ?? 10_000, _records.Count - from));
        var bytes = given.Sum(record => record.Data!.Length);
        BytesRead += bytes;
        _debt += bytes;
        var next = from + given.Count;
        return Task.FromResult(new GetRecordsResponse
        {
            Records = given,
            NextShardIterator = next.ToString(CultureInfo.InvariantCulture),
            MillisBehindLatest = next == _records.Count ? 0 : (long)(now.UtcDateTime - _records[next].ApproximateArrivalTimestamp!.Value).TotalMilliseconds + 1,
        });
    }

    public void Dispose()
    {
    }

    public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(
        DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<DeleteStreamResponse> DeleteStreamAsync(DeleteStreamRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<SplitShardResponse> SplitShardAsync(SplitShardRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<MergeShardsResponse> MergeShardsAsync(MergeShardsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
