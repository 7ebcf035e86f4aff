using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Status;
using AirportOps.Pipeline.Tests.Bronze;
using AirportOps.Pipeline.Tests.Loading;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Tests.Status;

public sealed class StatusRequestsTests
{
    [Fact]
    public async Task Status_over_4000_windows_asks_for_the_newest_and_reads_no_other()
    {
        var token = TestContext.Current.CancellationToken;
        var clock = new ManualClock(RawZone.Noon);
        var stream = new MemoryEventStream("events");
        var lake = new MeteredLake();
        var windows = new WindowStore(lake);
        foreach (var shard in new[] { "s-0", "s-1", "s-2", "s-3" })
        {
            stream.AddShard(shard).Append(shard, 10_000, RawZone.Noon);
            for (var ordinal = 1; ordinal <= 1_000; ordinal++)
            {
                await windows.TryCommitAsync(Manifests.Of(new WindowId("events", shard, ordinal), rows: 1), token);
            }
        }

        await RawZone.ArchiveAllAsync(stream, lake, BronzeLimits.Default, token);
        lake.BeginCount();

        var status = await new StatusReader(stream, lake, clock).ReadAsync(token);

        Assert.Equal([1_000, 1_000, 1_000, 1_000], status.Select(shard => shard.SilverOrdinal));
        Assert.All(status, shard => Assert.Equal(("10000", "10000"), (shard.BronzeSequence, shard.SilverSequence)));
        Assert.InRange(lake.Gets, 4, 4 * 22);
        Assert.InRange(lake.Lists, 1, 4 * 8);
        Assert.Equal(0, lake.Puts);
    }
}
