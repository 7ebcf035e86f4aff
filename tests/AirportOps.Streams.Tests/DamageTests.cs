using System.Globalization;
using AirportOps.Reliability;

namespace AirportOps.Streams.Tests;

/// <summary>What readers and the next writer make of files that a crash or the disk has changed.</summary>
public sealed class DamageTests : IDisposable
{
    private const string FirstSegment = "shardId-000000000000/0000000001.log";
    private const int HeaderBytes = SegmentHeader.Bytes;

    /// <summary>Frames of key "key" and a one-digit number.</summary>
    private const int FrameBytes = Frame.HeaderBytes + 3 + 1;

    private readonly TestDirectory _directory = new();
    private readonly FakeClock _clock = new();
    private int _copies;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_flipped_bit_anywhere_is_told_with_file_and_offset_and_nothing_wrong_is_read()
    {
        await Local.WriteAsync(Open("events"), Local.Records(0, 4));
        var pristine = File.ReadAllBytes(PathOf("events"));
        Assert.Equal(HeaderBytes + (4 * FrameBytes) + Frame.HeaderBytes, pristine.Length);

        for (var offset = 0; offset < pristine.Length; offset++)
        {
            var copy = Copy("events");
            var bytes = pristine.ToArray();
            bytes[offset] ^= (byte)(1 << (offset % 8));
            File.WriteAllBytes(PathOf(copy), bytes);

            var (read, error) = await TryReadAsync(Open(copy));

            var frame = offset < HeaderBytes ? -1 : (offset - HeaderBytes) / FrameBytes;
            Assert.Equal(Enumerable.Range(0, Math.Max(0, Math.Min(4, frame))), read);
            if (frame == 4)
            {
                // The seal holds no record.
                Assert.Null(error);
                continue;
            }

            var damagedAt = frame < 0 ? 0 : HeaderBytes + (frame * FrameBytes);
            Assert.Equal(Fault.Operator, error!.Fault);
            Assert.Contains($"{PathOf(copy)}' is damaged at byte {damagedAt}:", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(1)]
    public async Task A_flipped_bit_in_a_write_is_told_when_a_later_write_or_segment_proves_that_it_was_durable(int segmentBytes)
    {
        var stream = LocalStream.Open(
            _directory.PathOf("events"), new LocalStreamOptions { ShardCount = 1, SegmentBytes = segmentBytes }, _clock);
        await using var writer = await stream.OpenWriterAsync(Token);
        await writer.WriteAsync(Local.Records(0, 2), Token);
        await writer.WriteAsync(Local.Records(2, 2), Token);
        Flip("events", HeaderBytes + FrameBytes + 5);

        var (read, error) = await TryReadAsync(stream);

        Assert.Equal([0], read);
        Assert.Contains($"damaged at byte {HeaderBytes + FrameBytes}:", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_goes_on_after_damage_and_the_damage_stays_to_be_told()
    {
        await Local.WriteAsync(Open("events"), Local.Records(0, 3));
        Flip("events", HeaderBytes + FrameBytes + 5);

        await Local.WriteAsync(Open("events"), Local.Records(3, 2));

        var (read, error) = await TryReadAsync(Open("events"));
        Assert.Equal([0], read);
        Assert.Contains($"damaged at byte {HeaderBytes + FrameBytes}:", error!.Message, StringComparison.Ordinal);
        var afterwards = await Local.ReadAsync(Open("events"), StreamPosition.After(SequenceNumber.FromNumber(2_000_000_000)));
        Assert.Equal([4], afterwards.Select(Local.Number));
    }

    [Fact]
    public async Task A_writer_goes_on_after_a_damaged_header_too()
    {
        await Local.WriteAsync(Open("events"), Local.Records(0, 3));
        Flip("events", 10);

        await Local.WriteAsync(Open("events"), Local.Records(3, 2));

        await Assert.ThrowsAsync<StreamException>(() => Local.ReadAsync(Open("events")));
        var afterwards = await Local.ReadAsync(Open("events"), StreamPosition.After(SequenceNumber.FromNumber(2_000_000_000)));
        Assert.Equal([4], afterwards.Select(Local.Number));
    }

    [Fact]
    public async Task Once_there_is_a_newer_file_a_damaged_one_can_be_given_up_but_none_is_passed_over_that_is_missing()
    {
        await Local.WriteAsync(Open("events"), Local.Records(0, 3));
        await Local.WriteAsync(Open("events"), Local.Records(3, 2));
        await Local.WriteAsync(Open("events"), Local.Records(5, 1));
        await using var reader = await Open("events").OpenReaderAsync(Local.ShardId, StreamPosition.TrimHorizon, Token);
        (await reader.ReadAsync(1, 1000, Token)).Dispose();

        var file = _directory.PathOf("events/shardId-000000000000/0000000002.log");
        File.Move(file, file + ".gone");
        var missing = await Assert.ThrowsAsync<StreamException>(() => Local.ReadToTipAsync(reader));
        Assert.Contains("0000000002.log' is missing", missing.Message, StringComparison.Ordinal);
        File.Move(file + ".gone", file + ".lost");

        // 1 and 2 were given before the hole was met.
        Assert.Equal([5], (await Local.ReadToTipAsync(reader)).Select(Local.Number));
    }

    [Fact]
    public async Task A_reader_that_has_read_further_than_the_log_goes_is_refused()
    {
        await Local.WriteAsync(Open("events"), Local.Records(0, 3));
        var last = SequenceNumber.FromNumber(1_000_000_002);
        Assert.Empty(await Local.ReadAsync(Open("events"), StreamPosition.Resume(last, DateTimeOffset.UnixEpoch)));
        var file = _directory.PathOf("events/shardId-000000000000/0000000001.log");
        var content = await File.ReadAllBytesAsync(file, Token);
        for (var length = content.Length - 1; length > HeaderBytes; length -= 7)
        {
            await File.WriteAllBytesAsync(file, content[..length], Token);
            if (length > content.Length - FrameBytes)
            {
                // Behind the last record stands the seal alone.
                continue;
            }

            var refused = await Assert.ThrowsAsync<StreamException>(() => Local.ReadAsync(Open("events"), StreamPosition.Resume(last, DateTimeOffset.UnixEpoch)));
            Assert.Contains("ends before sequence 1000000002, up to which this reader's stage has already read", refused.Message, StringComparison.Ordinal);
        }

        File.Delete(file);
        await Assert.ThrowsAsync<StreamException>(() => Local.ReadAsync(Open("events"), StreamPosition.Resume(last, DateTimeOffset.UnixEpoch)));
    }

    [Fact]
    public async Task An_end_torn_at_any_byte_leaves_the_whole_records_and_the_log_goes_on_behind_them()
    {
        await using (var writer = await Open("events").OpenWriterAsync(Token))
        {
            await writer.WriteAsync(Local.Records(0, 2), Token);
            await writer.WriteAsync(Local.Records(2, 3), Token);
            Local.CopyDirectory(_directory.PathOf("events"), _directory.PathOf("killed"));
        }

        var written = File.ReadAllBytes(PathOf("killed"));
        for (var length = HeaderBytes; length <= written.Length; length++)
        {
            foreach (var tail in (byte[][])[[], new byte[3 * FrameBytes], Enumerable.Repeat((byte)0xA5, 2 * FrameBytes).ToArray()])
            {
                var copy = Copy("killed");
                File.WriteAllBytes(PathOf(copy), [.. written[..length], .. tail]);
                var stream = Open(copy);
                await using var follower = await stream.OpenReaderAsync(Local.ShardId, StreamPosition.TrimHorizon, Token);
                var whole = Enumerable.Range(0, (length - HeaderBytes) / FrameBytes);

                Assert.Equal(whole, (await Local.ReadToTipAsync(follower)).Select(Local.Number));
                Assert.Empty(await Local.ReadToTipAsync(follower));

                await Local.WriteAsync(stream, Local.Records(8, 2));

                Assert.Equal([8, 9], (await Local.ReadToTipAsync(follower)).Select(Local.Number));
                var all = await Local.ReadAsync(Open(copy));
                Assert.Equal([.. whole, 8, 9], all.Select(Local.Number));
                Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.First.Sequence < pair.Second.Sequence));
            }
        }
    }

    [Fact]
    public async Task A_reader_waits_for_a_record_half_written_and_takes_it_when_it_is_whole()
    {
        await using (var writer = await Open("events").OpenWriterAsync(Token))
        {
            await writer.WriteAsync(Local.Records(0, 1), Token);
            await writer.WriteAsync(Local.Records(1, 2), Token);
            Local.CopyDirectory(_directory.PathOf("events"), _directory.PathOf("live"));
        }

        var written = File.ReadAllBytes(PathOf("live"));
        File.WriteAllBytes(PathOf("live"), written[..(HeaderBytes + FrameBytes)]);
        await using var reader = await Open("live").OpenReaderAsync(Local.ShardId, StreamPosition.TrimHorizon, Token);
        var read = new List<int>();
        using var file = new FileStream(PathOf("live"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Seek(0, SeekOrigin.End);
        for (var length = HeaderBytes + FrameBytes; length < written.Length; length++)
        {
            read.AddRange((await Local.ReadToTipAsync(reader)).Select(Local.Number));
            Assert.Equal(Enumerable.Range(0, (length - HeaderBytes) / FrameBytes), read);
            file.WriteByte(written[length]);
            file.Flush();
        }

        Assert.Equal([2], (await Local.ReadToTipAsync(reader)).Select(Local.Number));
    }

    [Fact]
    public async Task Data_that_looks_like_the_log_itself_is_never_taken_for_it()
    {
        await using (var writer = await Open("other").OpenWriterAsync(Token))
        {
            await writer.WriteAsync(Local.Records(0, 2), Token);
            await writer.WriteAsync(Local.Records(2, 2), Token);
        }

        // Another segment of the same number, inside a record that never came whole.
        var other = File.ReadAllBytes(PathOf("other"));
        _clock.Now += TimeSpan.FromSeconds(1);
        await using (var writer = await Open("events").OpenWriterAsync(Token))
        {
            await writer.WriteAsync([new("key", other)], Token);
            Local.CopyDirectory(_directory.PathOf("events"), _directory.PathOf("killed"));
        }

        var written = File.ReadAllBytes(PathOf("killed"));
        written[HeaderBytes] ^= 1;
        File.WriteAllBytes(PathOf("killed"), written);

        Assert.Empty(await Local.ReadAsync(Open("killed")));
    }

    private LocalStream Open(string name) =>
        LocalStream.Open(_directory.PathOf(name), new LocalStreamOptions { ShardCount = 1 }, _clock, FaultyFiles.None);

    private string PathOf(string name) => _directory.PathOf($"{name}/{FirstSegment}");

    private string Copy(string name)
    {
        var copy = string.Create(CultureInfo.InvariantCulture, $"copy-{_copies++}");
        Local.CopyDirectory(_directory.PathOf(name), _directory.PathOf(copy));
        return copy;
    }

    private void Flip(string name, long offset)
    {
        using var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = offset;
        var value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 0x10));
    }

    private static async Task<(List<int> Numbers, StreamException? Error)> TryReadAsync(LocalStream stream)
    {
        var records = new List<StreamRecord>();
        try
        {
            await using var reader = await stream.OpenReaderAsync(Local.ShardId, StreamPosition.TrimHorizon, Token);
            await Local.ReadToTipAsync(reader, records);
            return (records.ConvertAll(Local.Number), null);
        }
        catch (StreamException error)
        {
            return (records.ConvertAll(Local.Number), error);
        }
    }
}
