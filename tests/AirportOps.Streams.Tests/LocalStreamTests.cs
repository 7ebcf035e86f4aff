using System.Diagnostics;
using AirportOps.Reliability;

namespace AirportOps.Streams.Tests;

public sealed class LocalStreamTests : IDisposable
{
    private static readonly LocalStreamOptions OneShard = new() { ShardCount = 1 };

    private readonly TestDirectory _directory = new();
    private readonly FakeClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_stream_keeps_the_shards_it_was_created_with()
    {
        await using var created = Open(new LocalStreamOptions { ShardCount = 3 });
        await using var opened = Open(new LocalStreamOptions { ShardCount = 8 });

        Assert.Equal("events", opened.Name);
        Assert.Equal(
            ["shardId-000000000000", "shardId-000000000001", "shardId-000000000002"],
            (await opened.ListShardsAsync(Token)).Select(shard => shard.Id));
    }

    [Fact]
    public async Task Of_many_who_create_a_stream_at_once_one_decides_and_all_agree()
    {
        using var start = new Barrier(16);
        var counts = await Task.WhenAll(Enumerable.Range(1, 16).Select(shards => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Token);
                return Open(new LocalStreamOptions { ShardCount = shards }).ListShardsAsync(Token);
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));

        Assert.Single(counts.Select(shards => shards.Count).Distinct());
        Assert.Equal(["stream.json"], Directory.EnumerateFiles(_directory.PathOf("events")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(".events")]
    [InlineData("my events")]
    [InlineData("événements")]
    public void A_directory_whose_name_is_no_stream_name_is_refused(string name)
    {
        var error = Assert.Throws<StreamException>(() => LocalStream.Open(_directory.PathOf(name), OneShard, _clock));

        Assert.Equal(Fault.Operator, error.Fault);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Root));
    }

    [Fact]
    public void A_definition_of_another_version_is_refused_with_what_to_do()
    {
        Directory.CreateDirectory(_directory.PathOf("events"));
        File.WriteAllText(_directory.PathOf("events/stream.json"), """{"format":2,"shards":1}""");

        var error = Assert.Throws<StreamException>(() => Open(OneShard));

        Assert.EndsWith("format 2 with 1 shards; this program knows format 1 with 1 to 1000: use the version that made it.", error.Message);
    }

    [Fact]
    public void A_file_where_the_stream_should_be_is_an_error_of_the_stream()
    {
        File.WriteAllText(_directory.PathOf("events"), "");

        Assert.StartsWith("Can't open the stream in", Assert.Throws<StreamException>(() => Open(OneShard)).Message);
    }

    [Fact]
    public void All_faults_of_the_options_are_listed_at_once()
    {
        var options = new LocalStreamOptions
        {
            ShardCount = 0,
            SegmentBytes = 0,
            MaxRecordBytes = 0,
            RetentionAge = TimeSpan.Zero,
            RetentionBytes = -1,
            PollInterval = TimeSpan.Zero,
        };

        var error = Assert.Throws<ArgumentException>(() => Open(options));

        Assert.All(
            (string[])["ShardCount", "SegmentBytes", "MaxRecordBytes", "RetentionAge", "RetentionBytes", "PollInterval"],
            name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_writer_is_told_at_once_who_the_first_is_and_gets_the_stream_after_it()
    {
        var stream = Open(OneShard);
        await using (await stream.OpenWriterAsync(Token))
        {
            var error = await Assert.ThrowsAsync<StreamException>(() => Open(OneShard).OpenWriterAsync(Token));

            Assert.Equal(Fault.Outside, error.Fault);
            Assert.Contains($"has a writer already: process {Environment.ProcessId} (", error.Message, StringComparison.Ordinal);
            Assert.Contains("since 2026-03-01T12:00:00Z", error.Message, StringComparison.Ordinal);
        }

        await Local.WriteAsync(stream, Local.Records(0, 1));
    }

    [Fact]
    public async Task The_writers_lock_holds_across_processes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Asks util-linux' flock from another process.");
        var stream = Open(OneShard);
        await using (await stream.OpenWriterAsync(Token))
        {
            Assert.Equal(1, await FlockAsync());
        }

        Assert.Equal(0, await FlockAsync());

        async Task<int> FlockAsync()
        {
            using var process = Process.Start("flock", ["--nonblock", _directory.PathOf("events/writer.lock"), "true"]);
            await process.WaitForExitAsync(Token);
            return process.ExitCode;
        }
    }

    [Fact]
    public async Task A_writer_that_is_disposed_takes_nothing_more()
    {
        var writer = await Open(OneShard).OpenWriterAsync(Token);
        await writer.DisposeAsync();
        await writer.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.WriteAsync(Local.Records(0, 1), Token));
    }

    [Fact]
    public async Task Empty_data_and_the_largest_record_pass_and_a_larger_one_is_refused()
    {
        var stream = Open(OneShard);
        await using var writer = await stream.OpenWriterAsync(Token);
        var largest = new byte[8 << 20];

        await writer.WriteAsync([new("key", default), new("key", largest), new("key", default)], Token);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => writer.WriteAsync([new("key", new byte[largest.Length + 1])], Token));

        Assert.Equal("Record 1 (key 'key') has 8388609 bytes, more than the 8388608 the stream takes.", error.Message);
        Assert.Equal([0, largest.Length, 0], (await Local.ReadAsync(stream)).Select(record => record.Data.Length));
    }

    [Fact]
    public async Task A_key_with_half_of_a_pair_is_refused()
    {
        await using var writer = await Open(OneShard).OpenWriterAsync(Token);

        await Assert.ThrowsAsync<ArgumentException>(() => writer.WriteAsync([new("a\uD83D", default)], Token));
    }

    [Fact]
    public async Task Writing_more_than_fits_in_memory_at_once_keeps_the_order()
    {
        var stream = Open(OneShard);
        var megabytes = Enumerable.Range(0, 40).Select(number =>
        {
            var data = new byte[1 << 20];
            data[0] = (byte)number;
            return new OutgoingRecord("key", data);
        }).ToArray();

        await Local.WriteAsync(stream, megabytes);

        Assert.Equal(Enumerable.Range(0, 40), (await Local.ReadAsync(stream)).Select(record => (int)record.Data.Span[0]));
    }

    [Fact]
    public async Task Numbers_tell_the_segment_and_grow_over_every_new_writer()
    {
        var stream = Open(OneShard);
        await Local.WriteAsync(stream, Local.Records(0, 2), Local.Records(2, 1));
        await using (await stream.OpenWriterAsync(Token))
        {
            // One that writes nothing leaves no trace.
        }

        await Local.WriteAsync(stream, Local.Records(3, 1));

        Assert.Equal(
            ["1000000000", "1000000001", "1000000002", "2000000000"],
            (await Local.ReadAsync(stream)).Select(record => record.Sequence.ToString()));
    }

    [Fact]
    public async Task A_place_can_be_named_by_numbers_that_no_record_has()
    {
        var stream = Open(OneShard);
        await Local.WriteAsync(stream, Local.Records(0, 2));
        await Local.WriteAsync(stream, Local.Records(2, 2));

        foreach (var (after, expected) in new (string, int)[]
        {
            ("0", 4), ("5", 4), ("999999999", 4), ("1000000000", 3), ("1000000001", 2), ("1999999999", 2), ("2000000000", 1),
            ("2000000001", 0), ("3000000000", 0), ("18446744073709551615", 0),
            ("49590338271490256608559692538361571095921575989136588898", 0),
        })
        {
            var read = await Local.ReadAsync(stream, StreamPosition.After(SequenceNumber.Parse(after)));
            Assert.Equal(Enumerable.Range(4 - expected, expected), read.Select(Local.Number));
        }
    }

    [Fact]
    public async Task An_instant_is_found_across_segments_and_arrival_never_goes_back_with_the_clock()
    {
        var stream = Open(OneShard with { SegmentBytes = 100 });
        var noon = _clock.Now;
        await using var writer = await stream.OpenWriterAsync(Token);
        foreach (var (minutes, number) in new[] { (0, 0), (1, 1), (1, 2), (0, 3), (5, 4) })
        {
            _clock.Now = noon.AddMinutes(minutes);
            await writer.WriteAsync(Local.Records(number, 1), Token);
        }

        Assert.Equal([0, 1, 1, 1, 5], (await Local.ReadAsync(stream)).Select(record => (int)(record.Arrived - noon).TotalMinutes));
        foreach (var (minutes, first) in new[] { (-1.0, 0), (0, 0), (0.5, 1), (1, 1), (1 + 1e-8, 4), (1.5, 4), (5, 4) })
        {
            var read = await Local.ReadAsync(stream, StreamPosition.AtTime(noon.AddMinutes(minutes)));
            Assert.Equal(Enumerable.Range(first, 5 - first), read.Select(Local.Number));
        }
    }

    [Fact]
    public async Task Lag_is_the_age_of_the_last_record_read()
    {
        var stream = Open(OneShard);
        await Local.WriteAsync(stream, Local.Records(0, 2));
        _clock.Now += TimeSpan.FromSeconds(90);
        await using var reader = await stream.OpenReaderAsync(Local.ShardId, StreamPosition.TrimHorizon, Token);

        using var first = await reader.ReadAsync(1, 1000, Token);
        using var second = await reader.ReadAsync(1, 1000, Token);

        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.Zero), (first.Lag, second.Lag));
    }

    [Fact]
    public async Task Readers_beside_a_writer_see_everything_once_and_in_order()
    {
        var stream = Open(OneShard with { SegmentBytes = 10_000 });
        const int Calls = 200;
        const int PerCall = 25;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(
            async () =>
            {
                await using var reader = await stream.OpenReaderAsync(Local.ShardId, StreamPosition.TrimHorizon, Token);
                var numbers = new List<int>();
                while (numbers.Count < Calls * PerCall)
                {
                    using var batch = await reader.ReadAsync(100, 100_000, Token);
                    numbers.AddRange(batch.Records.Select(Local.Number));
                }

                return numbers;
            },
            Token)).ToArray();

        await Local.WriteAsync(stream, Enumerable.Range(0, Calls).Select(call => Local.Records(call * PerCall, PerCall)).ToArray());

        Assert.All(await Task.WhenAll(readers), numbers => Assert.Equal(Enumerable.Range(0, Calls * PerCall), numbers));
    }

    private LocalStream Open(LocalStreamOptions options) => LocalStream.Open(_directory.PathOf("events"), options, _clock);
}
