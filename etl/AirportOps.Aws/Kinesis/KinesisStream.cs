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
    private static readonly TimeSpan ActivationPoll = TimeSpan.FromMilliseconds(250);

    private readonly IAmazonKinesis _client;
    private readonly KinesisPlace _place;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, ReadPace> _paces = new(StringComparer.Ordinal);
    private volatile bool _isKnownToBeThere;
    private TimeSpan? _retention;

    private KinesisStream(IAmazonKinesis client, KinesisPlace place, ILogger logger, TimeProvider clock) =>
        (_client, _place, _logger, _clock) = (client, place, logger, clock);

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
            .OpenAsync(_client, _place, shardId, position, _retention, pace, _logger, _clock, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Trouble with the whole stream is told before any work is begun; a stream being created is waited for.</summary>
    private async Task EnsureThereAsync(CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        while (!_isKnownToBeThere)
        {
            var status = await StatusAsync(cancellationToken).ConfigureAwait(false);
            _isKnownToBeThere = status == StreamStatus.ACTIVE || status == StreamStatus.UPDATING;
            if (_isKnownToBeThere)
            {
                return;
            }

            if (status != StreamStatus.CREATING || _clock.GetElapsedTime(started) >= _place.Options.Patience)
            {
                throw new StreamException(
                    $"The stream kinesis:{Name} is {status?.Value ?? "in no known state"}; wait until it is active, or name another.",
                    Fault.Outside,
                    null);
            }

            await Task.Delay(ActivationPoll, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<StreamStatus?> StatusAsync(CancellationToken cancellationToken)
    {
        var trouble = new StreamTrouble(_place, _logger, _clock);
        while (true)
        {
            try
            {
                var status = await DescribeAsync(cancellationToken).ConfigureAwait(false);
                trouble.End(Describe);
                return status;
            }
            catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
            {
                // What is down at the start is told at once; many workers that start together ask too often, which passes.
                if (_place.Describe(exception, Describe).Kind is not AwsTroubleKind.Throttled)
                {
                    throw _place.Failure(exception, Describe);
                }

                trouble.Meet(exception, Describe);
            }

            await Task.Delay(ActivationPoll, _clock, cancellationToken).ConfigureAwait(false);
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
        var trouble = new StreamTrouble(_place, _logger, _clock);
        while (true)
        {
            try
            {
                var answer = await _client.ListShardsAsync(request, cancellationToken).ConfigureAwait(false);
                shards.AddRange(answer.Shards ?? []);
                if (string.IsNullOrEmpty(answer.NextToken))
                {
                    trouble.End("kinesis:ListShards");
                    return shards;
                }

                // The token stands for the stream; naming both is refused.
                request = new ListShardsRequest { NextToken = answer.NextToken };
            }
            catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
            {
                trouble.Meet(exception, "kinesis:ListShards");
                await Task.Delay(_place.Options.PollInterval, _clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
