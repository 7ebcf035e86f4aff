using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Tests.Loading;

namespace AirportOps.Pipeline.Tests.Bronze;

public sealed class BronzeRequestsTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly MeteredLake _lake = new();

    [Fact]
    public async Task On_a_lake_that_is_paid_by_the_request_an_object_costs_one_put()
    {
        var stream = Stream(records: 100);

        await RawZone.ArchiveAllAsync(stream, _lake, RawZone.Small, Token);

        // Beside the objects the note that all is archived: a get at the start, a put an hour.
        Assert.Equal((10 + 1, 1), (_lake.Puts, _lake.Gets));

        // Three lists find where to go on, one looks for another archiver before the first put; the ten objects cost none.
        Assert.Equal(4, _lake.Lists);
    }

    [Fact]
    public async Task What_another_archiver_put_meanwhile_is_given_once_all_the_same()
    {
        var stream = Stream(records: 40);
        var other = new BronzeArchiver(_lake, RawZone.Small with { Records = 7 }, new ManualClock(RawZone.Noon));
        stream.Reading = _ =>
        {
            stream.Reading = null;
            other.RunAsync(stream, Drain.Now(), new StageProgress("bronze"), Token).GetAwaiter().GetResult();
        };

        await RawZone.ArchiveAllAsync(stream, _lake, RawZone.Small, Token);

        Assert.Equal(stream.Describe("s-0"), await RawZone.ReadAsync(_lake, "s", "s-0", Streams.StreamPosition.TrimHorizon, Token));
    }

    private static MemoryEventStream Stream(int records)
    {
        var stream = new MemoryEventStream("s").AddShard("s-0");
        for (var record = 1; record <= records; record++)
        {
            stream.Append("s-0", record, RawZone.Noon);
        }

        return stream;
    }
}
