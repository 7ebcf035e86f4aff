using AirportOps.Conformance;
using AirportOps.Pipeline.Firehose;

namespace AirportOps.Pipeline.Tests.Firehose;

public sealed class FirehoseKeyTests
{
    [Theory]
    [InlineData("airport-raw-1-2026-03-01-14-05-09-0a1b2c3d-0000-4111-8222-333344445555", "airport-raw")]
    [InlineData("airport-raw-12-2026-03-01-14-05-09-0A1B2C3D-0000-4111-8222-333344445555.gz", "airport-raw")]
    [InlineData("PUT.S3_x-3-2026-03-01-14-05-09-0a1b2c3d-0000-4111-8222-333344445555.json.gz", "PUT.S3_x")]
    [InlineData("a-1-2025-01-01-00-00-00-2-2026-03-01-14-05-09-0a1b2c3d-0000-4111-8222-333344445555", "a-1-2025-01-01-00-00-00")]
    public void A_name_says_delivery_stream_and_arrival(string name, string deliveryStream) =>
        Assert.Equal(new FirehoseKey(deliveryStream, new DateTimeOffset(2026, 3, 1, 14, 5, 9, TimeSpan.Zero)), FirehoseKey.TryParse(name));

    [Theory]
    [InlineData("shardId-000000000000-49590338271490256608559692538361571095921575989136588898-49590338271490256608559692540925702759324208523137515618.jsonl.gz")]
    [InlineData("events.jsonl")]
    [InlineData("s-1-2026-13-01-14-05-09-0a1b2c3d-0000-4111-8222-333344445555")]
    [InlineData("s-1-2026-03-01-14-05-09-0a1b2c3d.gz")]
    [InlineData("-1-2026-03-01-14-05-09-0a1b2c3d-0000-4111-8222-333344445555")]
    public void Other_names_are_none(string name) => Assert.Null(FirehoseKey.TryParse(name));

    [Fact]
    public void The_names_that_tests_make_are_such_names()
    {
        var arrived = new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.Zero);
        var key = FirehoseObjects.Key(null, "raw", arrived, new Random(1), isCompressed: true);

        Assert.StartsWith("2026/03/01/23/raw-1-2026-03-01-23-59-59-", key, StringComparison.Ordinal);
        Assert.Equal(new FirehoseKey("raw", arrived), FirehoseKey.TryParse(Path.GetFileName(key)));
    }
}
