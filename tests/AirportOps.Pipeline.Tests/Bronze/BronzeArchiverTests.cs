using AirportOps.Pipeline.Bronze;
using AirportOps.Streams;
using static AirportOps.Pipeline.Tests.Bronze.RawZone;

namespace AirportOps.Pipeline.Tests.Bronze;

public sealed class BronzeArchiverTests : IDisposable
{
    private readonly WatchedLake _lake = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Every_record_comes_back_byte_for_byte_in_the_order_of_its_shard()
    {
        byte[][] hostile = [[], "{}"u8.ToArray(), "{\"a\":"u8.ToArray(), "{}\n"u8.ToArray(), " [1]"u8.ToArray(), [0xff, 0xfe], new byte[200_000]];
        var stream = new MemoryEventStream("s").AddShard("a").AddShard("b");
        for (var number = 1; number <= 50; number++)
        {
            stream.Append(number % 3 == 0 ? "b" : "a", $"{number * 999}", Noon.AddMicroseconds(number), $"é {number}", hostile[number % hostile.Length]);
        }

        var progress = new StageProgress("bronze");
        await ArchiveAllAsync(stream, _lake, Small, progress, _cancellation);

        Assert.Equal(stream.Describe("a"), await ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));
        Assert.Equal(stream.Describe("b"), await ReadAsync(_lake, "s", "b", StreamPosition.TrimHorizon, _cancellation));
        Assert.Equal((50, 6, true), (progress.Snapshot().Records, progress.Snapshot().Outputs, progress.Snapshot().IsDone));
    }

    [Fact]
    public async Task An_object_ends_at_its_number_of_records_and_at_the_end_of_an_hour()
    {
        var stream = new MemoryEventStream("s").AddShard("a");
        for (var number = 95; number <= 120; number++)
        {
            stream.Append("a", number, Noon.AddMinutes(number - 95).AddMinutes(45));
        }

        await ArchiveAllAsync(stream, _lake, Small, _cancellation);

        Assert.Equal(["12/a-105-109", "12/a-95-104", "13/a-110-119", "13/a-120-120"], await NamesAsync(_lake, _cancellation));
        Assert.Equal(stream.Describe("a"), await ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));
    }

    [Fact]
    public async Task An_object_ends_at_its_bytes_and_a_greater_record_has_one_to_itself()
    {
        var stream = new MemoryEventStream("s").AddShard("a");
        int[] sizes = [4, 6, 1, 11, 1, 1];
        for (var i = 0; i < sizes.Length; i++)
        {
            stream.Append("a", $"{i + 1}", Noon, "k", new byte[sizes[i]]);
        }

        await ArchiveAllAsync(stream, _lake, Small with { Bytes = 10 }, _cancellation);

        Assert.Equal(["12/a-1-2", "12/a-3-3", "12/a-4-4", "12/a-5-6"], await NamesAsync(_lake, _cancellation));
    }

    [Fact]
    public async Task An_object_ends_at_its_age_although_no_record_follows()
    {
        var stream = new MemoryEventStream("s") { PollInterval = TimeSpan.FromSeconds(5) }.AddShard("a").Append("a", 1, Noon);
        var clock = new ManualClock(Noon);
        var put = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _lake.After = (operation, _) =>
        {
            if (operation == "put") put.TrySetResult();
            return Task.CompletedTask;
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        var archiver = new BronzeArchiver(_lake, Small with { Age = TimeSpan.FromSeconds(12) }, clock)
            .RunAsync(stream, new Drain(), new StageProgress("bronze"), stop.Token);

        foreach (var (seconds, archived) in new[] { (5, false), (5, false), (2, true) })
        {
            await clock.WaitForTimerAsync(TimeSpan.FromSeconds(seconds));
            Assert.False(put.Task.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(seconds));
            if (archived) await put.Task;
        }

        Assert.Equal(["12/a-1-1"], await NamesAsync(_lake, _cancellation));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => archiver);
    }

    [Fact]
    public async Task Records_that_arrived_out_of_order_around_a_full_hour_keep_their_order()
    {
        var stream = new MemoryEventStream("s").AddShard("a")
            .Append("a", 1, Noon.AddTicks(-10)).Append("a", 2, Noon).Append("a", 3, Noon.AddTicks(-10));

        await ArchiveAllAsync(stream, _lake, Small, _cancellation);
        stream.Append("a", 4, Noon.AddTicks(-10)).Append("a", 5, Noon);
        await ArchiveAllAsync(stream, _lake, Small, _cancellation);

        Assert.Equal(["11/a-1-1", "11/a-3-3", "11/a-4-4", "12/a-2-2", "12/a-5-5"], await NamesAsync(_lake, _cancellation));
        Assert.Equal(stream.Describe("a"), await ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));
    }

    [Fact]
    public async Task A_restart_goes_on_after_the_greatest_number_whatever_the_order_of_names()
    {
        var stream = new MemoryEventStream("s").AddShard("a").AddShard("a-1");
        for (var number = 8; number <= 12; number++)
        {
            stream.Append("a", number, Noon);
            await ArchiveAllAsync(stream, _lake, Small, _cancellation);
        }

        stream.Append("a-1", "1", Noon, "k", []);
        await ArchiveAllAsync(stream, _lake, Small, _cancellation);

        Assert.Equal(
            ["12/a-1-1-1", "12/a-10-10", "12/a-11-11", "12/a-12-12", "12/a-8-8", "12/a-9-9"], await NamesAsync(_lake, _cancellation));
        Assert.Equal(stream.Describe("a"), await ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));
    }

    [Fact]
    public async Task Where_to_go_on_is_found_without_listing_the_history()
    {
        var stream = new MemoryEventStream("s").AddShard("a");
        for (var day = 0; day < 40; day++)
        {
            await _lake.PutAsync($"bronze/s/date={Noon.AddDays(-40 - day):yyyy-MM-dd}/hour=00/a-{day}-{day}.jsonl.gz", default, 0, _cancellation);
        }

        stream.Append("a", 1000, Noon.AddDays(-2).AddHours(9));
        await ArchiveAllAsync(stream, _lake, Small, _cancellation);
        stream.Append("a", 1001, Noon);
        var lists = new List<string>();
        _lake.Before = (operation, key) =>
        {
            if (operation == "list") lists.Add(key["bronze/s/".Length..]);
            return Task.CompletedTask;
        };
        await ArchiveAllAsync(stream, _lake, Small, _cancellation);

        Assert.Equal(
            [
                "", // whether there is anything in the future
                "date=2026-03-01/",
                "date=2026-02-28/",
                "date=2026-02-27/",
                "date=2026-02-27/hour=23/a-",
                "date=2026-02-27/hour=22/a-",
                "date=2026-02-27/hour=21/a-",
                "date=2026-02-27/hour=20/a-",
                "date=2026-03-01/hour=12/a-", // whether another archiver was faster
            ],
            lists);
    }

    [Fact]
    public async Task Records_of_a_clock_that_ran_ahead_are_not_archived_again()
    {
        var stream = new MemoryEventStream("s").AddShard("a")
            .Append("a", 1, Noon.AddHours(2)).Append("a", 2, Noon.AddHours(5)).Append("a", 3, Noon.AddDays(40));
        await ArchiveAllAsync(stream, _lake, Small, _cancellation);
        stream.Append("a", 4, Noon.AddDays(40));
        await ArchiveAllAsync(stream, _lake, Small, _cancellation);

        Assert.Equal(4, (await NamesAsync(_lake, _cancellation)).Count);
        Assert.Equal(stream.Describe("a"), await ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));
    }

    [Fact]
    public async Task Cancelled_it_puts_what_it_has_read()
    {
        var stream = new MemoryEventStream("s").AddShard("a").Append("a", 1, Noon).Append("a", 2, Noon);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        var reads = 0;
        stream.Reading = _ =>
        {
            // The first read looks for the oldest record.
            if (++reads == 3) stop.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new BronzeArchiver(_lake, Small, new ManualClock(Noon))
            .RunAsync(stream, new Drain(), new StageProgress("bronze"), stop.Token).WaitAsync(TimeSpan.FromMinutes(1), _cancellation));

        Assert.Equal(["12/a-1-2"], await NamesAsync(_lake, _cancellation));
    }

    [Fact]
    public async Task The_children_of_a_shard_that_ends_are_archived_at_once()
    {
        var stream = new MemoryEventStream("s").AddShard("a").Append("a", 1, Noon);
        var drain = new Drain();
        stream.Reading = shard =>
        {
            if (shard != "a" || stream.ShardCount > 1) return;
            stream.AddShard("b", "a").Append("b", 2, Noon).AddShard("c", "a").Append("c", 3, Noon);
            stream.Close("a");
        };
        var puts = 0;
        _lake.After = (operation, _) =>
        {
            // The clock stands, so only the end of the parent can have led to its children.
            if (operation == "put" && Interlocked.Increment(ref puts) == 1) stream.Close("b");
            if (operation == "put" && puts == 2) stream.Close("c");
            if (operation == "put" && puts == 3) drain.Request();
            return Task.CompletedTask;
        };
        stream.Reading += shard =>
        {
            if (shard == "b") stream.Close("b");
            if (shard == "c") stream.Close("c");
        };

        await new BronzeArchiver(_lake, Small, new ManualClock(Noon)).RunAsync(stream, drain, new StageProgress("bronze"), _cancellation)
            .WaitAsync(TimeSpan.FromMinutes(1), _cancellation);

        Assert.Equal(["12/a-1-1", "12/b-2-2", "12/c-3-3"], await NamesAsync(_lake, _cancellation));

        // At the start, for each shard that ended, and for the drain; not in a circle.
        Assert.InRange(stream.ShardLists, 2, 5);
    }

    [Fact]
    public async Task A_failure_of_one_shard_ends_all_and_is_told()
    {
        var stream = new MemoryEventStream("s").AddShard("a").AddShard("b").Append("b", 1, Noon);
        _lake.Before = (operation, _) => operation == "put" ? throw new IOException("full") : Task.CompletedTask;

        var exception = await Assert.ThrowsAsync<IOException>(() =>
            new BronzeArchiver(_lake, Small with { Records = 1 }, new ManualClock(Noon))
                .RunAsync(stream.Append("b", 2, Noon), new Drain(), new StageProgress("bronze"), _cancellation)
                .WaitAsync(TimeSpan.FromMinutes(1), _cancellation));

        Assert.Equal("full", exception.Message);
    }

    [Fact]
    public void Limits_out_of_range_are_all_named_at_once()
    {
        var exception = Assert.Throws<ArgumentException>(() => new BronzeArchiver(_lake, new BronzeLimits(TimeSpan.Zero, 0, 0), TimeProvider.System));

        Assert.Equal(
            "Limits of a Bronze object: Age is 00:00:00, expected 1 ms or more; Records is 0, expected 1 or more; Bytes is 0, expected 1 or more.",
            exception.Message);
    }
}
