using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace AirportOps.Cleaning.Tests;

/// <summary>What services, producers and log shippers wrap around events.</summary>
public sealed class WrappingTests
{
    private static readonly string Flight = Events.Flight();
    private static readonly string Baggage = Events.Baggage();

    /// <summary>Envelopes with the event in the place of EVENT, as a string in that of TEXT.</summary>
    public static TheoryData<string> Envelopes =>
    [
        """{"Type":"Notification","MessageId":"m-1","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":TEXT,"Timestamp":"2026-03-01T14:05:01.000Z","SignatureVersion":"1","MessageAttributes":{"k":{"Type":"String","Value":"v"}}}""",
        """{"version":"0","id":"i-1","detail-type":"flight","source":"acme.ops","account":"1","time":"2026-03-01T14:05:01Z","region":"eu-west-1","resources":[],"detail":EVENT}""",
        """{"specversion":"1.0","id":"i-1","source":"/ops","type":"com.acme.flight","time":"2026-03-01T14:05:01Z","datacontenttype":"application/json","data":EVENT}""",
        """{"specversion":"1.0","id":"i-1","source":"/ops","type":"com.acme.flight","d\u0061ta":TEXT}""",
        """{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","subscriptionFilters":["f"],"logEvents":[{"id":"3","timestamp":1772373900000,"message":TEXT}]}""",
        """{"@timestamp":"2026-03-01T14:05:01Z","@version":"1","host":{"name":"h"},"type":"ops","message":TEXT}""",
        """{"date":1772373900.5,"stream":"stdout","time":"2026-03-01T14:05:01Z","log":TEXT}""",
        """{"schema":{"type":"struct"},"payload":{"before":null,"after":EVENT,"source":{"connector":"postgresql","ts_ms":1},"op":"c","ts_ms":1772373900000}}""",
        """{"before":{"gate":"A1"},"after":EVENT,"source":{"connector":"mysql"},"op":"u","ts_ms":1772373900000}""",
        """{"pagination":{"limit":100,"offset":0,"count":1,"total":1},"data":[EVENT]}""",
        """{"Message":{"detail":{"data":[EVENT]}}}""",
    ];

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void An_envelope_is_the_event_in_it(string envelope)
    {
        var outcome = CleaningRun.Outcome(envelope
            .Replace("EVENT", Flight, StringComparison.Ordinal)
            .Replace("TEXT", Quoted(Flight + "\n"), StringComparison.Ordinal));

        Assert.Equal(("unwrapped", "f1"), ((string?)outcome["repairs"], (string?)outcome["row"]?["event_id"]));
        Assert.Null(outcome["row"]!["extras"]);
    }

    [Fact]
    public void Log_lines_that_are_no_events_stand_beside_those_that_are()
    {
        var record = $$"""{"messageType":"DATA_MESSAGE","logEvents":[{"message":"START"},{"message":{{Quoted(Flight)}}},{"message":{{Quoted($"[{Baggage}]")}}}]}""";

        Assert.Equal(
            ["f1", "b1", "not_an_event"],
            CleaningRun.Outcomes(record).Select(outcome => (string?)outcome["row"]?["event_id"] ?? (string?)outcome["refused"]));
    }

    [Theory]
    [InlineData("{\"data\":[1,2]}", "unknown_type")]
    [InlineData("{\"message\":\"hello\"}", "unknown_type")]
    [InlineData("{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"message\":\"CWL CONTROL MESSAGE\"}]}", "unknown_type")]
    [InlineData("{\"payload\":{\"after\":null,\"op\":\"d\"}}", "unknown_type")]
    public void An_object_that_carries_no_object_is_no_envelope(string record, string reason) =>
        Assert.Equal(reason, (string?)CleaningRun.Outcome(record)["refused"]);

    [Fact]
    public void An_object_with_a_field_of_an_event_is_an_event()
    {
        var outcome = CleaningRun.Outcome(Events.Flight(("data", Baggage), ("message", Quoted(Baggage))));

        Assert.Equal(("flight_event", null), ((string?)outcome["row"]!["entity"], (string?)outcome["repairs"]));
        Assert.NotNull(outcome["row"]!["extras"]!["data"]);
    }

    [Fact]
    public void Eight_wrappings_are_taken_off_and_no_more()
    {
        static string Wrapped(int times) => Enumerable.Range(0, times).Aggregate(Flight, (inner, _) => $$"""{"detail":{{inner}}}""");

        Assert.Equal("unwrapped", (string?)CleaningRun.Outcome(Wrapped(8))["repairs"]);
        Assert.Equal("unknown_type", (string?)CleaningRun.Outcome(Wrapped(9))["refused"]);
    }

