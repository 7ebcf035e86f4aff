using AirportOps.Pipeline.Bronze;
using AirportOps.Streams;
using static AirportOps.Pipeline.Tests.Bronze.RawZone;

namespace AirportOps.Pipeline.Tests.Bronze;

/// <summary>Nothing lost, nothing doubled: stops at every step, and two archivers of one stream.</summary>
public sealed class BronzeDeliveryTests : IDisposable
{
    private const int Records = 64;

    private readonly WatchedLake _lake = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_step_and_restarted_it_archives_each_record_once(bool afterEffect)
    {
        var stream = FilledStream();
        var steps = 0;
        while (await IsKilledAtAsync(steps + 1)) steps++;

        // Looks at the days, at the day, and for the first hour there is; for each of seven objects a look and a put; and the note.
        Assert.Equal(3 + (7 * 2) + 1, steps);

        async Task<bool> IsKilledAtAsync(int step)
        {
            using var lake = new WatchedLake();
            var operations = 0;
            Task Kill(string operation, string key) => ++operations == step ? throw new KilledException() : Task.CompletedTask;
            if (afterEffect)
            {
                lake.After = Kill;
            }
            else
            {
                lake.Before = Kill;
            }

            var isKilled = false;
            try
            {
                await ArchiveAllAsync(stream, lake, Small, _cancellation);
            }
            catch (KilledException)
            {
                isKilled = true;
                await ArchiveAllAsync(stream, lake, Small, _cancellation);
            }

            operations = int.MinValue;
            Assert.Equal(stream.Describe("a"), await ReadAsync(lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));
            Assert.Equal(Records, (await RangesAsync(lake)).Sum(range => range.Last - range.First + 1));
            return isKilled;
        }
    }

    [Fact]
    public async Task Two_archivers_at_once_lose_nothing_and_what_both_wrote_is_read_once()
    {
        var stream = FilledStream();

        // Both look at the names at the same moment, before either has put anything, so neither can see the other.
        using var meeting = new Barrier(2);
        var lists = 0;
        _lake.Before = (operation, _) => operation == "put" && Interlocked.Increment(ref lists) <= 2
            ? Task.Run(() => meeting.SignalAndWait(_cancellation), _cancellation)
            : Task.CompletedTask;
        var leaves = await Task.WhenAll(HasLeftAsync(Small), HasLeftAsync(Small with { Records = 7 }));

        // One that the other was ahead of again and again may leave the shard to it, never both.
        Assert.Contains(false, leaves);
        Assert.Equal(stream.Describe("a"), await ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));
        Assert.Superset(new HashSet<(long, long)> { (1, 10), (1, 7) }, (await RangesAsync(_lake)).ToHashSet());

        async Task<bool> HasLeftAsync(BronzeLimits limits)
        {
            try
            {
                await ArchiveAllAsync(stream, _lake, limits, _cancellation);
                return false;
            }
            catch (PipelineException left) when (left.Message.StartsWith("Another archiver is at work", StringComparison.Ordinal))
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task A_put_of_a_replaced_process_that_comes_late_is_not_written_again()
    {
        var stream = FilledStream();
        var isFirst = true;
        _lake.Before = async (operation, key) =>
        {
            if (operation != "list" || !key.EndsWith("hour=12/a-", StringComparison.Ordinal) || !isFirst) return;
            isFirst = false;

            // The archiver has found nothing to go on after, and has read; now the old process' object appears.
            await ArchiveAllAsync(FilledStream(upTo: 33), _lake, Small with { Records = 40 }, _cancellation);
        };

        await ArchiveAllAsync(stream, _lake, Small, _cancellation);

        Assert.Equal([(1, 33), (34, 43), (44, 53), (54, 63), (64, 64)], (await RangesAsync(_lake)).Order());
        Assert.Equal(stream.Describe("a"), await ReadAsync(_lake, "s", "a", StreamPosition.TrimHorizon, _cancellation));
    }

    [Fact]
    public async Task An_archiver_that_is_behind_another_again_and_again_leaves_the_shard_to_it()
    {
        var stream = FilledStream(upTo: 200);
        var archived = 0;
        _lake.Before = async (operation, key) =>
        {
            // Always a step ahead of the archiver's look before it puts.
            if (operation != "list" || !key.EndsWith("hour=12/a-", StringComparison.Ordinal)) return;
            archived += 10;
            await _lake.PutAsync($"bronze/s/date=2026-03-01/hour=12/a-{archived - 9}-{archived}.jsonl.gz", default, 0, _cancellation);
        };

        var exception = await Assert.ThrowsAsync<PipelineException>(() => ArchiveAllAsync(stream, _lake, Small, _cancellation));

        Assert.Equal(
            $"Another archiver is at work on shard a of stream s and keeps ahead of this one; nothing is missing in {_lake.Location}. Run one archiver a stream, or give all of them the same --lease-table.",
            exception.Message);
        Assert.All(await RangesAsync(_lake), range => Assert.Equal(10, range.Last - range.First + 1));
    }

    private static MemoryEventStream FilledStream(int upTo = Records)
    {
        var stream = new MemoryEventStream("s").AddShard("a");
        for (var number = 1; number <= upTo; number++)
        {
            stream.Append("a", number, Noon);
        }

        return stream;
    }

    private async Task<List<(long First, long Last)>> RangesAsync(WatchedLake lake) =>
        [.. (await lake.KeysAsync(_cancellation)).Select(key => BronzeKey.TryParse(key)!.Value).Select(key => (Number(key.First), Number(key.Last)))];

    private static long Number(SequenceNumber sequence) => sequence.TryGetNumber(out var number) ? (long)number : -1;

    private sealed class KilledException : Exception;
}
