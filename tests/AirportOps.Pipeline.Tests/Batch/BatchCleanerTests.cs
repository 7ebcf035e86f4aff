using System.Text;
using System.Text.Json.Nodes;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Seen;
using AirportOps.Lake;
using AirportOps.Parquet;
using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Tests.Bronze;
using AirportOps.Pipeline.Tests.Silver;
using AirportOps.Pipeline.Verification;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;

namespace AirportOps.Pipeline.Tests.Batch;

public sealed class BatchCleanerTests : IDisposable
{
    private const int Seed = 20260301;

    private static readonly IReadOnlyList<string> Messy = MessyRecords.Make(600, Seed);

    private readonly BatchScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 50)]
    [InlineData(4, 300)]
    [InlineData(7, 5_000)]
    [InlineData(2, 1 << 20)]
    public async Task Rows_and_refusals_are_those_of_cleaning_record_after_record(int workers, int chunkBytes)
    {
        var (rows, refusals, ledger) = CleanOneByOne("in.jsonl", Messy);

        var manifest = await _scene.CleanAsync([_scene.Write("in.jsonl", Messy)], new BatchLimits { Workers = workers, ChunkBytes = chunkBytes });

        Assert.Equal(rows, BatchScene.Rows(_scene.Out));
        Assert.Equal(refusals, BatchScene.Quarantine(_scene.Out));
        Assert.True(manifest.Ledger.Balances);
        Assert.Equal(ledger.Repairs, manifest.Ledger.Repairs);
        Assert.Equal(ledger.RefusedByReason, manifest.Ledger.Refused);
        Assert.Equal((ledger.Records, ledger.Rows, ledger.Duplicates), (manifest.Ledger.Records, manifest.Ledger.Rows, manifest.Ledger.Duplicates));
        Assert.Equal(Iso8601.ToTime(ledger.WatermarkMicros!.Value), manifest.Watermark);
        Assert.True(ledger.Duplicates > 20 && manifest.Ledger.Refused["conflicting_duplicate"] > 20, "the records are not messy enough");
    }

    [Fact]
    public async Task Any_number_of_cores_gives_the_same_bytes()
    {
        var input = _scene.Write("in.jsonl", Messy);
        await _scene.CleanAsync([input], SmallRowGroups(1));
        var expected = BatchScene.Contents(_scene.Out);

        foreach (var workers in new[] { 2, 4, 7 })
        {
            await _scene.CleanAsync([input], SmallRowGroups(workers));

            Assert.Equal(expected, BatchScene.Contents(_scene.Out));
        }
    }

    [Fact]
    public async Task An_entity_and_day_is_one_file_of_row_groups_cut_by_bytes()
    {
        var manifest = await _scene.CleanAsync([_scene.Write("in.jsonl", Messy)], SmallRowGroups(2));

        Assert.Equal(9, manifest.Files.Count);
        Assert.Equal(9, manifest.Files.DistinctBy(file => (file.Entity, file.EventDate)).Count());
        Assert.All(manifest.Files, file =>
        {
            using var reader = new ParquetReader(File.ReadAllBytes(Path.Combine(_scene.Out, file.Key)));
            Assert.Equal((file.Rows, file.Bytes), (reader.RowCount, new FileInfo(Path.Combine(_scene.Out, file.Key)).Length));
            Assert.True(reader.RowGroups.Count > 1, $"{file.Key} has one row group");
        });
    }

    [Fact]
    public async Task Rows_of_all_days_together_stay_below_the_limit_by_cutting_the_largest()
    {
        var limits = new BatchLimits { Workers = 2, ChunkBytes = 500, BufferedBytes = 100_000 };

        var manifest = await _scene.CleanAsync([_scene.Write("in.jsonl", Messy)], limits);

        Assert.Equal(9, manifest.Files.Count);
        Assert.Equal(CleanOneByOne("in.jsonl", Messy).Rows, BatchScene.Rows(_scene.Out));
        Assert.Contains(manifest.Files, file =>
        {
            using var reader = new ParquetReader(File.ReadAllBytes(Path.Combine(_scene.Out, file.Key)));
            return reader.RowGroups.Count > 1;
        });
    }

    [Fact]
    public async Task A_file_that_outgrows_its_limit_is_followed_by_another()
    {
        var manifest = await _scene.CleanAsync(
            [_scene.Write("in.jsonl", Messy)], new BatchLimits { Workers = 2, ChunkBytes = 500, RowGroupBytes = 10_000, FileBytes = 5_000 });

        Assert.Contains(manifest.Files, file => file.Key.EndsWith("/part-00002.parquet", StringComparison.Ordinal));
        Assert.Equal(CleanOneByOne("in.jsonl", Messy).Rows, BatchScene.Rows(_scene.Out));
    }

    [Fact]
    public async Task Equal_ids_in_several_files_leave_the_row_of_the_first_one_given()
    {
        var first = _scene.Write("b.jsonl", [SilverScene.Reading(1), SilverScene.Reading(2)]);
        var second = _scene.Write("a.jsonl", [SilverScene.Reading(3), SilverScene.Reading(2), SilverScene.Reading(1, "2026-03-02T00:00:00Z")]);

        var manifest = await _scene.CleanAsync([first, second], new BatchLimits { Workers = 3, ChunkBytes = 10 });

        Assert.Equal(["b.jsonl 1", "b.jsonl 2", "a.jsonl 1"], BatchScene.Rows(_scene.Out).Select(row => string.Join(' ', row.Split(' ')[^2..])));
        Assert.Equal(1, manifest.Ledger.Duplicates);
        Assert.Equal("conflicting_duplicate", Assert.Single(manifest.Ledger.Refused).Key);
        Assert.Equal([new CleanedInput("b.jsonl", 2, BatchScene.Now), new CleanedInput("a.jsonl", 3, BatchScene.Now)], manifest.Inputs);
    }

    [Fact]
    public async Task Compressed_or_from_a_pipe_the_rows_are_the_same()
    {
        var lines = MessyRecords.Lines(Messy);
        await _scene.CleanAsync([_scene.Write("in.jsonl", lines)]);
        var expected = BatchScene.Rows(_scene.Out);
        var two = BatchScene.Gzip(lines[..10_000]).Concat(BatchScene.Gzip(lines[10_000..])).ToArray();

        await _scene.CleanAsync([_scene.Write("in.jsonl.gz", BatchScene.Gzip(lines))], output: _scene.PathOf("gz"));
        await _scene.CleanAsync([_scene.Write("two.jsonl.gz", two)], output: _scene.PathOf("two"));
        await _scene.CleanAsync(["-"], output: _scene.PathOf("pipe"), standardInput: lines);
        await _scene.CleanAsync(["-"], output: _scene.PathOf("gzpipe"), standardInput: BatchScene.Gzip(lines));

        Assert.Equal(Renamed("in.jsonl.gz"), BatchScene.Rows(_scene.PathOf("gz")));
        Assert.Equal(Renamed("two.jsonl.gz"), BatchScene.Rows(_scene.PathOf("two")));
        Assert.Equal(Renamed("-"), BatchScene.Rows(_scene.PathOf("pipe")));
        Assert.Equal(Renamed("-"), BatchScene.Rows(_scene.PathOf("gzpipe")));

        IEnumerable<string> Renamed(string name) => expected.Select(row => row.Replace(" in.jsonl ", $" {name} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Empty_lines_are_no_records_and_a_last_line_needs_no_end()
    {
        var content = $"\n\r\n{SilverScene.Reading(1)}\r\n\n{SilverScene.Reading(2)}\n \nnot json\r\n{SilverScene.Reading(3)}";

        var manifest = await _scene.CleanAsync([_scene.Write("in.jsonl", Encoding.UTF8.GetBytes(content))], new BatchLimits { Workers = 2, ChunkBytes = 3 });

        Assert.Equal(["1", "2", "5"], BatchScene.Rows(_scene.Out).Select(row => row.Split(' ')[^1]));
        Assert.Equal((5, 5, 3), (manifest.Ledger.Records, manifest.Ledger.Events, manifest.Ledger.Rows));
        Assert.Contains("\"raw\":\"not json\"", BatchScene.Quarantine(_scene.Out)[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public async Task Of_a_line_over_the_limit_the_start_is_kept_and_the_lines_around_it_are_as_ever(string lineEnd)
    {
        const int kept = 2_000_000;
        var large = $"{{\"event_id\":\"{new string('x', 3_000_000)}\"}}";
        var content = Encoding.UTF8.GetBytes($"{Messy[0]}\n{large}\n{Messy[1]}\n{large}{lineEnd}");
        var limits = new BatchLimits { Workers = 2, ChunkBytes = 700, LineBytes = kept };
        var results = new List<IReadOnlyList<string>>();
        foreach (var (file, input) in new[] { (_scene.Write("in", content), (byte[]?)null), ("-", content) })
        {
            var manifest = await _scene.CleanAsync([file], limits, force: true, standardInput: input);

            Assert.Equal((4, 2), (manifest.Ledger.Records, manifest.Ledger.Refused["too_large"]));
            var large1 = BatchScene.Quarantine(_scene.Out).Select(line => JsonNode.Parse(line)!).Where(line => (string)line["reason"]! == "too_large").ToArray();
            Assert.Equal(["2", "4"], large1.Select(line => (string)line["sequence"]!));
            Assert.All(large1, line => Assert.Equal(large[..kept], (string)line["raw"]!));
            Assert.All(large1, line => Assert.Equal(
                $"{large.Length} bytes; at most 1048576 are taken, and of this record the first {kept} are kept", (string)line["detail"]!));
            results.Add([.. BatchScene.Rows(_scene.Out).Select(row => row.Replace(" - ", " in ", StringComparison.Ordinal))]);
        }

        Assert.Equal(results[0], results[1]);
    }

    [Fact]
    public async Task Cancelled_while_standard_input_is_idle_it_ends_at_once_and_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        using var reading = new SemaphoreSlim(0);
        await using var idle = new IdleStream(() => reading.Release());
        var cleaner = new BatchCleaner(ReferenceTables.Default, new StageProgress("clean")) { StandardInput = () => idle };
        var running = cleaner.RunAsync(new BatchRequest(BatchInputs.Find(["-"], BatchScene.Now, TimeProvider.System), false, _scene.Out, false), stop.Token);
        await reading.WaitAsync(TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(BatchScene.Contents(_scene.Out));
    }

    [Fact]
    public async Task No_records_make_a_result_without_files()
    {
        var manifest = await _scene.CleanAsync([_scene.Write("in.jsonl", Array.Empty<byte>()), _scene.Write("e.jsonl.gz", BatchScene.Gzip([]))]);

        Assert.Empty(manifest.Files);
        Assert.Equal(["_clean.json"], BatchScene.Contents(_scene.Out).Select(file => file.Split(' ')[0]));
    }

    [Fact]
    public async Task Bronze_objects_give_the_rows_of_the_stream_and_copies_of_records_count_once()
    {
        var stream = new MemoryEventStream("s").AddShard("a");
        for (var i = 0; i < Messy.Count; i++)
        {
            stream.Append("a", $"{i + 1}", RawZone.Noon.AddDays(2).AddMicroseconds(i), "k", Encoding.UTF8.GetBytes(Messy[i]));
        }

        var lake = FileLake.Open(_scene.PathOf("lake"), TimeProvider.System);
        var token = TestContext.Current.CancellationToken;
        await RawZone.ArchiveAllAsync(stream, lake, RawZone.Small, token);
        await RawZone.ArchiveAllAsync(stream, lake, RawZone.Small with { Records = 64 }, token);
        await new SilverStage(stream, lake, ReferenceTables.Default, SilverScene.Windows(100_000), new StageProgress("silver"), TimeProvider.System)
            .RunAsync(Drain.Now(), token);

        var bronze = _scene.PathOf("lake/bronze/**/*.jsonl.gz");
        var manifest = await _scene.CleanAsync([bronze], new BatchLimits { Workers = 3, ChunkBytes = 700 }, areBronze: true);
        var first = BatchScene.Contents(_scene.Out);
        await _scene.CleanAsync([bronze], new BatchLimits { Workers = 2, ChunkBytes = 700 }, areBronze: true);

        Assert.Equal(await SilverRowsAsync(lake), BatchScene.Rows(_scene.Out).Order(StringComparer.Ordinal));
        Assert.Equal(600, manifest.Ledger.Records);
        Assert.Equal(first, BatchScene.Contents(_scene.Out));
    }

    [Fact]
    public async Task Input_that_is_not_what_it_seems_is_told_in_one_line_and_leaves_nothing()
    {
        var whole = BatchScene.Gzip(MessyRecords.Lines(Messy));
        var cases = new (string Name, byte[] Content, bool IsBronze, string Expected)[]
        {
            ("plain.jsonl.gz", MessyRecords.Lines(Messy), false, "is not compressed, as its name says"),
            ("cut.jsonl.gz", whole[..^20], false, "is damaged: after record"),
            ("lines.jsonl", MessyRecords.Lines(Messy), true, "is damaged: line 1 is no Bronze record"),
        };
        foreach (var (name, content, isBronze, expected) in cases)
        {
            var failure = await Assert.ThrowsAsync<PipelineException>(() => _scene.CleanAsync([_scene.Write(name, content)], areBronze: isBronze));

            Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
            Assert.Contains(name, failure.Message, StringComparison.Ordinal);
            Assert.Empty(BatchScene.Contents(_scene.Out));
        }
    }

    [Fact]
    public async Task Files_of_equal_names_are_told_apart_by_as_many_folders_as_it_takes()
    {
        string[] files =
        [
            _scene.Write("a/x/events.jsonl", Messy.Take(1)), _scene.Write("b/x/events.jsonl", Messy.Skip(1).Take(1)), _scene.Write("b/y/events.jsonl", Messy.Skip(2).Take(1)),
            _scene.Write("b/y/others.jsonl", Messy.Skip(3).Take(1)),
        ];

        var manifest = await _scene.CleanAsync(files);
        await _scene.CleanAsync(files);
        var others = await Assert.ThrowsAsync<PipelineException>(() => _scene.CleanAsync([files[0], files[1], files[1].Replace("/x/", "/z/", StringComparison.Ordinal), files[3]]));

        string[] expected = ["a/x/events.jsonl", "b/x/events.jsonl", "b/y/events.jsonl", "others.jsonl"];
        Assert.Equal(expected, manifest.Inputs.Select(input => input.Name));
        Assert.All(
            BatchScene.Rows(_scene.Out).Concat(BatchScene.Quarantine(_scene.Out)), line => Assert.Contains(expected, shard => line.Contains(shard, StringComparison.Ordinal)));
        Assert.NotNull(others);
    }

    [Fact]
    public async Task A_gigabyte_of_zeroes_is_one_record_read_in_bounded_memory()
    {
        const int blocks = 1024;
        using var compressed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Messy[0] + "\n"));
            var zeroes = new byte[1 << 20];
            for (var i = 0; i < blocks; i++)
            {
                gzip.Write(zeroes);
            }

            gzip.Write(Encoding.UTF8.GetBytes("\n" + Messy[1] + "\n"));
        }

        var file = _scene.Write("bomb.jsonl.gz", compressed.ToArray());
        var before = GC.GetTotalAllocatedBytes();

        var manifest = await _scene.CleanAsync([file]);

        Assert.Equal((3, 1), (manifest.Ledger.Records, manifest.Ledger.Refused["too_large"]));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 400L << 20);
    }

    [Fact]
    public async Task Passing_over_a_long_record_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        var cleaner = new BatchCleaner(ReferenceTables.Default, new StageProgress("clean"))
        {
            Limits = new BatchLimits { Workers = 1 },
            StandardInput = () => new EndlessZeroes(stopAt: 64 << 20, stop),
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cleaner.RunAsync(
            new BatchRequest(BatchInputs.Find(["-"], BatchScene.Now, TimeProvider.System), false, _scene.Out, false), stop.Token));
    }

    /// <summary>A line that never ends, and somebody who loses patience.</summary>
    private sealed class EndlessZeroes(long stopAt, CancellationTokenSource stop) : InputStream
    {
        private long _given;

        public override int Read(Span<byte> buffer)
        {
            buffer.Clear();
            _given += buffer.Length;
            if (_given > stopAt)
            {
                stop.Cancel();
            }

            return buffer.Length;
        }
    }

    private static BatchLimits SmallRowGroups(int workers) => new() { Workers = workers, ChunkBytes = 1_000, RowGroupBytes = 20_000 };

    /// <summary>The plain way: one cleaner, one record after the other, ids asked for at once.</summary>
    private static (IReadOnlyList<string> Rows, IReadOnlyList<string> Refusals, CleanBatch Batch) CleanOneByOne(string shard, IReadOnlyList<string> records)
    {
        var cleaner = new EventCleaner(new CodeTables(ReferenceTables.Default), new CleanerOptions());
        var seen = new SeenEvents(null);
        var batch = new CleanBatch();
        for (var i = 0; i < records.Count; i++)
        {
            var origin = new RecordOrigin(Encoding.UTF8.GetBytes(shard), Encoding.UTF8.GetBytes($"{i + 1}"), Iso8601.ToMicros(BatchScene.Now));
            cleaner.Clean(Encoding.UTF8.GetBytes(records[i]), origin, seen, batch);
        }

        using var files = new SilverFileWriter();
        var rows = new List<string>();
        foreach (var set in batch.RowSets.OrderBy(set => set.Entity).ThenBy(set => set.EventDate))
        {
            var content = new MemoryStream();
            files.Write(set, content);
            using var reader = new ParquetReader(content.ToArray());
            var source = new SilverRows(reader, 0, set.Entity);
            var canonical = new CanonicalRow();
            var sequence = reader.ReadColumn(0, reader.Schema.IndexOf("sequence"));
            for (var row = 0; source.Read(canonical); row++)
            {
                rows.Add(BatchScene.Describe(set.Entity.Name(), set.EventDate, canonical.Text, Encoding.UTF8.GetBytes(shard), sequence.Utf8Value(row)));
            }
        }

        using var lines = new MemoryStream();
        using var json = new System.Text.Json.Utf8JsonWriter(lines, QuarantineFormat.WriterOptions);
        foreach (var refusal in batch.Refusals)
        {
            QuarantineFormat.WriteLine(refusal, lines, json);
        }

        return (rows, Encoding.UTF8.GetString(lines.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries), batch);
    }

    private static async Task<IReadOnlyList<string>> SilverRowsAsync(FileLake lake)
    {
        var rows = new List<string>();
        await foreach (var window in new WindowStore(lake).ReadAllAsync(TestContext.Current.CancellationToken))
        {
            foreach (var file in window.Files)
            {
                using var reader = await SilverFileReader.OpenAsync(lake, file, TestContext.Current.CancellationToken);
                var source = new SilverRows(reader, 0, EntityNames.Find(file.Entity)!.Value);
                var canonical = new CanonicalRow();
                var shard = reader.ReadColumn(0, reader.Schema.IndexOf("shard"));
                var sequence = reader.ReadColumn(0, reader.Schema.IndexOf("sequence"));
                for (var row = 0; source.Read(canonical); row++)
                {
                    rows.Add(BatchScene.Describe(file.Entity, file.EventDate, canonical.Text, shard.Utf8Value(row), sequence.Utf8Value(row)));
                }
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