    [Fact]
    public void A_gzipd_record_is_what_it_holds()
    {
        var outcome = Assert.Single(CleaningRun.Outcomes(Gzip(Encoding.UTF8.GetBytes(Flight))));
        var logs = CleaningRun.Outcomes(Gzip(Encoding.UTF8.GetBytes($$"""{"logEvents":[{"message":{{Quoted(Flight)}}},{"message":{{Quoted(Baggage)}}}]}""")));
        byte[] members = [.. Gzip(Encoding.UTF8.GetBytes(Flight)), .. Gzip(Encoding.UTF8.GetBytes(Baggage))];

        Assert.Equal("unwrapped", (string?)outcome["repairs"]);
        Assert.Equal(2, logs.Count(each => (string?)each["repairs"] == "unwrapped"));
        Assert.Equal(2, CleaningRun.Outcomes(members).Count);
        Assert.Equal("unwrapped", (string?)Assert.Single(CleaningRun.Outcomes(Gzip(Gzip(Encoding.UTF8.GetBytes(Flight)))))["repairs"]);
    }

    [Fact]
    public void A_gzip_bomb_is_too_large_and_a_damaged_one_no_json()
    {
        var bomb = Gzip(new byte[64 << 20]);
        var whole = Gzip(Encoding.UTF8.GetBytes(Flight));
        var damaged = whole.ToArray();
        damaged[^8] ^= 1;

        Assert.Equal("too_large", (string?)Assert.Single(CleaningRun.Outcomes(bomb))["refused"]);
        Assert.Equal("not_json", (string?)Assert.Single(CleaningRun.Outcomes(damaged))["refused"]);
        Assert.All(
            Enumerable.Range(2, whole.Length - 3),
            length => Assert.Contains((string?)Assert.Single(CleaningRun.Outcomes(whole.AsSpan(0, length)))["refused"], new[] { "truncated", "not_json" }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_record_of_several_gzip_members_is_whole_or_refused(int damagedByte)
    {
        var flight = Encoding.UTF8.GetBytes(Flight);
        byte[][] members = [Gzip(flight), Gzip(flight), Gzip(Encoding.UTF8.GetBytes(Baggage))];
        byte[] whole = [.. members[0], .. members[1], .. members[2]];
        Assert.Equal(3, CleaningRun.Outcomes(whole).Count);
        Assert.Equal(3, CleaningRun.Outcomes([.. whole, 0, 0]).Count);

        foreach (var begin in new[] { members[0].Length, members[0].Length + members[1].Length })
        {
            var damaged = whole.ToArray();
            damaged[begin + damagedByte] ^= 4;

            Assert.Contains((string?)Assert.Single(CleaningRun.Outcomes(damaged))["refused"], new[] { "truncated", "not_json" });
        }

        // The length that the record ends with is that of the first member too.
        byte[] equal = [.. members[0], .. members[1]];
        equal[members[0].Length + damagedByte] ^= 4;
        Assert.Equal("not_json", (string?)Assert.Single(CleaningRun.Outcomes(equal))["refused"]);
    }

    [Fact]
    public void Many_bombs_in_one_record_cost_no_more_than_sixteen_records()
    {
        var nearlyFull = Gzip(new byte[1 << 20]);
        var before = GC.GetTotalAllocatedBytes();

        var outcomes = CleaningRun.Outcomes(AggregatedRecord.Of([.. Enumerable.Repeat(nearlyFull, 500)]));

        Assert.Single(outcomes);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 256L << 20);
    }

    [Fact]
    public void An_aggregated_record_is_its_records_in_their_order_with_its_place()
    {
        var run = new CleaningRun();
        run.Clean(AggregatedRecord.Of(
            Encoding.UTF8.GetBytes(Events.Security(("event_id", "\"a\""))),
            Gzip(Encoding.UTF8.GetBytes(Events.Security(("event_id", "\"b\"")))),
            "no JSON"u8.ToArray(),
            Encoding.UTF8.GetBytes($"[{Events.Security(("event_id", "\"c\""))},{Events.Security(("event_id", "\"d\""))}]")));

        var set = Assert.Single(run.Batch.RowSets);
        Assert.Equal(["a", "b", "c", "d"], Enumerable.Range(0, set.Count).Select(row => Encoding.UTF8.GetString(set.EventIdOf(row))));
        Assert.All(Enumerable.Range(0, 4), row => Assert.Equal("1", Encoding.ASCII.GetString(set.OriginOf(row).Sequence)));
        Assert.Equal(("not_json", "no JSON"), (Assert.Single(run.Batch.Refusals).Reason, Encoding.UTF8.GetString(run.Batch.Refusals[0].Raw.Span)));
        Assert.Equal((1, 5), (run.Batch.Records, run.Batch.Events));
    }

    [Fact]
    public void A_damaged_aggregate_is_one_refusal_whatever_is_damaged()
    {
        var whole = AggregatedRecord.Of(Encoding.UTF8.GetBytes(Flight), Encoding.UTF8.GetBytes(Baggage));
        for (var i = 4; i < whole.Length; i++)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 0x55;
            Assert.Equal("not_json", (string?)Assert.Single(CleaningRun.Outcomes(damaged))["refused"]);
        }

        Assert.All(Enumerable.Range(4, whole.Length - 4), length =>
            Assert.Equal("not_json", (string?)Assert.Single(CleaningRun.Outcomes(whole.AsSpan(0, length)))["refused"]));
        Assert.Equal("not_json", (string?)Assert.Single(CleaningRun.Outcomes(AggregatedRecord.Of()))["refused"]);
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
