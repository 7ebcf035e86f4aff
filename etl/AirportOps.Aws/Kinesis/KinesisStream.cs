using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AirportOps.Aws.Connecting;
using AirportOps.Reliability;
using AirportOps.Streams;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using KinesisShard = Amazon.Kinesis.Model.Shard;
using Shard = AirportOps.Streams.Shard;

namespace AirportOps.Aws.Kinesis;

/// <summary>A stream of Amazon Kinesis Data Streams. It must exist; it is looked at when it is first used.</summary>
/// <remarks>
/// Any number of writers and readers. Throttling and outages are waited out (<see cref="KinesisStreamOptions.Patience"/>); a reader meanwhile
/// gives empty batches with a lag. Needs <c>kinesis:DescribeStreamSummary</c>, <c>ListShards</c>, <c>GetShardIterator</c>,
/// <c>GetRecords</c> to read, and <c>PutRecords</c> to write.
/// </remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "A stream of events is what it is.")]
public sealed class KinesisStream : IEventStream
{
    private const string Describe = "kinesis:DescribeStreamSummary";
    private const string ListShards = "kinesis:ListShards";

    private readonly IAmazonKinesis _client;
    private readonly KinesisPlace _place;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly AwsCalls _calls;
    private readonly OutageReporter _reading;
    private readonly ConcurrentDictionary<string, ReadPace> _paces = new(StringComparer.Ordinal);
    private volatile bool _isKnownToBeThere;
    private TimeSpan? _retention;

    private KinesisStream(IAmazonKinesis client, KinesisPlace place, ILogger logger, TimeProvider clock)
    {
        (_client, _place, _logger, _clock) = (client, place, logger, clock);
        _calls = new AwsCalls(place.Location, place.Options.Calls, logger, clock);
        _reading = new OutageReporter(place.Location, logger, clock);
    }

    /// <inheritdoc/>
    public string Name => _place.Name;

    /// <inheritdoc/>
    public TimeSpan PollInterval => _place.Options.PollInterval;

    /// <summary>Names a stream to use; nothing is called yet.</summary>
    /// <param name="name">1 to 128 letters, digits, <c>-</c>, <c>_</c> and, not first, <c>.</c></param>
    /// <param name="aws">How AWS is reached.</param>
    /// <param name="options">See there.</param>
    /// <param name="logger">Told of trouble that is waited out, and of hot shards.</param>
    /// <param name="clock">Paces and waits.</param>
    /// <exception cref="UsageException">The name is none.</exception>
    /// <exception cref="StreamException">There is no region.</exception>
    public static KinesisStream Open(string name, AwsOptions aws, KinesisStreamOptions options, ILogger logger, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (name is not { Length: >= 1 and <= 128 } || name[0] == '.'
            || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            throw new UsageException(
                $"'{name}' is no name of a Kinesis stream: expected 1 to 128 letters, digits, '-', '_' and, not first, '.'");
        }

        IAmazonKinesis client;
        try
        {
            client = new AwsClients(aws).Kinesis();
        }
        catch (AmazonClientException unfit)
        {
            // Without a region there is no client.
            throw new KinesisPlace(name, aws.Endpoint, options).Failure(unfit, Describe);
        }

        var endpoint = (client as AmazonKinesisClient)?.Config.ServiceURL;
        return new KinesisStream(client, new KinesisPlace(name, endpoint, options), logger, clock);
    }

    /// <inheritdoc/>
    public async Task<TimeSpan?> GetRetentionAsync(CancellationToken cancellationToken)
    {
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        return _retention;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Shard>> ListShardsAsync(CancellationToken cancellationToken)
    {
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        return ShardOrder.ParentsFirst(await AllShardsAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task<IShardReader> OpenReaderAsync(string shardId, StreamPosition position, CancellationToken cancellationToken)
    {
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        var pace = _paces.GetOrAdd(shardId, _ => new ReadPace(_place.Options.ShardInterval, _clock));
        return await KinesisShardReader
            .OpenAsync(_client, _place, shardId, position, _retention, pace, _calls, _reading, _clock, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IStreamWriter> OpenWriterAsync(CancellationToken cancellationToken)
    {
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        return new KinesisStreamWriter(_client, _place, new HotShards(_place, AllShardsAsync, _logger, _clock), _logger, _clock);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Trouble with the whole stream is told before any work is begun; a stream being created is waited for. What is down at the start is told at once; many
    /// workers that start together ask too often, which passes.
    /// </summary>
    private async Task EnsureThereAsync(CancellationToken cancellationToken)
    {
        if (_isKnownToBeThere)
        {
            return;
        }

        _isKnownToBeThere = await _calls.CallAsync(
            CheckAsync,
            exception => _place.Describe(exception, Describe),
            kind => kind is AwsTroubleKind.Busy ? _place.Options.Patience : TimeSpan.Zero,
            _place.Failure,
            cancellationToken).ConfigureAwait(false);

        async Task<bool> CheckAsync(CancellationToken stop)
        {
            var status = await DescribeAsync(stop).ConfigureAwait(false);
            return status == StreamStatus.ACTIVE || status == StreamStatus.UPDATING
                ? true
                : throw new AwsFailure(
                    new AwsTrouble(
                        status == StreamStatus.CREATING ? AwsTroubleKind.Busy : AwsTroubleKind.Unavailable,
                        $"it is {status?.Value ?? "in no known state"}; wait until it is active, or name another"),
                    null);
        }
    }

    private async Task<StreamStatus?> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client
                .DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = Name }, cancellationToken).ConfigureAwait(false);
            _retention = answer.StreamDescriptionSummary?.RetentionPeriodHours is { } hours ? TimeSpan.FromHours(hours) : null;
            return answer.StreamDescriptionSummary?.StreamStatus;
        }
        catch (ResourceNotFoundException missing)
        {
            throw new StreamException(
                $"There is no stream kinesis:{Name} in this account and region ({_place.Endpoint ?? (_client as AmazonKinesisClient)?.Config.RegionEndpoint?.SystemName});"
                + $" check its name and AWS_REGION, or create it: aws kinesis create-stream --stream-name {Name} --shard-count 4.",
                Fault.Operator,
                missing);
        }
    }

    private async Task<IReadOnlyList<KinesisShard>> AllShardsAsync(CancellationToken cancellationToken)
    {
        var shards = new List<KinesisShard>();
        var request = new ListShardsRequest { StreamName = Name };
        while (true)
        {
            var answer = await _calls.CallAsync(
                stop => _client.ListShardsAsync(request, stop),
                exception => _place.Describe(exception, ListShards),
                _ => _place.Options.Patience,
                _place.Failure,
                cancellationToken).ConfigureAwait(false);
            shards.AddRange(answer.Shards ?? []);
            if (string.IsNullOrEmpty(answer.NextToken))
            {
                return shards;
            }

            // The token stands for the stream; naming both is refused.
            request = new ListShardsRequest { NextToken = answer.NextToken };
        }
    }
}
