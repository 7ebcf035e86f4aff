using System.IO.Compression;
using System.Text;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Codes;
using AirportOps.Cli.Feeding;
using AirportOps.Cli.Tests.Support;
using AirportOps.Pipeline;
using AirportOps.Reference;
using AirportOps.Streams;

namespace AirportOps.Cli.Tests;

public sealed class IngestEventsTests
{
    private const string Flight = """{"flight":"AAL0100","date":"03/01/2026","from":"KJFK","to":"LAX","ts":"2026-03-01 09:00","status":"DLY","delay":"25 min"}""";

    private const string Landed = """{"ident":"AA100","date":"2026-03-01","dep":"JFK","arr":"LAX","ts":1772391600,"status":"Landed","ata":"2026-03-01 11:00"}""";

    private const string Checkpoint = """{"checkpoint":"North","station":"ATL","ts":"2026-03-01T12:00:00Z","wait":"PT12M"}""";

    private const string Nonsense = "no JSON at all \u2603";

    [Fact]
    public async Task A_user_s_data_reaches_Gold_by_the_command_line_alone()
    {
        await using var folder = new TestFolder();
        folder.Write("mine.jsonl", $"{Flight}\n\n{Checkpoint}\r\n{Nonsense}\n{Landed}");

        var ingested = (await folder.RunAsync("ingest", "events", "mine.jsonl", "--json")).Done().Json.GetProperty("files")[0];
        (await folder.RunAsync("run", "--once")).Done();
        var legs = await folder.RunAsync("sql", "--csv", "SELECT airline, flight_number, origin, destination, status, departure_delay_minutes, actual_arrival FROM gold.fact_flight");
        var waits = await folder.RunAsync("sql", "--csv", "SELECT CAST(wait_minutes AS INTEGER) AS minutes FROM gold.fact_security_wait");

        Assert.Equal(
            """{"file":"mine.jsonl","sent":4,"not_sent":0,"skipped":0,"bytes":340,"keyed_by":{"flight":2,"place":1,"bytes":1}}""",
            System.Text.Json.JsonSerializer.Serialize(ingested));
        Assert.Equal(
            ["airline,flight_number,origin,destination,status,departure_delay_minutes,actual_arrival", "AA,100,JFK,LAX,arrived,25,2026-03-01 19:00:00"],
            Lines(legs.Done().Output));
        Assert.Equal(["minutes", "12"], Lines(waits.Done().Output));
        Assert.Contains("not_json", (await folder.RunAsync("quarantine", "list")).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_are_on_the_stream_byte_for_byte_each_under_its_key()
    {
        await using var folder = new TestFolder();
        byte[][] records = [Encoding.UTF8.GetBytes(Flight), Encoding.UTF8.GetBytes(" " + Landed + "\t"), [0xff, 0xfe, 0x00, 0x01], Encoding.UTF8.GetBytes(Checkpoint), "   "u8.ToArray()];
        Directory.CreateDirectory(folder["mine/more"]);
        await using (var zipped = new GZipStream(File.Create(folder["mine/a.jsonl.gz"]), CompressionLevel.Fastest))
        {
            Array.ForEach(records, record => zipped.Write([.. record, (byte)'\n']));
        }

        folder.Write("mine/more/b.jsonl", Flight.Replace("25", "30", StringComparison.Ordinal) + "\n");

        (await folder.RunAsync("ingest", "events", "mine", "--stream", "local:there")).Done();

        var sent = (await Records.OfStreamAsync(folder["there"])).Select(line => line.Split(' ')).Select(parts => (
            Key: string.Join(' ', parts[2..^1]), Data: parts[^1])).ToLookup(record => record.Key, record => record.Data);
        Assert.Equal(
            [.. new[] { records[0], records[1] }.Select(Convert.ToHexString), Convert.ToHexString(Encoding.UTF8.GetBytes(Flight.Replace("25", "30", StringComparison.Ordinal)))],
            sent["AA 100 2026-03-01 JFK"]);
        Assert.Equal([Convert.ToHexString(records[3])], sent["ATL North"]);
        Assert.Equal(6, sent.Sum(key => key.Count()));
        Assert.Equal(4, sent.Count);
    }

    [Fact]
    public async Task A_record_that_the_stream_cannot_take_is_said_and_the_others_are_sent()
    {
        await using var folder = new TestFolder();
        folder.Write("mine.jsonl", $"{Flight}\n{new string('x', 9 << 20)}\n{new string('y', 70 << 20)}\n{Landed}\n");

        var outcome = await folder.RunAsync("ingest", "events", "mine.jsonl", "--json");

        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Equal(
            [
                "mine.jsonl, record 2 is not sent: it has 9437184 bytes, more than the 8388608 the stream takes",
                "mine.jsonl, record 3 is not sent: it has 73400320 bytes",
            ],
            outcome.ErrorLines.Where(line => line.StartsWith("mine.jsonl", StringComparison.Ordinal)));
        Assert.Equal("airportops: 2 records were not sent, as said above; all others are. Make them shorter, or leave them out.", outcome.ErrorLines[^1]);
        Assert.Equal((2, 2), (outcome.Json.GetProperty("files")[0].GetProperty("sent").GetInt32(), outcome.Json.GetProperty("files")[0].GetProperty("not_sent").GetInt32()));
        Assert.Equal(2, (await Records.OfStreamAsync(folder[".airportops/stream/airport-events"])).Count);
    }

    [Fact]
    public async Task Records_of_a_pipe_are_sent_as_they_come_and_a_stopped_run_says_how_to_go_on()
    {
        await using var folder = new TestFolder();
        var running = folder.StartWithInput("ingest", "events", "-", "--to", "file:sent.jsonl");
        await running.Input.WriteAsync(Encoding.UTF8.GetBytes($"{Flight}\n{Landed}\n{Checkpoint[..20]}"), TestContext.Current.CancellationToken);
        await running.Input.FlushAsync(TestContext.Current.CancellationToken);
        await TestFolder.UntilAsync(() => File.Exists(folder["sent.jsonl"]) && File.ReadAllText(folder["sent.jsonl"]).EndsWith(Landed + "\n", StringComparison.Ordinal), running);

        await running.SignalAsync("INT");
        var stopped = await running.WaitAsync();

        Assert.Equal("ingest events was stopped after 2 records; the same command with --skip 2 goes on behind them", stopped.Failed());
        folder.Write("mine.jsonl", $"{Flight}\n{Landed}\n{Checkpoint}\n");
        (await folder.RunAsync("ingest", "events", "mine.jsonl", "--skip", "2", "--to", "file:rest.jsonl")).Done();
        Assert.Equal(Checkpoint + "\n", await File.ReadAllTextAsync(folder["rest.jsonl"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_JSON_value_over_several_lines_is_one_record()
    {
        await using var folder = new TestFolder();
        var page = $"{{\n  \"data\": [\n    {Flight},\n    {Landed}\n  ]\n}}";
        folder.Write("page.json", page + "\n");

        (await folder.RunAsync("ingest", "events", "page.json")).Done();
        var line = await folder.RunAsync("ingest", "events", "page.json", "--to", "file:page.jsonl");

        var sent = Assert.Single(await Records.OfStreamAsync(folder[".airportops/stream/airport-events"]));
        Assert.EndsWith($" AA 100 2026-03-01 JFK {Convert.ToHexString(Encoding.UTF8.GetBytes(page))}", sent, StringComparison.Ordinal);
        Assert.Contains("page.json, record 1 is not sent: it has a line break at byte 1", line.ErrorLines);
        Assert.Equal(ExitCode.Failed, line.ExitCode);
    }

    [Theory]
    [InlineData("ingest events absent.jsonl", "absent.jsonl can't be read: ", 1)]
    [InlineData("ingest events cut.jsonl.gz", "cut.jsonl.gz is damaged after record ", 1)]
    [InlineData("ingest events mine.jsonl --rate 0", "--rate is 0; expected records a second, up to 10,000,000", 2)]
    [InlineData("ingest events mine.jsonl --skip -1", "--skip is -1; expected a number of records", 2)]
    public async Task What_cannot_be_done_is_one_line(string arguments, string line, int exitCode)
    {
        await using var folder = new TestFolder();
        folder.Write("mine.jsonl", Flight);
        using var content = new MemoryStream();
        using (var gzip = new GZipStream(content, CompressionLevel.NoCompression))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Flight + "\n", 2_000))));
        }

        await File.WriteAllBytesAsync(folder["cut.jsonl.gz"], content.ToArray()[..100_000], TestContext.Current.CancellationToken);

        var outcome = await folder.RunAsync([.. arguments.Split(' '), "--to", "file:out.jsonl"]);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.StartsWith("airportops: " + line, outcome.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_holds_over_all_files_and_skips_what_it_was_told_to()
    {
        var clock = new LeapingClock();
        var writer = new CountingWriter();
        var feed = new EventFeed(
            new PartitionKeyReader(new CodeTables(ReferenceTables.Default), new CleanerOptions()), writer, 50, 30, 0, new StageProgress("ingest"), clock);
        var counts = new EventFileCounts();
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 115).Select(number => $"{number}\n")));

        for (var file = 0; file < 2; file++)
        {
            using var records = new RecordLineReader(new MemoryStream(lines));
            await feed.RunAsync(records, 0, counts, (_, _) => Assert.Fail("no record is too long"), TestContext.Current.CancellationToken);
        }

        Assert.Equal(Enumerable.Repeat(5, 40), writer.Writes);
        Assert.Equal(TimeSpan.FromSeconds(4), clock.GetElapsedTime(0));
        Assert.Equal((200, 30, 230), (counts.Sent, counts.Skipped, feed.Done));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Time passes only while somebody waits, and then at once.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(56).AddTicks(_ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _ticks += dueTime.Ticks;
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class CountingWriter : IStreamWriter
    {
        internal List<int> Writes { get; } = [];

        public Task WriteAsync(IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken)
        {
            Writes.Add(records.Count);
            return Task.CompletedTask;
        }

        public string? WhyNot(ReadOnlySpan<byte> data) => null;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
