using AirportOps.Cli.Tests.Support;
using AirportOps.Conformance;

namespace AirportOps.Cli.Tests;

/// <summary>Bronze as a Firehose delivery stream writes it, cleaned and verified by the program.</summary>
public sealed class FirehoseTests
{
    private static readonly DateTimeOffset Arrived = new(2024, 5, 18, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Without a delimiter broken records beside each other can't be told apart; of these simulated ones none are.</summary>
    [Fact]
    public async Task Delivered_objects_of_every_layout_agree_with_the_simulators_ledger()
    {
        await using var folder = new TestFolder();
        (await folder.RunAsync(
            "simulate", "--events", "6000", "--mess", "0.5", "--seed", "3", "--date", "2024-05-17", "--to", "file:events.jsonl", "--ledger", "ledger.jsonl")).Done();
        var records = await RecordsAsync(folder["events.jsonl"]);

        foreach (var (withNewline, isCompressed, prefix) in new (bool, bool, string?)[] { (true, true, null), (true, false, "raw/y=2024/"), (false, true, "raw-"), (false, false, null) })
        {
            Deliver(folder["in"], records, withNewline, isCompressed, prefix);

            var cleaned = (await folder.RunAsync("clean", "--bronze", "in/**/*", "--force", "--out", "out", "--json")).Done().Json;
            var verified = (await folder.RunAsync("verify", "--ledger", "ledger.jsonl", "--clean", "out", "--json")).Done().Json;

            Assert.Equal(records.Count, cleaned.GetProperty("records").GetInt32());
            Assert.True(verified.GetProperty("agrees").GetBoolean());
            Directory.Delete(folder["in"], recursive: true);
        }
    }

    [Fact]
    public async Task The_delimiter_can_be_said_and_a_record_explained_from_an_object()
    {
        await using var folder = new TestFolder();
        const string Event = """{"event_id":"a","event_type":"security","event_time":"2024-05-17T10:00:00Z","airport":"JFK","checkpoint":"A","wait_minutes":1}""";
        folder.Write("renamed", Event + Event.Replace("\"a\"", "\"b\"", StringComparison.Ordinal) + "\n");

        var apart = (await folder.RunAsync("clean", "--firehose", "none", "renamed", "--out", "apart", "--json")).Done().Json;
        var together = (await folder.RunAsync("clean", "--firehose", "newline", "renamed", "--out", "together", "--json")).Done().Json;
        var explained = (await folder.RunAsync("clean", "--firehose", "none", "renamed", "--explain", "2", "--json")).Done().Json;

        Assert.Equal((2, 2), (apart.GetProperty("records").GetInt32(), apart.GetProperty("rows").GetInt32()));
        Assert.Equal((1, 2), (together.GetProperty("records").GetInt32(), together.GetProperty("rows").GetInt32()));
        Assert.Equal("b", explained.GetProperty("records")[0].GetProperty("events")[0].GetProperty("event_id").GetString());
        Assert.Equal(2, (await folder.RunAsync("clean", "--firehose", "tabs", "renamed", "--out", "x")).ExitCode);
        Assert.Equal(2, (await folder.RunAsync("clean", "--bronze", "renamed", "--now", "2024-05-18", "--out", "x")).ExitCode);
    }

    private static async Task<List<byte[]>> RecordsAsync(string file)
    {
        var records = new List<byte[]>();
        var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        for (var start = 0; start < content.Length;)
        {
            var length = content.AsSpan(start).IndexOf((byte)'\n');
            records.Add(content[start..(start + length)]);
            start += length + 1;
        }

        return records;
    }

    private static void Deliver(string folder, List<byte[]> records, bool withNewline, bool isCompressed, string? prefix)
    {
        var random = new Random(1);
        for (var (first, arrived) = (0, Arrived); first < records.Count; arrived = arrived.AddSeconds(60))
        {
            var count = Math.Min(random.Next(1, 2_000), records.Count - first);
            var path = Path.Combine(folder, FirehoseObjects.Key(prefix, "airport-raw", arrived, random, isCompressed));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, FirehoseObjects.Content(records.GetRange(first, count), withNewline, isCompressed));
            first += count;
        }
    }
}
