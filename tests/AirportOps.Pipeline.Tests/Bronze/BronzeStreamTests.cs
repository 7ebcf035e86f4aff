using AirportOps.Lake;
using AirportOps.Pipeline.Bronze;
using AirportOps.Reliability;
using AirportOps.Streams;
using static AirportOps.Pipeline.Tests.Bronze.RawZone;

namespace AirportOps.Pipeline.Tests.Bronze;

public sealed class BronzeStreamTests : IDisposable
{
    private readonly WatchedLake _lake = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_reader_starts_where_it_is_told()
    {
        var stream = await ArchivedStreamAsync();
        var all = stream.Describe("a");

        Assert.Equal(all.Skip(13), await ReadAsync(_lake, "s", "a", StreamPosition.After(SequenceNumber.FromNumber(13)), _cancellation));
        Assert.Equal(all.Skip(20), await ReadAsync(_lake, "s", "a", StreamPosition.AtTime(Noon.AddMinutes(201)), _cancellation));
        Assert.Empty(await ReadAsync(_lake, "s", "a", StreamPosition.Latest, _cancellation));
        Assert.Empty(await ReadAsync(_lake, "s", "none", StreamPosition.TrimHorizon, _cancellation));
    }

    [Fact]
    public async Task A_missing_object_between_two_is_named_with_its_range()
    {
        await ArchivedStreamAsync();
        var keys = (await _lake.KeysAsync(_cancellation)).Where(key => key.Contains("/a-", StringComparison.Ordinal)).ToList();
        var missing = keys.Single(key => key.Contains("/a-6-11.", StringComparison.Ordinal));
        var content = await _lake.GetAsync(missing, _cancellation);
        await _lake.DeleteAsync(missing, _cancellation);

        var named = await Assert.ThrowsAsync<StreamException>(() => ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));

        Assert.Contains("one is missing: records after sequence 5 up to 11 ", named.Message, StringComparison.Ordinal);
        await _lake.PutAsync(missing, content, PutMode.IfAbsent, _cancellation);
        Assert.Equal(40, (await ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation)).Count);
    }

    [Fact]
    public async Task Objects_that_overlap_give_each_record_once()
    {
        var stream = await ArchivedStreamAsync(records: 30);
        foreach (var (first, last) in new[] { (1, 30), (5, 12), (9, 11), (25, 30) })
        {
            var part = new MemoryEventStream("s").AddShard("a");
            for (var number = first; number <= last; number++) part.Append("a", number, Noon.AddMinutes(number * 10));
            using var other = new WatchedLake();
            await ArchiveAllAsync(part, other, Small with { Records = 100 }, _cancellation);
            foreach (var key in await other.KeysAsync(_cancellation))
            {
                await _lake.PutAsync(key, await other.GetAsync(key, _cancellation), PutMode.IfAbsent, _cancellation);
            }
        }

        Assert.Equal(stream.Describe("a"), await ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));
    }

    [Fact]
    public async Task Streams_and_shards_are_those_that_have_objects_and_other_names_are_passed_over()
    {
        await ArchivedStreamAsync();
        await _lake.PutAsync("bronze/t/notes.txt", "x"u8.ToArray(), PutMode.IfAbsent, _cancellation);
        await _lake.PutAsync("bronze/s/date=2026-03-01/hour=12/a-1-2.tmp", "x"u8.ToArray(), PutMode.IfAbsent, _cancellation);

        Assert.Equal(["s", "t"], await BronzeStream.ListAsync(_lake, _cancellation));
        Assert.Equal(["a", "b"], (await new BronzeStream(_lake, "s").ListShardsAsync(_cancellation)).Select(shard => shard.Id));
        Assert.Equal(40, (await ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation)).Count);
    }

    [Fact]
    public async Task A_read_that_failed_can_be_repeated_and_passes_over_nothing()
    {
        var stream = await ArchivedStreamAsync();
        var tried = new HashSet<(string, string)>();
        _lake.Before = (operation, key) =>
            tried.Add((operation, key)) ? throw new LakeException("The lake is away.", Fault.Outside, null) : Task.CompletedTask;
        await using var reader = await new BronzeStream(_lake, "s").OpenReaderAsync("a", StreamPosition.TrimHorizon, _cancellation);

        var records = new List<string>();
        var failures = 0;
        for (var end = false; !end;)
        {
            try
            {
                using var batch = await reader.ReadAsync(maxRecords: 4, maxBytes: 1 << 20, _cancellation);
                records.AddRange(batch.Records.Select(MemoryEventStream.Describe));
                end = batch.EndOfShard;
            }
            catch (StreamException exception) when (exception.Fault is Fault.Outside)
            {
                failures++;
            }
        }

        Assert.Equal(stream.Describe("a"), records);
        Assert.True(failures > 10);
    }

    [Fact]
    public async Task An_object_that_was_cut_short_is_noticed()
    {
        await ArchivedStreamAsync();
        var path = _lake.PathOf("bronze/s/date=2026-03-01/hour=12/a-1-5.jsonl.gz");
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, _cancellation))[..^40], _cancellation);

        var exception = await Assert.ThrowsAsync<StreamException>(() => ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));

        Assert.StartsWith("The Bronze object bronze/s/date=2026-03-01/hour=12/a-1-5.jsonl.gz is damaged: after line ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Fault.Operator, exception.Fault);
    }

    [Theory]
    [InlineData("hello\n", "line 2 is no Bronze record")]
    [InlineData("{\"shard\":\"a\"", "it ends within line 2")]
    public async Task A_line_that_is_no_record_is_told_with_its_number(string rest, string fault)
    {
        using var content = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(content, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("{\"shard\":\"a\",\"sequence\":\"1\",\"arrived\":\"2026-03-01T12:00:00Z\",\"key\":\"k\",\"data\":1}\n"u8.ToArray(), _cancellation);
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(rest), _cancellation);
        }

        content.Position = 0;
        await using var reader = new BronzeObjectReader(content, "a-1-2.jsonl.gz");

        var exception = await Assert.ThrowsAsync<StreamException>(() => reader.ReadAsync(10, 100, _cancellation));

        Assert.Equal(
            $"The Bronze object a-1-2.jsonl.gz is damaged: {fault}. Fetch it again, or archive its records anew while the stream has them.",
            exception.Message);
    }

    [Fact]
    public async Task An_archive_is_not_written_to()
    {
        await Assert.ThrowsAsync<StreamException>(() => new BronzeStream(_lake, "s").OpenWriterAsync(_cancellation));
    }

    /// <summary>Two shards, a record each ten minutes from noon on.</summary>
    private async Task<MemoryEventStream> ArchivedStreamAsync(int records = 40)
    {
        var stream = new MemoryEventStream("s").AddShard("a").AddShard("b");
        for (var number = 1; number <= records; number++)
        {
            stream.Append("a", number, Noon.AddMinutes(number * 10)).Append("b", number, Noon.AddMinutes(number * 10));
        }

        await ArchiveAllAsync(stream, _lake, Small, _cancellation);
        return stream;
    }
}
