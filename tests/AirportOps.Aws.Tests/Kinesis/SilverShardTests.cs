using System.Globalization;
using System.Text;
using System.Text.Json;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Lake;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;
using AirportOps.Streams;
using Amazon.Kinesis.Model;

namespace AirportOps.Aws.Tests.Kinesis;

/// <summary>Silver over shards that split, merge, fall silent and are trimmed.</summary>
public sealed class SilverShardTests(AwsEmulators emulators) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ao-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Shards_that_split_and_merge_are_noted_as_ended_with_their_children_and_the_others_as_silent()
    {
        var kinesis = await emulators.KinesisAsync();
        var name = await TestStream.CreateAsync(kinesis, 2);
        using var client = TestAws.Clients(kinesis).Kinesis();
        await using var stream = TestStream.Open(kinesis, name);
        await WriteAsync(stream, 0, 100);
        await CleanAsync(stream, TimeProvider.System);
        var range = (await client.ListShardsAsync(new ListShardsRequest { StreamName = name }, Token)).Shards![0].HashKeyRange!;
        await client.SplitShardAsync(
            new SplitShardRequest
            {
                StreamName = name,
                ShardToSplit = "shardId-000000000000",
                NewStartingHashKey = (UInt128.Parse(range.EndingHashKey!, CultureInfo.InvariantCulture) / 2).ToString(CultureInfo.InvariantCulture),
            },
            Token);
        await TestStream.WaitUntilActiveAsync(client, name);
        await WriteAsync(stream, 100, 100);
        await client.MergeShardsAsync(
            new MergeShardsRequest { StreamName = name, ShardToMerge = "shardId-000000000003", AdjacentShardToMerge = "shardId-000000000001" }, Token);
        await TestStream.WaitUntilActiveAsync(client, name);

        await CleanAsync(stream, TimeProvider.System);

        Assert.Equal(
            ["0: 2 3", "1: 4", "2", "3: 4", "4"],
            [await NoteAsync(name, 0), await NoteAsync(name, 1), await NoteAsync(name, 2), await NoteAsync(name, 3), await NoteAsync(name, 4)]);
    }

    [Fact]
    public async Task A_stage_that_was_down_for_longer_than_the_retention_stops_and_one_that_was_up_does_not()
    {
        await using var kinesalite = await AwsEmulators.StartKinesaliteAsync();
        var name = await TestStream.CreateAsync(kinesalite.Url, 1);
        var clock = new ShiftedClock();
        await using var stream = TestStream.Open(kinesalite.Url, name, clock: clock);
        await WriteAsync(stream, 0, 5);
        await CleanAsync(stream, clock);
        await ForwardAsync(TimeSpan.FromHours(20));
        await CleanAsync(stream, clock);

        // Silent for 40 hours, but looked at after 20: all that may have come since is still there.
        await ForwardAsync(TimeSpan.FromHours(20));
        await WriteAsync(stream, 5, 5);
        await CleanAsync(stream, clock);

        await WriteAsync(stream, 10, 5);
        await ForwardAsync(TimeSpan.FromHours(25));
        await WriteAsync(stream, 15, 5);
        var stopped = await Assert.ThrowsAsync<PipelineException>(() => CleanAsync(stream, clock));
        Assert.Contains("the stream may have dropped records after ", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("which arrived 25 h after all had been read", stopped.Message, StringComparison.Ordinal);

        await CleanAsync(stream, clock, acceptGap: true);
        var windows = new List<WindowManifest>();
        await foreach (var window in new WindowStore(OpenLake()).ReadAllAsync(name, "shardId-000000000000", Token))
        {
            windows.Add(window);
        }

        Assert.Equal((15, 1), (windows.Sum(window => window.Ledger.Rows), windows.Count(window => window.Gap is { IsCertain: false })));

        async Task ForwardAsync(TimeSpan time)
        {
            await kinesalite.TellAsync(FormattableString.Invariant($"forward {time.TotalSeconds}"), Token);
            clock.Shift += time;
        }
    }

    private FileLake OpenLake() => FileLake.Open(_folder.FullName, TimeProvider.System);

    private Task CleanAsync(IEventStream stream, TimeProvider clock, bool acceptGap = false)
    {
        var options = SilverOptions.Default with { AcceptGap = acceptGap };
        return new SilverStage(stream, OpenLake(), ReferenceTables.Default, options, new StageProgress("silver"), clock)
            .RunAsync(Drain.Now(), Token).WaitAsync(Patience, Token);
    }

    /// <summary>A shard's note in short: its number, and behind a colon its children where it has ended.</summary>
    private async Task<string> NoteAsync(string stream, int shard)
    {
        var key = $"silver/_shards/{stream}/shardId-{shard:D12}";
        var content = await OpenLake().TryGetAsync($"{key}.end.json", Token) ?? await OpenLake().GetAsync($"{key}.json", Token);
        var note = JsonDocument.Parse(content).RootElement;
        var children = note.GetProperty("children").EnumerateArray().Select(child => int.Parse(child.GetString()!.Split('-')[1], CultureInfo.InvariantCulture));
        return note.GetProperty("is_ended").GetBoolean() ? $"{shard}: {string.Join(' ', children)}" : $"{shard}";
    }

    private static async Task WriteAsync(IEventStream stream, int from, int count)
    {
        await using var writer = await stream.OpenWriterAsync(Token);
        await writer.WriteAsync([.. Enumerable.Range(from, count).Select(Reading)], Token);
    }

    private static OutgoingRecord Reading(int number) => new($"key {number % 20}", Encoding.UTF8.GetBytes(
        $$"""{"event_id":"s{{number}}","event_type":"security","event_time":"2026-03-01T14:05:00Z","airport":"JFK","checkpoint":"A","wait_minutes":{{number}}}"""));
}
