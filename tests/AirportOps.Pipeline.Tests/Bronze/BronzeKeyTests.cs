using AirportOps.Pipeline.Bronze;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Tests.Bronze;

public sealed class BronzeKeyTests
{
    private const string Kinesis = "bronze/events/date=2026-03-01/hour=04/shardId-000000000001-"
        + "49590338271490256608559692538361571095921575989136588898-49590338271490256608559692540925702759324208523137515618.jsonl.gz";

    [Theory]
    [InlineData(Kinesis)]
    [InlineData("bronze/e/date=2026-12-31/hour=23/0-0-18446744073709551615.jsonl.gz")]
    public void A_name_says_stream_hour_shard_and_range(string key)
    {
        var parsed = BronzeKey.TryParse(key);

        Assert.Equal(key, parsed.ToString());
    }

    [Fact]
    public void A_shard_s_hyphens_are_its_own()
    {
        var hour = new DateTimeOffset(2026, 3, 1, 4, 0, 0, TimeSpan.Zero);

        var parsed = BronzeKey.TryParse("bronze/events/date=2026-03-01/hour=04/shard-1-2-3-4.jsonl.gz");

        Assert.Equal(new BronzeKey("events", hour, "shard-1-2", SequenceNumber.FromNumber(3), SequenceNumber.FromNumber(4)), parsed);
    }

    [Theory]
    [InlineData("bronze/e/date=2026-03-01/hour=04/shard-1-2.jsonl")]
    [InlineData("bronze/e/date=2026-03-01/hour=04/shard-01-2.jsonl.gz")]
    [InlineData("bronze/e/date=2026-03-01/hour=04/1-2.jsonl.gz")]
    [InlineData("bronze/e/date=2026-03-01/hour=24/s-1-2.jsonl.gz")]
    [InlineData("bronze/e/date=2026-03-01/s-1-2.jsonl.gz")]
    [InlineData("silver/e/date=2026-03-01/hour=04/s-1-2.jsonl.gz")]
    public void Other_names_are_none(string key)
    {
        Assert.Null(BronzeKey.TryParse(key));
    }
}
