using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Cleaning.Tests;
using AirportOps.Lake;
using AirportOps.Parquet;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;
using AirportOps.Streams;

namespace AirportOps.Aws.Tests.Kinesis;

/// <summary>Producers of every kind on one stream: plain records, gzip, what the Kinesis Producer Library aggregated, envelopes, arrays and strings, in any mixture.</summary>
public sealed class MixedRecordsTests(AwsEmulators emulators) : IDisposable
{
    private const int Seed = 12;
    private const int Keys = 12;
    private const int EventsOfKey = 120;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ao-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_local_stream_and_Kinesis_give_the_same_ledger_and_keep_the_order_of_each_key()
    {
        var (records, expected) = Mix(new Random(Seed));
        var kinesis = await emulators.KinesisAsync();
        await using var remote = TestStream.Open(kinesis, await TestStream.CreateAsync(kinesis, 2));
        await using var local = LocalStream.Open(
            Path.Combine(_folder.FullName, "stream", "mixed"), new LocalStreamOptions { ShardCount = 2 }, TimeProvider.System);

        foreach (var stream in new IEventStream[] { local, remote })
        {
            await using (var writer = await stream.OpenWriterAsync(Token))
            {
                foreach (var batch in records.Chunk(50))
                {
                    await writer.WriteAsync(batch, Token);
                }
            }

            var lake = FileLake.Open(Path.Combine(_folder.FullName, $"lake-{stream.Name}"), TimeProvider.System);
            await new SilverStage(stream, lake, ReferenceTables.Default, SilverOptions.Default, new StageProgress("silver"), TimeProvider.System)
                .RunAsync(Drain.Now(), Token).WaitAsync(Patience, Token);

            var (found, order) = await ReadAsync(stream, lake);
            Assert.True(expected == found, $"seed {Seed}, {stream.Name}: expected {expected}, found {found}");
            Assert.All(order, key => Assert.Equal(key.Value.Order(), key.Value));
        }
    }

    /// <summary>Events of each key in their order, some told twice and some broken, packed at random.</summary>
    private static (List<OutgoingRecord> Records, Counts Expected) Mix(Random random)
    {
        var waiting = Enumerable.Range(0, Keys).Select(key => new Queue<int>(Enumerable.Range(0, EventsOfKey))).ToArray();
        var records = new List<OutgoingRecord>();
        var expected = new Counts(0, 0, 0, 0);
        while (waiting.Any(events => events.Count > 0))
        {
            var key = random.Next(Keys);
            var events = new List<string>();
            for (var count = random.Next(1, 6); count > 0 && waiting[key].TryDequeue(out var number); count--)
            {
                events.Add(Event(key, number));
                expected = expected with { Events = expected.Events + 1, Rows = expected.Rows + 1 };
                if (random.Next(20) == 0)
                {
                    events.Add(Event(key, number));
                    expected = expected with { Events = expected.Events + 1, Duplicates = expected.Duplicates + 1 };
                }

                if (random.Next(20) == 0)
                {
                    events.Add("""{"event_id":"b","event_type":"security","event_time":"2026-03-01T14:05:00Z","airport":"JFK","queue_length":1}""");
                    expected = expected with { Events = expected.Events + 1, Refused = expected.Refused + 1 };
                }
            }

            if (events.Count > 0)
            {
                records.Add(new OutgoingRecord($"key {key}", Pack(events, random)));
                expected = expected with { Records = expected.Records + 1 };
            }
        }

        return (records, expected);
    }

    private static byte[] Pack(List<string> events, Random random) => random.Next(7) switch
    {
        0 => Encoding.UTF8.GetBytes(string.Join("\n", events)),
        1 => Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]"),
        2 => Gzip(string.Join("\n", events)),
        3 => AggregatedRecord.Of([.. events.Select(text => random.Next(2) == 0 ? Encoding.UTF8.GetBytes(text) : Gzip(text))]),
        4 => Encoding.UTF8.GetBytes($$"""{"Type":"Notification","MessageId":"m","Message":{{JsonSerializer.Serialize(string.Join(' ', events))}}}"""),
        5 => Encoding.UTF8.GetBytes(
            $$"""{"logEvents":[{{string.Join(',', events.Select(text => $$"""{"id":"1","message":{{JsonSerializer.Serialize(text)}}}"""))}}]}"""),
        _ => AggregatedRecord.Of(Encoding.UTF8.GetBytes($$"""{"data":[{{string.Join(',', events)}}]}""")),
    };

    private static string Event(int key, int number) =>
        $$"""{"event_id":"{{key}}-{{number}}","event_type":"security","event_time":"2026-03-01T14:05:00Z","airport":"JFK","checkpoint":"CP-{{key}}","queue_length":{{number}}}""";

    private static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    private static async Task<(Counts Found, Dictionary<string, List<int>> Order)> ReadAsync(IEventStream stream, ILake lake)
    {
        var found = new Counts(0, 0, 0, 0);
        var order = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var shard in await stream.ListShardsAsync(Token))
        {
            await foreach (var window in new WindowStore(lake).ReadAllAsync(stream.Name, shard.Id, Token))
            {
                Assert.True(window.Ledger.Balances);
                found = found.Plus(window.Ledger);
                foreach (var file in window.Files)
                {
                    using var reader = new ParquetReader(await lake.GetAsync(file.Key, Token));
                    var checkpoints = reader.ReadColumn(0, reader.Schema.IndexOf("checkpoint"));
                    var numbers = reader.ReadColumn(0, reader.Schema.IndexOf("queue_length"));
                    for (var row = 0; row < file.Rows; row++)
                    {
                        var key = Encoding.UTF8.GetString(checkpoints.Utf8Value(row));
                        order.TryAdd(key, []);
                        order[key].Add(numbers.Int32Values[row]);
                    }
                }
            }
        }

        return (found, order);
    }

    private sealed record Counts(long Records, long Events, long Rows, long Duplicates)
    {
        internal long Refused { get; init; }

        internal Counts Plus(WindowLedger ledger) => new(
            Records + ledger.Records, Events + ledger.Events, Rows + ledger.Rows, Duplicates + ledger.Duplicates) { Refused = Refused + ledger.RefusedEvents };
    }
}
