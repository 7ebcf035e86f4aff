using System.Text;
using AirportOps.Conformance;
using AirportOps.Pipeline.Firehose;

namespace AirportOps.Pipeline.Tests.Firehose;

public sealed class FirehoseScannerTests
{
    private const string A = """{"event_id":"a","event_type":"security","note":"}{ \" [","at":{"gate":"1","list":[1,{"x":2}]}}""";
    private const string B = """{"event_id":"b","event_time":"2026-03-01T14:05:00Z"}""";
    private const string C = """{"type":"baggage","ts":1772373900}""";

    /// <summary>Records that are found again whatever stands between them.</summary>
    public static TheoryData<string[]> Whole => new(new string[][]
    {
        [A, B, C],
        [A],
        [A, $"[{B},{C}]", A],
        [$"{A} {B}", C],
        ["\"{\\\"event_id\\\":\\\"w\\\"}\"", A, "\"{\\\"event_id\\\":\\\"w\\\"}\""],
        [B, "\uFEFF" + A, C],
        [B[..^1] + ",}", C],
        [B, "42", C, "null", A, "[1,2]", B, "true"],
        [B.Replace(",", ",\n  ", StringComparison.Ordinal), "{\n \"event_id\": \"p\",\n \"list\": [\n 1,\n 2\n ]\n}", A],
        [A, "hello", B, "ERR 503 upstream timed out", C, "<flight id=\"7\" status=\"departed\"/>", A],
        ["{'event_id': 'x1', 'status': 'departed'}", A, "%%%"],
    });

    /// <summary>Where a record may be cut: in a string, a key, an escape, a number, a literal, behind a colon, a comma, a bracket.</summary>
    public static TheoryData<string> Cut =>
    [
        """{"event_id":"cu""", """{"event_id":"cut","even""", """{"event_id":"cut\""", """{"event_id":"cut","n":12""", """{"event_id":"cut","n":tr""",
        """{"event_id":"cut","n":""", """{"event_id":"cut",""", """{"event_id":"cut","at":{"gate":""", """{"event_id":"cut","at":{"gate":"1"},"t""",
        """{"event_id":"cut","at":{"gate":"1"}""", """{"event_id":"cut","list":[""", """{"event_id":"cut","list":[1""", """{"event_id":"cut","t":"2026-03-01T14:""",
        """{""", """{"e""", """[{"event_id":"cut"}""", """[{"event_id":"cut","n":"x""", "\"{\\\"event_id\\\":\\\"cu",
    ];

    [Theory]
    [MemberData(nameof(Whole))]
    public void Records_are_found_again_with_and_without_a_delimiter(string[] records)
    {
        foreach (var withNewline in new[] { true, false })
        {
            var content = Content(records, withNewline);
            foreach (var pieceBytes in new[] { int.MaxValue, 1, 7, 64 })
            {
                Assert.Equal(
                    records.Select(Latin),
                    ScannedRecords.Of(content, withNewline ? FirehoseDelimiter.Newline : FirehoseDelimiter.None, pieceBytes));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cut))]
    public void A_record_that_was_cut_ends_where_the_next_one_starts(string cut)
    {
        string[] records = [A, cut, B, A, C];
        Assert.Equal(records, ScannedRecords.Of(Content(records, withNewline: false), FirehoseDelimiter.None));
        Assert.Equal(records, ScannedRecords.Of(Content(records, withNewline: true), FirehoseDelimiter.Newline));
    }

    [Fact]
    public void A_record_broken_in_its_middle_stays_whole_although_it_holds_objects()
    {
        string[] records = [A, """{"event_id":"m","n":tru,"at":{"gate":"1"},"list":[{"x":1},{"y":2}]}""", B];

        Assert.Equal(records, ScannedRecords.Of(Content(records, withNewline: false), FirehoseDelimiter.None));
    }

    /// <summary>What can't be had back, and what becomes of it: nothing is lost, but records are taken together or apart.</summary>
    [Fact]
    public void Broken_records_beside_each_other_are_one_without_a_delimiter()
    {
        Assert.Equal([A, "hello%%%", B], ScannedRecords.Of(Content([A, "hello", "%%%", B], withNewline: false), FirehoseDelimiter.None));
        Assert.Equal(["4217", B], ScannedRecords.Of(Content(["42", "17", B], withNewline: false), FirehoseDelimiter.None));
        Assert.Equal([A, "[" + B + "," + C, A], ScannedRecords.Of(Content([A, "[" + B + ",", C, A], withNewline: false), FirehoseDelimiter.None));
    }

    [Fact]
    public void A_broken_record_with_a_line_feed_in_it_is_as_many_as_it_has_lines_with_a_delimiter() =>
        Assert.Equal([A, "not", "json", B], ScannedRecords.Of(Content([A, "not\njson", B], withNewline: true), FirehoseDelimiter.Newline));

    [Fact]
    public void Objects_that_stand_end_to_end_are_one_record_of_a_line_and_a_record_each_without_a_delimiter()
    {
        Assert.Equal([A + B, C], ScannedRecords.Of(Content([A + B, C], withNewline: true), FirehoseDelimiter.Newline));
        Assert.Equal([A, B, C], ScannedRecords.Of(Content([A + B, C], withNewline: false), FirehoseDelimiter.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_delimiter_shows_in_the_object(bool withNewline)
    {
        string[][] objects = [[A, B, C], [A, A + B, C, """{"event_id":"cut","n":""", B, "hello", A], [A + B, C], [A, "{\n\"event_id\":\"p\"\n}", C]];
        foreach (var records in objects)
        {
            var content = Content(records, withNewline);
            Assert.Equal(
                ScannedRecords.Of(content, withNewline ? FirehoseDelimiter.Newline : FirehoseDelimiter.None),
                ScannedRecords.Of(content, FirehoseDelimiter.Found));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_the_bytes_none_is_lost_and_the_pieces_they_come_in_change_nothing(int seed)
    {
        const string Alphabet = "{}[]\",:\\ \n\r\tae1-t\u00e9{\"";
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var content = new List<byte>();
            while (content.Count < random.Next(1, 400))
            {
                content.AddRange(Encoding.UTF8.GetBytes(random.Next(4) switch
                {
                    0 => A[..random.Next(1, A.Length)],
                    1 => B,
                    2 => "\"event_id\":",
                    _ => Alphabet[random.Next(Alphabet.Length)].ToString(),
                }));
            }

            foreach (var delimiter in new[] { FirehoseDelimiter.None, FirehoseDelimiter.Newline })
            {
                var records = ScannedRecords.Of([.. content], delimiter);

                Assert.Equal(WithoutLines(Encoding.Latin1.GetString([.. content])), WithoutLines(string.Concat(records)));
                Assert.Equal(records, ScannedRecords.Of([.. content], delimiter, random.Next(1, 60)));
            }
        }
    }

    private static byte[] Content(string[] records, bool withNewline) =>
        FirehoseObjects.Content(records.Select(Encoding.UTF8.GetBytes), withNewline, isCompressed: false);

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string WithoutLines(string text) => string.Concat(text.Split(' ', '\t', '\r', '\n'));
}
