using System.Buffers;
using System.Text;
using System.Text.Json;
using AirportOps.Pipeline.Bronze;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Tests.Bronze;

public sealed class BronzeLineTests
{
    private static readonly DateTimeOffset Arrived = new DateTimeOffset(2026, 3, 1, 14, 5, 0, TimeSpan.Zero).AddMicroseconds(123);

    [Fact]
    public void A_record_of_JSON_stands_in_the_line_as_it_came()
    {
        Assert.Equal(
            """{"shard":"shardId-000000000000","sequence":"42","arrived":"2026-03-01T14:05:00.000123Z","key":"AA 1 2026-03-01 JFK","data":{ "a" : 1.0, "a":"é\u00e9" }}"""
            + "\n",
            Line("""{ "a" : 1.0, "a":"é\u00e9" }"""u8, "AA 1 2026-03-01 JFK"));
    }

    [Fact]
    public void Any_other_record_stands_in_base_64()
    {
        Assert.Equal(
            """{"shard":"shardId-000000000000","sequence":"42","arrived":"2026-03-01T14:05:00.000123Z","key":"\"é\\\n","data_b64":"e30K"}""" + "\n",
            Line("{}\n"u8, "\"é\\\n"));
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("[1,{\"a\":[]}]", true)]
    [InlineData("\"text\"", true)]
    [InlineData("-1.5e3", true)]
    [InlineData("true", true)]
    [InlineData("{\"lone\":\"\\ud800\"}", true)]
    [InlineData("", false)]
    [InlineData("{", false)]
    [InlineData("[", false)]
    [InlineData("{\"a\":1", false)]
    [InlineData("{\"a\"", false)]
    [InlineData("{}{}", false)]
    [InlineData("{} x", false)]
    [InlineData(" {}", false)]
    [InlineData("{}\t", false)]
    [InlineData("{\n}", false)]
    [InlineData("{\r}", false)]
    [InlineData("{\"a\":1,}", false)]
    [InlineData("{'a':1}", false)]
    [InlineData("tru", false)]
    [InlineData("1 2", false)]
    [InlineData("-", false)]
    [InlineData("\ufeff{}", false)]
    [InlineData("plain text", false)]
    public void Only_whole_JSON_without_line_ends_or_white_space_around_it_stands_as_it_is(string data, bool expected)
    {
        Assert.Equal(expected, BronzeLine.IsOneLineOfJson(Encoding.UTF8.GetBytes(data)));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_do_not()
    {
        Assert.False(BronzeLine.IsOneLineOfJson([(byte)'"', 0xff, (byte)'"']));
        Assert.False(BronzeLine.IsOneLineOfJson([(byte)'"', 0xed, 0xa0, 0x80, (byte)'"']));
    }

    [Fact]
    public void Hostile_bytes_come_back_identical_from_a_line_that_any_JSON_reader_can_read()
    {
        const int Seed = 20260301;
        var random = new Random(Seed);
        byte[][] stems =
        [
            "{\"event_id\":\"f1\",\"n\":[1,2.5,null,true],\"o\":{\"k\":\"\\u00e9\\\"\"}}"u8.ToArray(),
            "{\"data\":{\"data_b64\":\"x\"},\"sequence\":\"7\"}"u8.ToArray(),
            [.. "{\"s\":\""u8, 0xe2, 0x80, 0xa8, .. "\"}"u8],
            [],
        ];

        for (var round = 0; round < 20_000; round++)
        {
            var data = Mutate(random, stems[random.Next(stems.Length)]);
            var line = Line(data, "k");

            Assert.True(line.IndexOf('\n', StringComparison.Ordinal) == line.Length - 1, $"seed {Seed}, round {round}: {line}");
            using var document = JsonDocument.Parse(line);
            var shard = "";
            Assert.True(BronzeLine.TryRead(Encoding.UTF8.GetBytes(line[..^1]), ref shard, out var record), $"seed {Seed}, round {round}: {line}");
            Assert.True(data.AsSpan().SequenceEqual(record.Data.Span), $"seed {Seed}, round {round}: {Convert.ToHexString(data)}");
            Assert.Equal(("shardId-000000000000", "42", Arrived, "k"), (shard, record.Sequence.ToString(), record.Arrived, record.PartitionKey));
        }
    }

    [Theory]
    [InlineData("""{"data":[1],"extra":{"x":[]},"key":"k","arrived":"2026-03-01T14:05:00+00:00","sequence":"1","shard":"s"}""", true)]
    [InlineData("""{"shard":"s","sequence":"1","arrived":"2026-03-01T14:05:00Z","key":"k"}""", false)]
    [InlineData("""{"shard":"s","sequence":"01","arrived":"2026-03-01T14:05:00Z","key":"k","data":1}""", false)]
    [InlineData("""{"shard":"s","sequence":1,"arrived":"2026-03-01T14:05:00Z","key":"k","data":1}""", false)]
    [InlineData("""{"shard":"s","sequence":"1","arrived":"noon","key":"k","data":1}""", false)]
    [InlineData("""{"shard":"s","sequence":"1","arrived":"2026-03-01T14:05:00Z","key":"k","data_b64":"?"}""", false)]
    [InlineData("""{"shard":"s","sequence":"1","arrived":"2026-03-01T14:05:00Z","key":"k","data":1} {}""", false)]
    [InlineData("""[]""", false)]
    [InlineData("", false)]
    public void A_line_is_read_by_its_keys_in_any_order_and_nothing_else_is_taken_for_one(string line, bool expected)
    {
        var shard = "";

        Assert.Equal(expected, BronzeLine.TryRead(Encoding.UTF8.GetBytes(line), ref shard, out _));
    }

    private static string Line(ReadOnlySpan<byte> data, string key)
    {
        var lines = new ArrayBufferWriter<byte>();
        BronzeLine.Write(lines, "shardId-000000000000", new StreamRecord(SequenceNumber.FromNumber(42), Arrived, key, data.ToArray()));
        return Encoding.UTF8.GetString(lines.WrittenSpan);
    }

    private static byte[] Mutate(Random random, byte[] stem)
    {
        var data = stem.ToList();
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var at = random.Next(data.Count + 1);
            switch (random.Next(4))
            {
                case 0:
                    data.Insert(at, (byte)random.Next(256));
                    break;
                case 1 when at < data.Count:
                    data.RemoveAt(at);
                    break;
                case 2:
                    data.RemoveRange(at, data.Count - at);
                    break;
                default:
                    data.InsertRange(at, " \n\r\0\"}"u8.Slice(random.Next(6), 1));
                    break;
            }
        }

        return [.. data];
    }
}
