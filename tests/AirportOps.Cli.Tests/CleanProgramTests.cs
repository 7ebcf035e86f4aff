using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

/// <summary>The program of <c>clean</c> alone, as <c>./airportops clean</c> starts it, here not compiled ahead of time.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CleanProgramTests
{
    private const string Program = "airportops-clean.dll";
    private static readonly Dictionary<string, string> NoSettings = [];

    // Both lie in a folder named after the configuration, below one named after the project.
    private static readonly string Built = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "AirportOps.Cli.Clean", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))));

    [Fact]
    public async Task Its_files_and_its_report_are_those_of_the_program_of_all_verbs()
    {
        await using var folder = new TestFolder();
        (await folder.RunAsync("simulate", "--events", "3000", "--mess", "0.7", "--seed", "3", "--date", "2024-05-17", "--to", "file:events.jsonl")).Done();
        string[] clean = ["clean", "events.jsonl", "--now", "2024-05-18", "--out"];

        var whole = (await folder.RunAsync([.. clean, "whole"])).Done();
        var own = (await folder.RunOtherAsync(Path.Combine(Built, Program), NoSettings, [.. clean, "own"])).Done();

        Assert.Equal(Tree.Of(folder["whole"]), Tree.Of(folder["own"]));
        Assert.Equal(Counts(whole), Counts(own));

        static IEnumerable<string> Counts(Outcome run) => run.Output.Split('\n')
            .Where(line => !line.Contains("second", StringComparison.Ordinal) && !line.StartsWith("out ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AIRPORTOPS_METRICS__EMF", "stderr", "events.jsonl")]
    [InlineData("AIRPORTOPS_ALERTS__TOPICARN", "arn:aws:sns:eu-west-1:123456789012:alerts", "events.jsonl")]
    [InlineData("AIRPORTOPS_DATA", "data", "s3://bucket/events of a day.jsonl")]
    public async Task What_needs_more_than_files_is_left_to_the_program_of_all_verbs_with_the_same_arguments(string name, string value, string input)
    {
        await using var folder = new TestFolder();
        folder.Write("events.jsonl", "{}\n");
        File.SetUnixFileMode(
            folder.Write("airportops", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var run = (await folder.RunOtherAsync(Copy(folder), new Dictionary<string, string> { [name] = value }, "clean", input, "--out", "result")).Done();

        Assert.Equal($"clean\n{input}\n--out\nresult\n", run.Output);
        Assert.Empty(run.Error);
        Assert.False(Directory.Exists(folder["result"]));
    }

    [Fact]
    public async Task Without_the_program_of_all_verbs_one_line_says_so()
    {
        await using var folder = new TestFolder();

        var line = (await folder.RunOtherAsync(Copy(folder), NoSettings, "clean", "s3://bucket/key", "--out", "result")).Failed();

        Assert.Equal(
            $"{folder["airportops"]}, the program of all verbs, can't be started: No such file or directory. Delete artifacts/airportops, then it is built anew.", line);
    }

    /// <summary>Many threads make the library's first call at once in each of them. Of the program as machine code docs/parquet.md says what was run.</summary>
    [Fact]
    public async Task Ten_starts_with_Zstandard_end_well_and_alike()
    {
        Assert.SkipUnless(Parquet.ParquetCodecs.IsAvailable(Parquet.ParquetCodec.Zstandard), "Zstandard is not on this machine.");
        await using var folder = new TestFolder();
        (await folder.RunAsync("simulate", "--events", "5000", "--mess", "0.3", "--seed", "5", "--date", "2024-05-17", "--to", "file:events.jsonl")).Done();
        var eightCores = new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "8" };
        for (var i = 0; i < 10; i++)
        {
            (await folder.RunOtherAsync(
                Path.Combine(Built, Program), eightCores, "clean", "events.jsonl", "--now", "2024-05-18", "--codec", "zstd", "--out", $"out{i}")).Done();
        }

        Assert.All(Enumerable.Range(1, 9), i => Assert.Equal(Tree.Of(folder["out0"]), Tree.Of(folder[$"out{i}"])));
    }

    /// <summary>The program in a folder below the one in which it looks for the other.</summary>
    private static string Copy(TestFolder folder)
    {
        var target = Directory.CreateDirectory(folder["clean"]);
        foreach (var file in Directory.EnumerateFiles(Built))
        {
            File.Copy(file, Path.Combine(target.FullName, Path.GetFileName(file)));
        }

        return Path.Combine(target.FullName, Program);
    }
}
