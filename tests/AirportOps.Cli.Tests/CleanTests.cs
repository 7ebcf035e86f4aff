using System.IO.Compression;
using AirportOps.Cli.Cleaning;
using AirportOps.Cli.Tests.Support;
using AirportOps.DuckDb;
using AirportOps.Parquet;
using AirportOps.Pipeline;

namespace AirportOps.Cli.Tests;

public sealed class CleanTests
{
    private const string Now = "2024-05-18";
    private static readonly Dictionary<string, string> OneCore = new() { ["DOTNET_PROCESSOR_COUNT"] = "1" };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_kind_of_mess_scores_100_percent(int seed)
    {
        await using var folder = new TestFolder();
        await SimulateAsync(folder, "events.jsonl", $"{seed}", "20000", "0.9");
        (await folder.RunAsync("clean", "events.jsonl", "--now", Now, "--out", "clean")).Done();

        var verified = (await folder.RunAsync("verify", "--ledger", "events.ledger", "--clean", "clean", "--json")).Done().Json;

        var scores = verified.GetProperty("score").EnumerateArray().ToList();
        var below = scores.Where(score => new[] { "precision", "recall", "equality" }.Any(share =>
            score.GetProperty(share) is { ValueKind: System.Text.Json.JsonValueKind.Number } value && value.GetDouble() != 1));
        Assert.Empty(below.Select(score => score.GetRawText()));
        var kinds = scores.Where(score => score.GetProperty("events").GetInt64() > 0).Select(score => score.GetProperty("mess").GetString()!);
        Assert.Empty(Simulator.SimulatorOptions.DefaultMessWeights.Keys.Except(kinds));
        Assert.Contains(
            "duplicate",
            (await folder.RunAsync("verify", "--ledger", "events.ledger", "--clean", "clean", "--score")).Done().Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Bronze_day_cleaned_twice_gives_identical_files_that_agree_with_the_ledger_as_Silver_does()
    {
        await using var folder = new TestFolder();
        (await folder.RunAsync("simulate", "--events", "20000", "--mess", "0.5", "--seed", "7", "--date", "2024-05-17", "--ledger", "ledger.jsonl")).Done();
        (await folder.RunAsync("bronze", "--once")).Done();
        (await folder.RunAsync("silver", "--once", "--no-load")).Done();
        string[] clean = ["clean", "--bronze", ".airportops/lake/bronze/**/*.jsonl.gz", "--out"];

        (await folder.RunAsync([.. clean, "all-cores"])).Done();
        (await folder.RunAsync(OneCore, [.. clean, "one-core"])).Done();

        Assert.Equal(Tree.Of(folder["all-cores"]), Tree.Of(folder["one-core"]));
        Assert.Equal(
            Figures(await folder.RunAsync("verify", "--ledger", "ledger.jsonl", "--no-gold", "--json")),
            Figures(await folder.RunAsync("verify", "--ledger", "ledger.jsonl", "--clean", "one-core", "--json")));

        static string Figures(Outcome verified) => string.Join(
            '\n', new[] { "agrees", "silver", "equal", "score" }.Select(name => verified.Done().Json.GetProperty(name).GetRawText()));
    }

    [Fact]
    public async Task Files_a_glob_compressed_files_and_standard_input_give_the_same_rows()
    {
        await using var folder = new TestFolder();
        await SimulateAsync(folder, "events.jsonl", "5", "3000", "0.5");
        var lines = await File.ReadAllBytesAsync(folder["events.jsonl"], TestContext.Current.CancellationToken);
        await using (var packed = new GZipStream(File.Create(folder["events.jsonl.gz"]), CompressionLevel.Fastest))
        {
            packed.Write(lines);
        }

        foreach (var file in new[] { "events.jsonl", "events.jsonl.gz", "even*.jsonl" })
        {
            var result = (await folder.RunAsync("clean", file, "--now", Now, "--out", $"of {file.Length}", "--json")).Done().Json;
            Assert.Equal(3000, result.GetProperty("events").GetInt32());
            (await folder.RunAsync("verify", "--ledger", "events.ledger", "--clean", $"of {file.Length}")).Done();
        }

        var piped = folder.StartWithInput("clean", "-", "--now", Now, "--out", "of input");
        await piped.Input.WriteAsync(lines, TestContext.Current.CancellationToken);
        piped.Input.Close();
        (await piped.WaitAsync()).Done();
        (await folder.RunAsync("verify", "--ledger", "events.ledger", "--clean", "of input")).Done();
    }

    [Fact]
    public async Task Every_layout_holds_the_same_rows_in_another_reader_and_agrees_with_the_ledger()
    {
        await using var folder = new TestFolder();
        await SimulateAsync(folder, "events.jsonl", "5", "3000", "0.5");
        (string Codec, string PageVersion, string Encodings)[] layouts =
        [
            ("none", "1", "basic"), ("snappy", "1", "basic"), ("gzip", "1", "basic"), ("zstd", "1", "basic"),
            ("snappy", "2", "basic"), ("snappy", "1", "compact"), ("zstd", "2", "compact"),
        ];
        using var duckDb = new DuckDbSession();
        var expected = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (codec, version, encodings) in layouts.Where(layout => layout.Codec != "zstd" || ParquetCodecs.IsAvailable(ParquetCodec.Zstandard)))
        {
            (await folder.RunAsync(
                "clean", "events.jsonl", "--now", Now, "--out", "out", "--codec", codec, "--page-version", version, "--encodings", encodings)).Done();

            foreach (var entity in new[] { "flight_event", "baggage_event", "security_event", "ground_event" })
            {
                var files = $"'{folder[$"out/silver/{entity}/*/*.parquet"]}'";
                IReadOnlyList<string> rows = [.. duckDb.Query($"SELECT CAST(t AS VARCHAR) FROM read_parquet({files}) t ORDER BY event_id").Rows.Select(row => (string)row[0]!)];
                Assert.NotEmpty(rows);
                Assert.Equal(expected.TryAdd(entity, rows) ? rows : expected[entity], rows);
                Assert.Equal(
                    [codec == "none" ? "UNCOMPRESSED" : codec.ToUpperInvariant()],
                    duckDb.Query($"SELECT DISTINCT compression FROM parquet_metadata({files})").Rows.Select(row => row[0]));
            }

            (await folder.RunAsync("verify", "--ledger", "events.ledger", "--clean", "out")).Done();
        }
    }

    [Fact]
    public async Task Explain_tells_each_field_of_one_record_before_and_after_and_writes_nothing()
    {
        await using var folder = new TestFolder();
        folder.Write(
            "in.jsonl",
            """
            {"event_id":"a","event_type":"security","event_time":"2024-05-17T10:00:00Z","airport":"JFK","checkpoint":"A","wait_minutes":1}
            {"event_id":"b","event_type":"security","event_time":"2024-05-17T10:00:00Z","airport":"kjfk","checkpoint":"A","wait":"90 s"}

            """);

        var text = (await folder.RunAsync("clean", "in.jsonl", "--explain", "b")).Done().Output;
        var json = (await folder.RunAsync("clean", "in.jsonl", "--explain", "2", "--json")).Done().Json;

        Assert.Contains(
            """
            → row
            field         key         as it came              repairs              clean, or why not
            ────────────  ──────────  ──────────────────────  ───────────────────  ────────────────────
            event_id      event_id    "b"                                          b
            event_type    event_type  "security"                                   security
            event_time    event_time  "2024-05-17T10:00:00Z"                       2024-05-17T10:00:00Z
            airport       airport     "kjfk"                  code_alias, trimmed  JFK
            checkpoint    checkpoint  "A"                                          A
            wait_minutes  wait        "90 s"                  key_alias, unit      1.5
            """,
            text,
            StringComparison.Ordinal);
        var explained = Assert.Single(Assert.Single(json.GetProperty("records").EnumerateArray()).GetProperty("events").EnumerateArray());
        Assert.Equal("row", explained.GetProperty("outcome").GetString());
        Assert.Equal("kjfk", System.Text.Json.JsonDocument.Parse(explained.GetProperty("fields")[3].GetProperty("raw").GetString()!).RootElement.GetString());
        Assert.Equal(["in.jsonl"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_codec_that_the_machine_lacks_is_told_in_one_line()
    {
        var layout = new ParquetWriterOptions { Codec = ParquetCodec.Zstandard };

        Assert.Equal(
            "--codec zstd needs the library libzstd, which this machine lacks: install it (Debian: apt-get install libzstd1) or take another codec.",
            Assert.Throws<PipelineException>(() => LayoutOptions.Checked(layout, codec => codec != ParquetCodec.Zstandard)).Message);
    }

    [Fact]
    public async Task Ids_beyond_the_limit_are_remembered_on_disk_and_the_bytes_are_the_same()
    {
        await using var folder = new TestFolder();
        await SimulateAsync(folder, "events.jsonl", "5", "3000", "0.5");

        (await folder.RunAsync("clean", "events.jsonl", "--now", Now, "--out", "memory")).Done();
        (await folder.RunAsync("clean", "events.jsonl", "--now", Now, "--out", "disk", "--ids-in-memory", "100")).Done();

        Assert.Equal(Tree.Of(folder["memory"]), Tree.Of(folder["disk"]));
        Assert.True((await folder.RunAsync("clean", "events.jsonl", "--out", "disk", "--ids-in-memory", "0")) is { ExitCode: 2 });
    }

    [Fact]
    public async Task Killed_before_its_end_it_leaves_what_was_there_and_a_rerun_leaves_one_whole_result()
    {
        await using var folder = new TestFolder();
        await SimulateAsync(folder, "events.jsonl", "5", "3000", "0.5");
        string[] clean = ["clean", "-", "--now", Now, "--out", "out"];
        var lines = await File.ReadAllBytesAsync(folder["events.jsonl"], TestContext.Current.CancellationToken);
        await PipeAsync(lines);
        var before = Tree.Of(folder["out"]);

        var killed = folder.StartWithInput(clean);
        await killed.Input.WriteAsync(lines.AsMemory(0, lines.Length / 2), TestContext.Current.CancellationToken);
        await killed.Input.FlushAsync(TestContext.Current.CancellationToken);
        await TestFolder.UntilAsync(() => Directory.Exists(folder["out/.clean/new"]), killed);
        Assert.Equal(137, (await killed.KillAsync()).ExitCode);

        Assert.Equal(before, Tree.Of(folder["out"]).Where(line => !line.StartsWith(".clean", StringComparison.Ordinal)));
        await PipeAsync(lines);
        Assert.Equal(before, Tree.Of(folder["out"]));

        async Task PipeAsync(ReadOnlyMemory<byte> content)
        {
            var piped = folder.StartWithInput(clean);
            await piped.Input.WriteAsync(content, TestContext.Current.CancellationToken);
            piped.Input.Close();
            (await piped.WaitAsync()).Done();
        }
    }

    [Fact]
    public async Task What_differs_from_the_ledger_is_told_with_status_1_and_wrong_usage_with_status_2()
    {
        await using var folder = new TestFolder();
        await SimulateAsync(folder, "events.jsonl", "5", "500", "0.5");
        (await folder.RunAsync("clean", "events.jsonl", "--now", Now, "--out", "clean")).Done();
        var ledger = await File.ReadAllLinesAsync(folder["events.ledger"], TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(folder["events.ledger"], ledger.SkipLast(1), TestContext.Current.CancellationToken);

        var verified = await folder.RunAsync("verify", "--ledger", "events.ledger", "--clean", "clean", "--json");

        Assert.Equal(1, verified.ExitCode);
        Assert.Equal((false, 1), (verified.Json.GetProperty("agrees").GetBoolean(), verified.Json.GetProperty("difference_count").GetInt32()));
        Assert.Equal(2, (await folder.RunAsync("clean", "events.jsonl")).ExitCode);
        Assert.Equal("none.jsonl is not there; name a file, a glob or - for standard input.", (await folder.RunAsync("clean", "none.jsonl", "--out", "x")).Failed());
    }

    private static async Task SimulateAsync(TestFolder folder, string file, string seed, string events, string mess) => (await folder.RunAsync(
        "simulate", "--events", events, "--mess", mess, "--seed", seed, "--date", "2024-05-17", "--to", $"file:{file}", "--ledger", Path.ChangeExtension(file, ".ledger"))).Done();
}
