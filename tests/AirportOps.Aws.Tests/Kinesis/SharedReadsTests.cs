using AirportOps.Aws.Connecting;
using AirportOps.Aws.Kinesis;
using AirportOps.Reliability;
using AirportOps.Streams;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Tests.Kinesis;

/// <summary>Several processes read one shard, which gives five reads and 2 MB a second to all of them together. By a clock that the tests move.</summary>
public sealed class SharedReadsTests
{
    private const int EventBytes = 400;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly FakeClock _clock = new();
    private readonly Random _random = new(7);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Three_readers_at_the_tip_throttle_nobody_and_have_a_record_within_about_a_second() => InPool(async () =>
    {
        using var shard = new SharedShard(_clock);
        Follower[] readers = [Follow(shard), Follow(shard), Follow(shard)];

        for (var step = 0; step < 6_000; step++)
        {
            if (_random.Next(10) == 0)
            {
                shard.Append(EventBytes);
            }

            _clock.Advance(Step);
        }

        Assert.Equal(0, shard.Throttled);
        Assert.InRange(shard.Reads, 3 * 55, 3 * 61);
        Assert.All(readers, reader => Assert.InRange(reader.Latest, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1_100)));
        await StopAsync(readers);
    });

    [Fact]
    public Task A_reader_that_is_behind_takes_more_than_can_arrive_and_leaves_others_their_reads() => InPool(async () =>
    {
        using var shard = new SharedShard(_clock);
        for (var written = 0; written < 100_000; written++)
        {
            shard.Append(EventBytes);
        }

        var behind = Follow(shard);
        Follower[] atTip = [Follow(shard, StreamPosition.AtTime(_clock.GetUtcNow().AddHours(1))), Follow(shard, StreamPosition.AtTime(_clock.GetUtcNow().AddHours(1)))];
        var caughtUp = TimeSpan.Zero;
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(60); passed += Step)
        {
            if (_random.Next(10) == 0)
            {
                shard.Append(EventBytes);
            }

            _clock.Advance(Step);
            caughtUp = behind.Records < 100_000 ? passed : caughtUp;
        }

        // 40 MB: the shard gives 2 MB a second, and at most 1 MB a second can arrive.
        Assert.InRange(caughtUp, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40));
        Assert.All(atTip, reader => Assert.InRange(reader.Latest, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(4)));
        Assert.InRange(shard.Throttled, 0, shard.Reads);
        await StopAsync([behind, .. atTip]);
    });

    [Fact]
    public Task Three_readers_that_are_behind_share_all_that_the_shard_gives() => InPool(async () =>
    {
        using var shard = new SharedShard(_clock);
        for (var written = 0; written < 100_000; written++)
        {
            shard.Append(EventBytes);
        }

        Follower[] readers = [Follow(shard), Follow(shard), Follow(shard)];
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(30); passed += Step)
        {
            _clock.Advance(Step);
        }

        Assert.InRange(shard.BytesRead, 40_000_000, 64_000_000);
        Assert.All(readers, reader => Assert.InRange(reader.Records, 10_000, 100_000));
        await StopAsync(readers);
    });

    [Fact]
    public Task A_read_that_is_stopped_while_it_waits_for_its_turn_passes_no_record_over() => InPool(async () =>
    {
        using var shard = new SharedShard(_clock);
        shard.Append(EventBytes);
        await using var reader = await OpenAsync(shard, StreamPosition.TrimHorizon);
        Assert.Single((await reader.ReadAsync(10, 1_000, Token)).Records);
        shard.Append(EventBytes);
        using var stop = new CancellationTokenSource();
        var waiting = reader.ReadAsync(10, 1_000, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var read = reader.ReadAsync(10, 1_000, Token);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2", Assert.Single((await read).Records).Sequence.ToString());
    });

    /// <summary>Where nothing keeps what a timer of the clock sets going from running at once, within <see cref="FakeClock.Advance"/>.</summary>
    private static Task InPool(Func<Task> test) => Task.Run(test, Token);

    private Task<KinesisShardReader> OpenAsync(SharedShard shard, StreamPosition position)
    {
        var options = new KinesisStreamOptions();
        var place = new KinesisPlace("events", null, options);
        return KinesisShardReader.OpenAsync(
            shard,
            place,
            "shardId-000000000000",
            position,
            retention: null,
            new ReadPace(options.ShardInterval, _clock),
            new AwsCalls(place.Location, options.Calls, NullLogger.Instance, _clock),
            new OutageReporter(place.Location, NullLogger.Instance, _clock),
            _clock,
            Token);
    }

    /// <summary>A process that follows the shard as stages do.</summary>
    private Follower Follow(SharedShard shard, StreamPosition? position = null)
    {
        var follower = new Follower();
        follower.Work = FollowAsync();
        return follower;

        async Task FollowAsync()
        {
            await using var reader = await OpenAsync(shard, position ?? StreamPosition.TrimHorizon);
            while (!follower.Stop.IsCancellationRequested)
            {
                var batch = await reader.ReadAsync(5_000, 4 << 20, follower.Stop.Token).ConfigureAwait(false);
                follower.Records += batch.Records.Count;
                foreach (var record in batch.Records)
                {
                    var age = _clock.GetUtcNow() - record.Arrived;
                    follower.Latest = age > follower.Latest ? age : follower.Latest;
                }

                if (batch.Records.Count == 0)
                {
                    await Task.Delay(new KinesisStreamOptions().PollInterval, _clock, follower.Stop.Token).ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task StopAsync(IEnumerable<Follower> followers)
    {
        foreach (var follower in followers)
        {
            await follower.Stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follower.Work);
            follower.Stop.Dispose();
        }
    }

    private sealed class Follower
    {
        internal CancellationTokenSource Stop { get; } = new();

        internal Task Work { get; set; } = Task.CompletedTask;

        internal int Records { get; set; }

        /// <summary>The longest time from a record's arrival to its reading.</summary>
        internal TimeSpan Latest { get; set; }
    }
}
