using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Tests.Silver;

namespace AirportOps.Pipeline.Tests.Batch;

public sealed class OutputFolderTests : IDisposable
{
    private readonly BatchScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Killed_at_any_step_there_is_no_result_or_a_whole_one_and_the_next_run_completes()
    {
        var input = _scene.Write("in.jsonl", MessyRecords.Make(40, seed: 1));
        await _scene.CleanAsync([input], output: _scene.PathOf("old"));
        var old = BatchScene.Contents(_scene.PathOf("old"));
        _scene.Write("in.jsonl", MessyRecords.Make(60, seed: 2));
        var steps = 0;
        await _scene.CleanAsync([input], output: _scene.PathOf("new"), beforeStep: () => steps++);
        var complete = BatchScene.Contents(_scene.PathOf("new"));
        Assert.True(steps > 30, $"only {steps} steps");

        // One step more than a fresh result takes: replacing removes what was there.
        for (var last = 0; last < steps + 3; last++)
        {
            foreach (var isReplacing in new[] { false, true })
            {
                var output = _scene.PathOf($"{last}-{isReplacing}");
                if (isReplacing)
                {
                    Copy(_scene.PathOf("old"), output);
                }

                await RunKilledAsync(input, output, last);

                if (File.Exists(Path.Combine(output, CleanManifest.FileName)))
                {
                    var found = BatchScene.Contents(output).Where(file => !file.StartsWith(".clean", StringComparison.Ordinal)).ToArray();
                    Assert.True(found.SequenceEqual(old) || found.SequenceEqual(complete), $"killed after {last} steps: a mixture");
                }

                await _scene.CleanAsync([input], output: output);
                Assert.Equal(complete, BatchScene.Contents(output));
            }
        }
    }

    [Fact]
    public async Task A_result_of_other_files_is_kept_unless_forced()
    {
        var march = _scene.Write("march.jsonl", [SilverScene.Reading(1)]);
        var april = _scene.Write("april.jsonl", [SilverScene.Reading(2), SilverScene.Reading(3)]);
        await _scene.CleanAsync([march]);
        var before = BatchScene.Contents(_scene.Out);

        var refused = await Assert.ThrowsAsync<PipelineException>(() => _scene.CleanAsync([april]));

        Assert.EndsWith("holds a complete result of other files; nothing was touched. Name another --out, or --force to replace it.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, BatchScene.Contents(_scene.Out));
        var manifest = await _scene.CleanAsync([april], force: true);
        Assert.Equal(2, manifest.Ledger.Rows);
        Assert.Equal("april.jsonl", Assert.Single(CleanedFolder.ReadManifest(_scene.Out).Inputs).Name);
    }

    [Fact]
    public async Task A_folder_with_a_silver_that_is_not_of_clean_is_left_alone()
    {
        var input = _scene.Write("in.jsonl", [SilverScene.Reading(1)]);
        _scene.Write("out/silver/flight_event/x.parquet", [1]);
        var before = BatchScene.Contents(_scene.Out);

        var refused = await Assert.ThrowsAsync<PipelineException>(() => _scene.CleanAsync([input], force: true));

        Assert.Contains("has a folder 'silver' that is not of a 'clean'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, BatchScene.Contents(_scene.Out));
    }

    [Fact]
    public async Task Two_runs_into_one_folder_at_once_are_told_apart()
    {
        var input = _scene.Write("in.jsonl", [SilverScene.Reading(1)]);
        PipelineException? second = null;
        await _scene.CleanAsync([input], beforeStep: () =>
        {
            if (second is null && File.Exists(Path.Combine(_scene.Out, ".clean", "lock")))
            {
                second = Assert.Throws<PipelineException>(() => OutputFolder.Open(_scene.Out, [], false, () => { }));
            }
        });

        Assert.StartsWith($"Another 'clean' is writing to {_scene.Out}.", second?.Message, StringComparison.Ordinal);
        Assert.Equal(1, CleanedFolder.ReadManifest(_scene.Out).Ledger.Rows);
    }

    [Fact]
    public async Task A_folder_that_can_not_be_made_is_told_in_one_line()
    {
        var input = _scene.Write("in.jsonl", [SilverScene.Reading(1)]);

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _scene.CleanAsync([input], output: Path.Combine(input, "below-a-file")));

        Assert.StartsWith($"The result can't be written to {Path.Combine(input, "below-a-file")}: ", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Runs until so many steps are done; then every further one fails, those that would clean up too, as for a process that is gone.</summary>
    private async Task RunKilledAsync(string input, string output, int lastStep)
    {
        var steps = 0;
        try
        {
            await _scene.CleanAsync([input], output: output, beforeStep: () =>
            {
                if (steps++ >= lastStep)
                {
                    throw new IOException("killed");
                }
            });
        }
        catch (PipelineException)
        {
            // The process is gone.
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }
}
