using System.Text;
using System.Text.Json.Nodes;
using AirportOps.Conformance;
using AirportOps.Lake;
using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Firehose;
using AirportOps.Pipeline.Tests.Batch;
using AirportOps.Pipeline.Tests.Bronze;

namespace AirportOps.Pipeline.Tests.Firehose;

/// <summary>The same records through our Bronze and through a delivery stream's objects.</summary>
public sealed class CleanFirehoseTests : IDisposable
{
    private static readonly DateTimeOffset Arrived = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);

    private readonly BatchScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(1, true, true, null)]
    [InlineData(2, true, false, "raw/")]
    [InlineData(3, false, true, "year=2026/month=03/")]
    [InlineData(4, false, false, null)]
    [InlineData(5, false, true, "a")]
    public async Task Rows_and_refusals_are_those_of_our_own_Bronze_but_for_shard_sequence_and_arrival(
        int seed, bool withNewline, bool isCompressed, string? prefix)
    {
        var records = Records(seed);
        await CleanOursAsync(records);
        var (rows, refusals) = (Rows(), Refusals());

        var files = Deliver(records, seed, withNewline, isCompressed, prefix);
        var manifest = await _scene.CleanAsync(files, new BatchLimits { Workers = 3, ChunkBytes = 900 }, areBronze: true, force: true);

        Assert.Equal(rows, Rows());
        Assert.Equal(refusals, Refusals());
        Assert.True(manifest.Ledger.Balances);
        Assert.Equal(records.Count, manifest.Ledger.Records);
        Assert.All(manifest.Inputs, input => Assert.Equal(FirehoseKey.TryParse(input.Name)!.Value.Arrived, input.Arrived));
    }

    [Fact]
    public async Task Shard_is_the_object_sequence_the_number_in_it_and_objects_are_read_by_the_time_in_their_names()
    {
        var late = _scene.Write("z/raw-1-2026-03-01-14-05-10-0a1b2c3d-0000-4111-8222-333344445555", "{\"event_id\":\"x\",\"event_type\":\"weather\"}"u8.ToArray());
        var early = _scene.Write("y/raw-1-2026-03-01-14-05-09-ffffffff-0000-4111-8222-333344445555", Encoding.UTF8.GetBytes("hello{\"event_id\":\"y\",\"event_type\":\"crew\"}"));

        await _scene.CleanAsync([late, early], areBronze: true);

        Assert.Equal(
            [
                "not_json raw-1-2026-03-01-14-05-09-ffffffff-0000-4111-8222-333344445555 1 2026-03-01T14:05:09Z",
                "unknown_type raw-1-2026-03-01-14-05-09-ffffffff-0000-4111-8222-333344445555 2 2026-03-01T14:05:09Z",
                "unknown_type raw-1-2026-03-01-14-05-10-0a1b2c3d-0000-4111-8222-333344445555 1 2026-03-01T14:05:10Z",
            ],
            BatchScene.Quarantine(_scene.Out).Select(line => JsonNode.Parse(line)!)
                .Select(line => $"{line["reason"]} {line["shard"]} {line["sequence"]} {line["arrived"]}"));
    }

    [Fact]
    public async Task What_is_delivered_twice_is_a_row_once_also_beside_our_own_Bronze()
    {
        string[] records = [Security("a"), Security("b"), Security("c").Replace("\"event_id\":\"c\",", "", StringComparison.Ordinal)];
        var (random, content) = (new Random(1), FirehoseObjects.Content(records.Select(Encoding.UTF8.GetBytes), withNewline: false, isCompressed: true));
        string[] files =
        [
            _scene.Write(FirehoseObjects.Key("raw/", "raw", Arrived, random, isCompressed: true), content),
            _scene.Write(FirehoseObjects.Key("raw/", "raw", Arrived.AddSeconds(61), random, isCompressed: true), content),
            await ArchiveAsync(records),
        ];

        var manifest = await _scene.CleanAsync(files, areBronze: true);

        Assert.Equal((9L, 3L, 6L), (manifest.Ledger.Records, manifest.Ledger.Rows, manifest.Ledger.Duplicates));
    }

    [Fact]
    public async Task An_object_of_another_name_is_read_when_it_is_said_to_be_a_delivery_streams()
    {
        var file = _scene.Write("renamed.json", Encoding.UTF8.GetBytes(Security("a") + Security("b")));

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _scene.CleanAsync([file], areBronze: true));
        var manifest = await _scene.CleanAsync([file], areBronze: true, firehose: FirehoseDelimiter.None);

        Assert.Contains("renamed.json is damaged: it ends within a line", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, manifest.Ledger.Rows);
    }

    [Theory]
    [InlineData("7z\u00BC\u00AF\u0027\u001Cmore", "a 7z archive")]
    [InlineData("PAR1more", "Parquet")]
    [InlineData("\u0082SNAPPY\u0000more", "Snappy")]
    public async Task What_a_delivery_stream_compressed_or_converted_otherwise_is_told_in_one_line(string content, string what)
    {
        var file = _scene.Write(FirehoseObjects.Key(null, "raw", Arrived, new Random(1), isCompressed: false), Encoding.Latin1.GetBytes(content));

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _scene.CleanAsync([file], areBronze: true));

        Assert.Contains($"is {what}, which is not read.", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Or set the delivery stream to GZIP or no compression, and to no conversion of the format.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_large_object_is_read_in_pieces_of_bounded_memory(bool withNewline)
    {
        const int Records = 100_000;
        var limits = new BatchLimits { ChunkBytes = 1 << 16 };
        var record = Encoding.UTF8.GetBytes(Security("a"));
        var content = FirehoseObjects.Content(Enumerable.Repeat(record, Records), withNewline, isCompressed: true);
        var path = _scene.Write(FirehoseObjects.Key(null, "raw", Arrived, new Random(1), isCompressed: true), content);
        var inputs = BatchInputs.Find([path], null, TimeProvider.System);
        using var reader = new ChunkReader(BatchSources.Order(inputs, areBronze: true, null), limits, () => Stream.Null);
        var chunk = new RecordChunk();
        long records = 0;
        while (reader.TryRead(chunk, Token))
        {
            records += chunk.Records;
            Assert.Equal(record, chunk[chunk.Records - 1].ToArray());
            Assert.True(chunk.Buffer.Length <= limits.ChunkBytes, $"{chunk.Buffer.Length} bytes are held");
        }

        Assert.Equal(Records, records);
    }

    [Fact]
    public async Task A_record_longer_than_what_is_held_at_a_time_is_refused_and_those_behind_it_are_not()
    {
        var long_ = Security("long")[..^1] + ",\"pad\":\"" + new string('x', 3 << 20) + "\"}";
        var content = FirehoseObjects.Content(new[] { Security("a"), long_, Security("b") }.Select(Encoding.UTF8.GetBytes), withNewline: false, isCompressed: false);
        var file = _scene.Write(FirehoseObjects.Key(null, "raw", Arrived, new Random(1), isCompressed: false), content);

        var held = await _scene.CleanAsync([file], areBronze: true);
        var cut = await _scene.CleanAsync([file], new BatchLimits { Workers = 1, ChunkBytes = 1 << 16, LineBytes = 2 << 20 }, areBronze: true, force: true);

        Assert.Equal((2L, "too_large=1"), (held.Ledger.Rows, Reasons(held)));
        Assert.Equal(2, cut.Ledger.Rows);
        Assert.True(cut.Ledger.Balances && cut.Ledger.Refused.ContainsKey("too_large"), Reasons(cut));
    }

    private static string Reasons(CleanManifest manifest) => string.Join(' ', manifest.Ledger.Refused.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>Messy records with all that may be found again: cut ones anywhere, words that are no JSON, pretty-printed ones, escaped and bare line ends.</summary>
    private static List<byte[]> Records(int seed)
    {
        var random = new Random(seed);
        var records = new List<byte[]>();
        var isBroken = false;
        for (var i = 0; i < 400; i++)
        {
            var id = $"e{(random.Next(4) == 0 ? random.Next(i + 1) : i)}";
            var whole = Security(id, random.Next(5) == 0 ? 1 : 0);
            var kind = random.Next(16);

            // Broken records beside each other are one without a delimiter.
            kind = isBroken && kind < 3 ? 15 : kind;
            isBroken = kind < 3;
            var record = kind switch
            {
                0 => whole[..random.Next(2, whole.Length - 1)],
                1 => new[] { "hello", "ERR 503", "{'a': 1}", "<x y=\"1\"/>", "%%%", "\u0001" }[random.Next(6)],
                2 => new[] { "true", "null", "[1,2]", "-7.5" }[random.Next(4)],
                3 => $"[{whole},{Security($"m{i}")},7]",
                4 => $"{whole} {Security($"s{i}")}",
                5 => JsonNode.Parse(whole)!.ToJsonString(new() { WriteIndented = true }),
                6 => System.Text.Json.JsonSerializer.Serialize(whole),
                7 => "\uFEFF" + whole,
                8 => whole[..^1] + ",}",
                9 => whole.Replace("\"airport\"", "\"note\":\"line\\nfeed }{ \\\" \\\\\",\"airport\"", StringComparison.Ordinal),
                10 => whole.Replace($"\"event_id\":\"{id}\",", "", StringComparison.Ordinal),
                11 => whole.Replace("security\"", "weather\"", StringComparison.Ordinal),
                12 => whole.Replace("\"airport\"", "\"at\":{\"gate\":\"1\",\"rows\":[{\"x\":[]},{}]},\"airport\"", StringComparison.Ordinal),
                _ => whole,
            };
            var bytes = Encoding.UTF8.GetBytes(record);
            if (kind == 13)
            {
                bytes[record.IndexOf("CP-", StringComparison.Ordinal)] = 0xff;
            }

            records.Add(bytes);
        }

        return records;
    }

    private static string Security(string id, int variant = 0) =>
        $$"""{"event_id":"{{id}}","event_type":"security","event_time":"2026-03-02T14:05:00Z","airport":"JFK","checkpoint":"CP-1","wait_minutes":{{variant}}.5}""";

    private async Task CleanOursAsync(IReadOnlyList<byte[]> records) => await _scene.CleanAsync([await ArchiveAsync(records)], areBronze: true);

    private Task<string> ArchiveAsync(IEnumerable<string> records) => ArchiveAsync([.. records.Select(Encoding.UTF8.GetBytes)]);

    private async Task<string> ArchiveAsync(IReadOnlyList<byte[]> records)
    {
        var stream = new MemoryEventStream("s").AddShard("a");
        for (var i = 0; i < records.Count; i++)
        {
            stream.Append("a", $"{i + 1}", Arrived, "k", records[i]);
        }

        await RawZone.ArchiveAllAsync(stream, FileLake.Open(_scene.PathOf("lake"), TimeProvider.System), RawZone.Small with { Records = 90 }, Token);
        return _scene.PathOf("lake/bronze/**/*.jsonl.gz");
    }

    private string[] Deliver(IReadOnlyList<byte[]> records, int seed, bool withNewline, bool isCompressed, string? prefix)
    {
        var random = new Random(seed);
        var files = new List<string>();
        for (var (first, arrived) = (0, Arrived); first < records.Count; arrived = arrived.AddSeconds(60))
        {
            var count = Math.Min(random.Next(1, 120), records.Count - first);
            files.Add(_scene.Write(
                FirehoseObjects.Key(prefix, "airport-raw", arrived, random, isCompressed),
                FirehoseObjects.Content(records.Skip(first).Take(count), withNewline, isCompressed)));
            first += count;
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(files));
        return [.. files];
    }

    /// <summary>The rows without shard and sequence.</summary>
    private List<string> Rows() => [.. BatchScene.Rows(_scene.Out).Select(row => string.Join(' ', row.Split(' ')[..^2]))];

    private List<string> Refusals() =>
    [
        .. BatchScene.Quarantine(_scene.Out).Select(line =>
        {
            var refusal = JsonNode.Parse(line)!.AsObject();
            foreach (var name in new[] { "shard", "sequence", "arrived" })
            {
                refusal.Remove(name);
            }

            return refusal.ToJsonString();
        }),
    ];
}
