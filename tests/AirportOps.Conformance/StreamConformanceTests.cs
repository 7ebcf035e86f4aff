using System.Globalization;
using System.Text;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Conformance;

/// <summary>What every stream must do; a backend's test project inherits it.</summary>
public abstract class StreamConformanceTests
{
    /// <summary>Times a reader may find nothing new before the records it waits for are given up; a service takes its time.</summary>
    private const int MaxEmptyReads = 100;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes a stream that is new and empty; the test disposes it.</summary>
    protected abstract Task<IEventStream> CreateStreamAsync(int shardCount);

    /// <summary>Makes a stream of one shard, new and empty; the test disposes it.</summary>
    /// <returns>The stream, and what makes it drop all that was written up to then, at the latest with the next write.</returns>
    protected abstract Task<(IEventStream Stream, Func<Task> Forget)> CreateForgettingStreamAsync();

    [Fact]
    public async Task A_new_stream_has_its_shards_and_no_records()
    {
        await using var stream = await CreateStreamAsync(3);

        var shards = await stream.ListShardsAsync(Token);

        Assert.Equal(3, shards.Select(shard => shard.Id).Distinct().Count());
        Assert.All(shards, shard => Assert.Matches("^[A-Za-z0-9_-]+$", shard.Id));
        Assert.All(shards, shard => Assert.Empty(shard.ParentIds));
        foreach (var shard in shards)
        {
            await using var reader = await stream.OpenReaderAsync(shard.Id, StreamPosition.TrimHorizon, Token);
            using var batch = await reader.ReadAsync(10, 1000, Token);
            Assert.Empty(batch.Records);
            Assert.Equal(TimeSpan.Zero, batch.Lag);
            Assert.False(batch.EndOfShard);
        }
    }

    [Fact]
    public async Task What_is_written_is_read_back_byte_for_byte_with_its_key()
    {
        await using var stream = await CreateStreamAsync(2);
        var everyByte = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        OutgoingRecord[] written =
        [
            new("AA 100 2026-03-01 JFK", Encoding.UTF8.GetBytes("""{"event_id":"1","gate":"Ä\n"}""")),
            new("JFK T4-A", everyByte),
            new("空港", "\uFEFF{ broken"u8.ToArray()),
            new("\U0001F6EB", new byte[] { 0xFF, 0xFE, 0x00 }),
            new(new string('k', 256), "\r\n"u8.ToArray()),
        ];

        await WriteAsync(stream, written);

        var read = await ReadAllAsync(stream, written.Length);
        Assert.Equal(
            written.Select(record => (record.PartitionKey, Convert.ToHexString(record.Data.Span))).Order(),
            read.Select(record => (record.PartitionKey, Convert.ToHexString(record.Data.Span))).Order());
    }

    [Fact]
    public async Task A_record_of_one_mebibyte_passes()
    {
        await using var stream = await CreateStreamAsync(1);
        var data = new byte[1 << 20];
        new Random(1).NextBytes(data);

        await WriteAsync(stream, [new("large", data)]);

        var read = Assert.Single(await ReadAllAsync(stream, 1));
        Assert.True(read.Data.Span.SequenceEqual(data));
    }

    [Fact]
    public async Task Records_of_a_key_stay_in_one_shard_in_the_order_they_were_written()
    {
        await using var stream = await CreateStreamAsync(3);
        var written = Numbered(300, keys: 7);

        await using (var writer = await stream.OpenWriterAsync(Token))
        {
            foreach (var call in written.Chunk(70))
            {
                await writer.WriteAsync(call, Token);
            }
        }

        var shards = await ReadShardsAsync(stream, written.Length);
        foreach (var key in written.GroupBy(record => record.PartitionKey))
        {
            var shard = Assert.Single(shards, shard => shard.Any(record => record.PartitionKey == key.Key));
            Assert.Equal(key.Select(Text), shard.Where(record => record.PartitionKey == key.Key).Select(Text));
        }
    }

