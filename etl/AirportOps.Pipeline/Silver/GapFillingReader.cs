using AirportOps.Lake;
using AirportOps.Pipeline.Bronze;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// Reads a shard, and what the stream has dropped before it was read from Bronze, so that nothing is lost when only Silver was down. A gap is told only
/// where Bronze does not have all of it. For one caller; owns the reader it is given.
/// </summary>
/// <param name="inner">Reads the stream.</param>
/// <param name="bronze">The lake that holds the raw zone.</param>
/// <param name="stream">The stream's name.</param>
/// <param name="shard">The shard's id.</param>
/// <param name="seenThrough">Up to when all that arrived had been read when the reader was opened.</param>
internal sealed class GapFillingReader(IShardReader inner, ILake bronze, string stream, string shard, DateTimeOffset seenThrough) : IShardReader
{
    private RecordGap? _gap;
    private BronzeShardReader? _filler;
    private SequenceNumber _filled;
    private bool _reachesBehind;

    /// <inheritdoc/>
    public async Task<RecordBatch> ReadAsync(int maxRecords, long maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_filler is not null)
            {
                if (await FillAsync(maxRecords, maxBytes, cancellationToken).ConfigureAwait(false) is { } batch)
                {
                    return batch;
                }

                continue;
            }

            var read = await inner.ReadAsync(maxRecords, maxBytes, cancellationToken).ConfigureAwait(false);
            if (read.Gap is not { } gap)
            {
                return read;
            }

            (_gap, _filled, _reachesBehind) = (gap, gap.After, false);
            _filler = new BronzeShardReader(bronze, stream, shard, StreamPosition.After(gap.After));

            // A hole in Bronze itself is told before anything is filled: behind the first filled window nobody would find it again.
            if (await new BronzeCatalog(bronze).HasGapAsync(stream, shard, gap.After, gap.FirstAvailable, seenThrough, cancellationToken).ConfigureAwait(false))
            {
                return read;
            }

            read.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_filler is not null)
        {
            await _filler.DisposeAsync().ConfigureAwait(false);
        }

        await inner.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The next records that Bronze has of the gap; then what is left of it; null when nothing is.</summary>
    private async Task<RecordBatch?> FillAsync(int maxRecords, long maxBytes, CancellationToken cancellationToken)
    {
        var gap = _gap!;
        var batch = await _filler!.ReadAsync(maxRecords, maxBytes, cancellationToken).ConfigureAwait(false);
        var wanted = batch.Records.Where(record => gap.LostThrough is { } last ? record.Sequence <= last : gap.FirstAvailable is null || record.Sequence < gap.FirstAvailable)
            .ToArray();
        _reachesBehind |= wanted.Length < batch.Records.Count;
        if (wanted.Length > 0)
        {
            _filled = wanted[^1].Sequence;
            return new RecordBatch(wanted, TimeSpan.FromTicks(1), endOfShard: false, batch);
        }

        batch.Dispose();
        if (batch.Records.Count == 0 && !batch.EndOfShard)
        {
            return null;
        }

        await _filler.DisposeAsync().ConfigureAwait(false);
        (_filler, _gap) = (null, null);
        var isWhole = _reachesBehind || (gap.LostThrough is { } through && _filled >= through);
        return isWhole
            ? null
            : new RecordBatch([], gap.FirstAvailable is null ? TimeSpan.Zero : TimeSpan.FromTicks(1), endOfShard: false, null) { Gap = gap with { After = _filled } };
    }
}
