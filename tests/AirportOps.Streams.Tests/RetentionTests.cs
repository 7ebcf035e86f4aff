namespace AirportOps.Streams.Tests;

public sealed class RetentionTests : IDisposable
{
    private static readonly LocalStreamOptions SegmentPerWrite = new() { ShardCount = 1, SegmentBytes = 1 };

    private readonly TestDirectory _directory = new();
    private readonly FakeClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Without_limits_everything_is_kept()
    {
        var stream = Open(SegmentPerWrite);
        await WriteHourlyAsync(stream, 6);

        Assert.Equal([0, 1, 2, 3, 4, 5], await NumbersAsync(stream, StreamPosition.TrimHorizon));
    }

    [Fact]
    public async Task Whole_segments_go_when_all_in_them_is_older_than_the_age()
    {
        var stream = Open(SegmentPerWrite with { RetentionAge = TimeSpan.FromHours(2.5) });
        await WriteHourlyAsync(stream, 6);

        // Written at hours 0 to 5: at 5, a segment goes when its successor began before 2.5.
        Assert.Equal([2, 3, 4, 5], await NumbersAsync(stream, StreamPosition.TrimHorizon));
    }

    [Fact]
    public async Task A_slow_shard_starts_a_new_segment_by_age_so_that_it_can_be_trimmed()
    {
        var stream = Open(SegmentPerWrite with { SegmentBytes = 1 << 20, RetentionAge = TimeSpan.FromHours(1.5) });
        await WriteHourlyAsync(stream, 8);

        Assert.Equal([4, 5, 6, 7], await NumbersAsync(stream, StreamPosition.TrimHorizon));
    }

    [Fact]
    public async Task The_oldest_segments_go_when_the_finished_ones_are_more_than_the_bytes()
    {
        var stream = Open(SegmentPerWrite with { RetentionBytes = 3 * 70 });
        await WriteHourlyAsync(stream, 6);

        // A segment with one record has 70 bytes; the last one is not finished.
        Assert.Equal([2, 3, 4, 5], await NumbersAsync(stream, StreamPosition.TrimHorizon));
    }

    [Fact]
    public async Task A_reader_that_is_overtaken_by_the_trimming_is_told_of_what_is_gone()
    {
        var stream = Open(SegmentPerWrite with { RetentionBytes = 2 * 70 });
        await using var writer = await stream.OpenWriterAsync(Token);
        await writer.WriteAsync(Local.Records(0, 1), Token);
        var start = StreamPosition.Resume(SequenceNumber.FromNumber(999_999_999), _clock.Now);
        await using var reader = await stream.OpenReaderAsync(Local.ShardId, start, Token);
        Assert.Equal([0], (await Local.ReadToTipAsync(reader)).Select(Local.Number));
        for (var number = 1; number < 6; number++)
        {
            await writer.WriteAsync(Local.Records(number, 1), Token);
        }

        using var told = await reader.ReadAsync(10, 1000, Token);

        // It holds the file of its own segment, which is gone, and finds the next two no more.
        Assert.Equal((0, true), (told.Records.Count, told.Lag > TimeSpan.Zero));
        Assert.Equal(
            new RecordGap(
                SequenceNumber.FromNumber(1_000_000_000), SequenceNumber.FromNumber(3_000_000_000), SequenceNumber.FromNumber(4_000_000_000), _clock.Now, IsCertain: true),
            told.Gap);
        Assert.Equal([3, 4, 5], (await Local.ReadToTipAsync(reader)).Select(Local.Number));
    }

    [Fact]
    public async Task What_an_earlier_version_trimmed_without_a_note_may_be_a_gap()
    {
        var stream = Open(SegmentPerWrite with { RetentionBytes = 2 * 70 });
        await WriteHourlyAsync(stream, 6);
        File.Delete(Path.Combine(_directory.PathOf("events"), Local.ShardId, "trimmed"));

        await using var reader = await stream.OpenReaderAsync(
            Local.ShardId, StreamPosition.Resume(SequenceNumber.FromNumber(1_000_000_000), _clock.Now), Token);
        using var told = await reader.ReadAsync(10, 1000, Token);

        Assert.False(told.Gap!.IsCertain);
        Assert.Null(told.Gap.LostThrough);
    }

    [Fact]
    public async Task A_place_that_is_trimmed_away_starts_at_the_oldest_record()
    {
        var stream = Open(SegmentPerWrite with { RetentionBytes = 2 * 70 });
        var start = _clock.Now;
        await WriteHourlyAsync(stream, 6);

        Assert.Equal([3, 4, 5], await NumbersAsync(stream, StreamPosition.After(SequenceNumber.FromNumber(1_000_000_000))));
        Assert.Equal([3, 4, 5], await NumbersAsync(stream, StreamPosition.AtTime(start)));
        Assert.Equal([5], await NumbersAsync(stream, StreamPosition.After(SequenceNumber.FromNumber(5_000_000_000))));
    }

    [Fact]
    public async Task A_reader_whose_segment_is_trimmed_goes_on_at_the_oldest_record()
    {
        var stream = Open(SegmentPerWrite with { RetentionBytes = 2 * 70 });
        await using var writer = await stream.OpenWriterAsync(Token);
        await writer.WriteAsync(Local.Records(0, 1), Token);
        await using var reader = await stream.OpenReaderAsync(Local.ShardId, StreamPosition.TrimHorizon, Token);
        Assert.Equal([0], (await Local.ReadToTipAsync(reader)).Select(Local.Number));

        for (var number = 1; number < 6; number++)
        {
            await writer.WriteAsync(Local.Records(number, 1), Token);
        }

        Assert.Equal([3, 4, 5], (await Local.ReadToTipAsync(reader)).Select(Local.Number));
    }

    private LocalStream Open(LocalStreamOptions options) => LocalStream.Open(_directory.PathOf("events"), options, _clock);

    private async Task WriteHourlyAsync(LocalStream stream, int count)
    {
        await using var writer = await stream.OpenWriterAsync(Token);
        for (var number = 0; number < count; number++)
        {
            await writer.WriteAsync(Local.Records(number, 1), Token);
            _clock.Now += TimeSpan.FromHours(1);
        }
    }

    private static async Task<IEnumerable<int>> NumbersAsync(LocalStream stream, StreamPosition position) =>
        (await Local.ReadAsync(stream, position)).Select(Local.Number);
}