    [Fact]
    public async Task Sequence_numbers_grow_and_arrivals_are_whole_microseconds_in_UTC()
    {
        await using var stream = await CreateStreamAsync(1);
        await WriteAsync(stream, Numbered(20, keys: 3));
        await WriteAsync(stream, Numbered(20, keys: 3));

        var read = await ReadAllAsync(stream, 40);

        Assert.All(read.Zip(read.Skip(1)), pair => Assert.True(pair.First.Sequence < pair.Second.Sequence));
        Assert.All(read, record => Assert.Equal(record.Sequence, SequenceNumber.Parse(record.Sequence.ToString())));
        Assert.All(read, record => Assert.Equal(TimeSpan.Zero, record.Arrived.Offset));
        Assert.All(read, record => Assert.Equal(0, record.Arrived.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    [Fact]
    public async Task A_reader_goes_on_after_any_record()
    {
        await using var stream = await CreateStreamAsync(1);
        var written = Numbered(12, keys: 2);
        await WriteAsync(stream, written);
        var read = await ReadAllAsync(stream, written.Length);

        for (var index = 0; index < read.Count; index++)
        {
            var expected = read.Skip(index + 1).Select(Text).ToArray();
            var rest = await ReadAsync(stream, await ShardIdAsync(stream), StreamPosition.After(read[index].Sequence), expected.Length);
            Assert.Equal(expected, rest.Select(Text));
        }
    }

    [Fact]
    public async Task A_reader_starts_at_the_first_record_that_arrived_at_an_instant_or_later()
    {
        await using var stream = await CreateStreamAsync(1);
        for (var call = 0; call < 3; call++)
        {
            await WriteAsync(stream, Numbered(5, keys: 2));
        }

        var read = await ReadAllAsync(stream, 15);
        foreach (var instant in read.Select(record => record.Arrived).Distinct())
        {
            var expected = read.Where(record => record.Arrived >= instant).Select(record => record.Sequence).ToArray();
            var rest = await ReadAsync(stream, await ShardIdAsync(stream), StreamPosition.AtTime(instant), expected.Length);
            Assert.Equal(expected, rest.Select(record => record.Sequence));
        }
    }

    [Fact]
    public async Task A_reader_at_the_latest_sees_only_what_comes_after_it_opened()
    {
        await using var stream = await CreateStreamAsync(1);
        await WriteAsync(stream, Numbered(5, keys: 1));
        await using var reader = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.Latest, Token);
        var later = Numbered(3, keys: 1, from: 100);

        await WriteAsync(stream, later);

        Assert.Equal(later.Select(Text), (await ReadAsync(reader, stream.PollInterval, later.Length)).Select(Text));
    }

    [Fact]
    public async Task A_reader_that_had_caught_up_sees_what_comes_later_also_from_another_writer()
    {
        await using var stream = await CreateStreamAsync(1);
        await using var reader = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.TrimHorizon, Token);
        for (var round = 0; round < 3; round++)
        {
            var written = Numbered(4, keys: 2, from: round * 10);
            await WriteAsync(stream, written);
            Assert.Equal(written.Select(Text), (await ReadAsync(reader, stream.PollInterval, written.Length)).Select(Text));
        }
    }

    [Fact]
    public async Task Readers_do_not_know_of_each_other()
    {
        await using var stream = await CreateStreamAsync(1);
        var written = Numbered(50, keys: 5);
        await WriteAsync(stream, written);
        await using var first = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.TrimHorizon, Token);
        await using var second = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.TrimHorizon, Token);

        var ofFirst = await ReadAsync(first, stream.PollInterval, 50);
        var ofSecond = await ReadAsync(second, stream.PollInterval, 50);

