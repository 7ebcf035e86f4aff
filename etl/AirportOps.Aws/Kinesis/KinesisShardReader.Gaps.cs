using AirportOps.Streams;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace AirportOps.Aws.Kinesis;

/// <content>
/// Records that were trimmed away before this reader came to them. An iterator behind a trimmed record starts at the trim horizon without a word, and
/// numbers are not dense. What can be known: while less time than the retention has passed since all was read, nothing can be gone; and while the last
/// record read is still there, nothing behind it is. Otherwise records may be gone, and whether any were nobody can tell.
/// </content>
internal sealed partial class KinesisShardReader
{
    /// <summary>
    /// Records go a little before or after their time, and clocks differ: within this of the retention, a look at the last record is worth a request.
    /// </summary>
    private static readonly TimeSpan RetentionSlack = TimeSpan.FromMinutes(2);

    /// <summary>A record may show up a little after the read that should have found it.</summary>
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(5);

    private readonly TimeSpan? _retention;
    private DateTimeOffset? _seenThrough;
    private SequenceNumber _lastSeen;
    private SequenceNumber? _lookedAt;
    private bool _isGap;
    private int _emptyReads;

    /// <summary>Sees whether the last record read is still there, where time enough has passed that it may not be.</summary>
    private async Task LookForGapAsync(CancellationToken cancellationToken)
    {
        if (_seenThrough is not { } seen || _retention is not { } retention || _lookedAt == _lastSeen
            || _clock.GetUtcNow() - seen < retention - RetentionSlack)
        {
            return;
        }

        _isGap = !await IsThereAsync(_lastSeen, cancellationToken).ConfigureAwait(false);
        (_lookedAt, _emptyReads) = (_lastSeen, 0);
    }

    private async Task<bool> IsThereAsync(SequenceNumber sequence, CancellationToken cancellationToken)
    {
        var start = new GetShardIteratorRequest
        {
            StreamName = _place.Name,
            ShardId = _shardId,
            ShardIteratorType = ShardIteratorType.AT_SEQUENCE_NUMBER,
            StartingSequenceNumber = sequence.ToString(),
        };
        var iterator = (await _client.GetShardIteratorAsync(start, cancellationToken).ConfigureAwait(false)).ShardIterator;
        while (!string.IsNullOrEmpty(iterator))
        {
            var answer = await _client
                .GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator, Limit = 1 }, cancellationToken).ConfigureAwait(false);
            if (answer.Records is [var first, ..])
            {
                return SequenceNumber.Parse(first.SequenceNumber!) == sequence;
            }

            if (answer.MillisBehindLatest is null or 0)
            {
                return false;
            }

            iterator = answer.NextShardIterator;
            await _pace.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>Notes how far the reader has come with an answer that was asked for at a time.</summary>
    private void See(DateTimeOffset started)
    {
        if (_fetched.Count == 0)
        {
            _emptyReads++;
        }

        // Once a gap is told, what was read before it is of no more use.
        if (_seenThrough is { } seen && !_isGap)
        {
            var now = _fetched.Count > 0 ? ArrivedOf(_fetched[^1]) : _lagBehindFetched == TimeSpan.Zero ? started - Visibility : seen;
            _seenThrough = now > seen ? now : seen;
        }

        _lastSeen = _fetched.Count > 0 ? SequenceNumber.Parse(_fetched[^1].SequenceNumber!) : _lastSeen;
    }

    /// <summary>The batch that tells of a gap, once it is known what lies behind it; null otherwise.</summary>
    private RecordBatch? TakeGap()
    {
        var hasNext = _given < _fetched.Count;
        if (!_isGap || (!hasNext && (_lagBehindFetched > TimeSpan.Zero || _emptyReads < 2)))
        {
            return null;
        }

        _isGap = false;
        return new RecordBatch([], hasNext ? LeastLag : TimeSpan.Zero, endOfShard: false, null)
        {
            Gap = new RecordGap(
                _lookedAt!.Value,
                LostThrough: null,
                hasNext ? SequenceNumber.Parse(_fetched[_given].SequenceNumber!) : null,
                hasNext ? ArrivedOf(_fetched[_given]) : null,
                IsCertain: false),
        };
    }
}