        Assert.Equal(ofFirst.Select(record => record.Sequence), ofSecond.Select(record => record.Sequence));
    }

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(7, 1_000_000)]
    [InlineData(1000, 1)]
    [InlineData(1000, 100)]
    public async Task Batches_keep_their_limits_and_together_leave_nothing_out(int maxRecords, long maxBytes)
    {
        await using var stream = await CreateStreamAsync(1);
        var written = Numbered(25, keys: 1);
        await WriteAsync(stream, written);
        await using var reader = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.TrimHorizon, Token);

        var read = await ReadAsync(reader, stream.PollInterval, written.Length, maxRecords, maxBytes);

        Assert.Equal(written.Select(Text), read.Select(Text));
    }

    [Fact]
    public async Task Lag_is_zero_only_when_there_is_nothing_more()
    {
        await using var stream = await CreateStreamAsync(1);
        await WriteAsync(stream, Numbered(3, keys: 1));
        await ReadAllAsync(stream, 3);
        await using var reader = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.TrimHorizon, Token);

        var left = 3;
        while (left > 0)
        {
            using var batch = await reader.ReadAsync(1, 1_000_000, Token);
            left -= batch.Records.Count;
            Assert.Equal(left > 0, batch.Lag > TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task A_batch_stays_as_it_is_until_it_is_disposed_whatever_is_read_meanwhile()
    {
        await using var stream = await CreateStreamAsync(1);
        var written = Numbered(40, keys: 1);
        await WriteAsync(stream, written);
        await ReadAllAsync(stream, 40);
        var batches = new List<RecordBatch>();
        await using (var reader = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.TrimHorizon, Token))
        {
            while (batches.Sum(batch => batch.Records.Count) < written.Length)
            {
                batches.Add(await reader.ReadAsync(3, 1_000_000, Token));
            }
        }

        Assert.Equal(written.Select(Text), batches.SelectMany(batch => batch.Records).Select(Text));
        batches.ForEach(batch => batch.Dispose());
    }

    [Fact]
    public async Task A_reader_is_told_once_of_what_was_trimmed_before_it_came_and_then_goes_on()
    {
        var (stream, forget) = await CreateForgettingStreamAsync();
        await using var owned = stream;
        var (old, later) = await WriteForgetWriteAsync(stream, forget);

        await using var reader = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.Resume(old[0].Sequence, old[0].Arrived), Token);
        var (gaps, read) = await ReadWithGapsAsync(reader, stream.PollInterval, later.Count);

        var gap = Assert.Single(gaps);
        Assert.Equal(old[0].Sequence, gap.After);
        Assert.Equal(later[0].Sequence, gap.FirstAvailable);
        Assert.Equal(later[0].Arrived, gap.FirstArrived);
        Assert.True(gap.LostThrough is null ? !gap.IsCertain : gap.IsCertain && gap.LostThrough == old[^1].Sequence);
        Assert.Equal(later.Select(record => record.Sequence), read.Select(record => record.Sequence));
    }

    [Fact]
    public async Task Where_nothing_was_lost_no_gap_is_certain_and_where_the_last_record_is_there_none_is_told()
    {
        var (stream, forget) = await CreateForgettingStreamAsync();
        await using var owned = stream;
        var (old, later) = await WriteForgetWriteAsync(stream, forget);

        await using var behindAll = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.Resume(old[^1].Sequence, old[^1].Arrived), Token);
        var (possible, _) = await ReadWithGapsAsync(behindAll, stream.PollInterval, later.Count);
        Assert.All(possible, gap => Assert.False(gap.IsCertain));

        await using var amid = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.Resume(later[0].Sequence, later[0].Arrived), Token);
        Assert.Empty((await ReadWithGapsAsync(amid, stream.PollInterval, later.Count - 1)).Gaps);
        await using var unasked = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.After(old[0].Sequence), Token);
        Assert.Empty((await ReadWithGapsAsync(unasked, stream.PollInterval, later.Count)).Gaps);
    }

    [Fact]
    public async Task An_unknown_shard_is_an_error_that_waiting_does_not_cure()
    {
        await using var stream = await CreateStreamAsync(1);

        var error = await Assert.ThrowsAsync<StreamException>(async () =>
        {
            await using var reader = await stream.OpenReaderAsync("shardId-000000009999", StreamPosition.TrimHorizon, Token);
            (await reader.ReadAsync(1, 1, Token)).Dispose();
        });

        Assert.Equal(Fault.Operator, error.Fault);
        Assert.Contains("shardId-000000009999", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_no_stream_takes_is_refused_before_anything_is_written()
    {
        await using var stream = await CreateStreamAsync(1);
        await using var writer = await stream.OpenWriterAsync(Token);
        foreach (var key in (string[])["", new string('k', 257)])
        {
            await Assert.ThrowsAsync<ArgumentException>(
                () => writer.WriteAsync([new("good", "1"u8.ToArray()), new(key, "2"u8.ToArray())], Token));
        }

        await writer.WriteAsync([new("good", "3"u8.ToArray())], Token);

        Assert.Equal("3", Text(Assert.Single(await ReadAllAsync(stream, 1))));
    }

    [Fact]
    public async Task Cancelled_calls_say_so()
    {
        await using var stream = await CreateStreamAsync(1);
        await using var writer = await stream.OpenWriterAsync(Token);
        await using var reader = await stream.OpenReaderAsync(await ShardIdAsync(stream), StreamPosition.TrimHorizon, Token);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.WriteAsync([new("key", "1"u8.ToArray())], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadAsync(1, 1, cancelled));
    }

    protected static OutgoingRecord[] Numbered(int count, int keys, int from = 0) =>
        Enumerable.Range(from, count)
            .Select(number => (Key: $"key {number % keys}", Text: number.ToString(CultureInfo.InvariantCulture)))
            .Select(record => new OutgoingRecord(record.Key, Encoding.UTF8.GetBytes(record.Text)))
            .ToArray();

    protected static string Text(OutgoingRecord record) => Encoding.UTF8.GetString(record.Data.Span);

    protected static string Text(StreamRecord record) => Encoding.UTF8.GetString(record.Data.Span);

    protected static async Task WriteAsync(IEventStream stream, IReadOnlyList<OutgoingRecord> records)
    {
        await using var writer = await stream.OpenWriterAsync(Token);
        await writer.WriteAsync(records, Token);
    }

    /// <summary>Every record of the stream, shard after shard; fails when there are more or fewer than expected.</summary>
    protected static async Task<List<StreamRecord>> ReadAllAsync(IEventStream stream, int expected) =>
        (await ReadShardsAsync(stream, expected)).SelectMany(records => records).ToList();

    private static async Task<List<List<StreamRecord>>> ReadShardsAsync(IEventStream stream, int expected)
    {
        var shards = new List<List<StreamRecord>>();
        var readers = new List<IShardReader>();
        foreach (var shard in await stream.ListShardsAsync(Token))
        {
            readers.Add(await stream.OpenReaderAsync(shard.Id, StreamPosition.TrimHorizon, Token));
            shards.Add([]);
        }

        for (var round = 0; round < MaxEmptyReads && shards.Sum(records => records.Count) < expected; round++)
        {
            for (var shard = 0; shard < readers.Count; shard++)
            {
                await ReadToTipAsync(readers[shard], shards[shard], stream.PollInterval);
            }
        }

        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }

        Assert.Equal(expected, shards.Sum(records => records.Count));
        return shards;
    }

    private static async Task ReadToTipAsync(IShardReader reader, List<StreamRecord> records, TimeSpan pollInterval)
    {
        for (var empty = 0; empty < MaxEmptyReads;)
        {
            var batch = await reader.ReadAsync(1000, 10_000_000, Token);
            records.AddRange(batch.Records);
            if (batch.Lag == TimeSpan.Zero)
            {
                return;
            }

            if (batch.Records.Count == 0)
            {
                empty++;
                await Task.Delay(pollInterval, Token);
            }
        }

        Assert.Fail($"the reader still lags after {MaxEmptyReads} empty reads");
    }

    private static async Task<(List<StreamRecord> Old, List<StreamRecord> Later)> WriteForgetWriteAsync(IEventStream stream, Func<Task> forget)
    {
        await WriteAsync(stream, Numbered(3, keys: 1));
        var old = await ReadAllAsync(stream, 3);
        await forget();
        await WriteAsync(stream, Numbered(3, keys: 1, from: 10));
        return (old, await ReadAllAsync(stream, 3));
    }

    private static async Task<(List<RecordGap> Gaps, List<StreamRecord> Read)> ReadWithGapsAsync(IShardReader reader, TimeSpan pollInterval, int expected)
    {
        var gaps = new List<RecordGap>();
        var read = new List<StreamRecord>();
        for (var empty = 0; read.Count < expected && empty < MaxEmptyReads;)
        {
            var batch = await reader.ReadAsync(1000, 10_000_000, Token);
            gaps.AddRange(batch.Gap is { } gap ? [gap] : []);
            Assert.True(batch.Gap is null || batch.Records.Count == 0);
            read.AddRange(batch.Records);
            if (batch.Records.Count == 0)
            {
                empty++;
                await Task.Delay(pollInterval, Token);
            }
        }

        Assert.Equal(expected, read.Count);
        return (gaps, read);
    }

    private static async Task<string> ShardIdAsync(IEventStream stream) => (await stream.ListShardsAsync(Token))[0].Id;

    private static async Task<List<StreamRecord>> ReadAsync(IEventStream stream, string shardId, StreamPosition position, int expected)
    {
        await using var reader = await stream.OpenReaderAsync(shardId, position, Token);
        return await ReadAsync(reader, stream.PollInterval, expected);
    }

    /// <summary>The next records, as many as expected; the batches are not disposed, so the records stay.</summary>
    private static async Task<List<StreamRecord>> ReadAsync(
        IShardReader reader, TimeSpan pollInterval, int expected, int maxRecords = 1000, long maxBytes = 10_000_000)
    {
        var read = new List<StreamRecord>();
        for (var empty = 0; read.Count < expected && empty < MaxEmptyReads;)
        {
            var batch = await reader.ReadAsync(maxRecords, maxBytes, Token);
            Assert.InRange(batch.Records.Count, 0, maxRecords);
            Assert.True(batch.Records.Count <= 1 || batch.Records.Sum(record => (long)record.Data.Length) <= maxBytes);
            read.AddRange(batch.Records);
            if (batch.Records.Count == 0)
            {
                empty++;
                await Task.Delay(pollInterval, Token);
            }
        }

        Assert.Equal(expected, read.Count);
        return read;
    }
}
