using System.Text.Json;
using AirportOps.Cli.Health;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

public sealed class HealthTests
{
    private static readonly DateTimeOffset Now = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Fact]
    public void A_process_that_writes_and_whose_stages_move_is_healthy() => Assert.Null(File(written: 5, bronze: 599, load: 0).Fault(Now, TenMinutes));

    [Theory]
    [InlineData(61, 61, 61, "run (process 7) has said nothing for 61 s: it hangs, or was killed")]
    [InlineData(5, 10, 601, "run: the stage load has not moved for 601 s")]
    [InlineData(5, 700, 650, "run: the stage bronze has not moved for 700 s")]
    public void A_process_that_hangs_and_a_stage_that_does_not_move_are_told(int written, int bronze, int load, string fault) =>
        Assert.Equal(fault, File(written, bronze, load).Fault(Now, TenMinutes));

    [Fact]
    public void A_stage_that_has_ended_may_be_silent()
    {
        var file = File(written: 5, bronze: 10_000, load: 0);

        Assert.Null((file with { Stages = [file.Stages[0] with { IsDone = true }, file.Stages[1]] }).Fault(Now, TenMinutes));
    }

    [Fact]
    public void A_shorter_limit_holds_for_the_process_too() => Assert.NotNull(File(written: 5, bronze: 1, load: 1).Fault(Now, TimeSpan.FromSeconds(4)));

    [Fact]
    public async Task A_service_says_that_it_lives_until_it_ends()
    {
        await using var folder = new TestFolder();
        var settings = Settings(folder);
        var running = folder.Start(settings, "run", "--window-seconds", "0.2");
        await TestFolder.UntilAsync(() => System.IO.File.Exists(folder["lives/health.json"]), running);

        var alive = (await folder.RunAsync(settings, "health", "--json")).Done().Json;
        await running.SignalAsync("TERM");
        (await running.WaitAsync()).Done();
        var gone = (await folder.RunAsync(settings, "health")).Failed();

        Assert.Equal("run", alive.GetProperty("verb").GetString());
        Assert.All(["bronze", "silver", "load", "gold"], stage => Assert.True(alive.TryGetProperty(stage, out _), stage));
        Assert.Equal($"no service says in {folder["lives/health.json"]} that it lives: none runs, or it can't write there", gone);
        await folder.UntilIdleAsync();
    }

    [Fact]
    public async Task A_service_that_is_frozen_is_not_healthy()
    {
        await using var folder = new TestFolder();
        var settings = Settings(folder);
        var running = folder.Start(settings, "bronze");
        await TestFolder.UntilAsync(() => System.IO.File.Exists(folder["lives/health.json"]), running);
        (await folder.RunAsync(settings, "health")).Done();

        await running.SignalAsync("STOP");
        var frozen = await folder.RunAsync(settings, "health", "--within", "0.001", "--json");
        await running.SignalAsync("CONT");

        Assert.Equal((1, false), (frozen.ExitCode, frozen.Json.GetProperty("healthy").GetBoolean()));
        Assert.Contains("has said nothing for", frozen.Json.GetProperty("fault").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_that_runs_beside_a_service_does_not_speak_for_it()
    {
        await using var folder = new TestFolder();
        var settings = Settings(folder);
        var running = folder.Start(settings, "bronze");
        await TestFolder.UntilAsync(() => System.IO.File.Exists(folder["lives/health.json"]), running);

        (await folder.RunAsync(settings, "simulate", "--events", "10", "--to", "file:some.jsonl")).Done();

        Assert.Equal("bronze", (await folder.RunAsync(settings, "health", "--json")).Done().Json.GetProperty("verb").GetString());
    }

    [Fact]
    public async Task Where_nothing_can_be_written_the_service_says_so_once_and_goes_on()
    {
        await using var folder = new TestFolder();
        folder.Write("file", string.Empty);
        var settings = new Dictionary<string, string> { ["AIRPORTOPS_HEALTH__FILE"] = folder["file/health.json"] };

        var done = (await folder.RunAsync(settings, "simulate", "--events", "10", "--to", "file:some.jsonl")).Done();

        Assert.Single(done.ErrorLines, line => line.StartsWith("airportops: health is not written to", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_written_and_health_says_what_is_missing()
    {
        await using var folder = new TestFolder();

        (await folder.RunAsync("bronze", "--once")).Done();
        var asked = await folder.RunAsync("health");

        Assert.Equal(
            new Outcome(2, "", "airportops: the setting Health:File is missing; give it (AIRPORTOPS_HEALTH__FILE) to the service and to health alike\n"), asked);
        Assert.Equal([".airportops"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    public async Task A_file_of_something_else_is_told(string content)
    {
        await using var folder = new TestFolder();
        var path = folder.Write("other.json", content);

        var said = (await folder.RunAsync(new Dictionary<string, string> { ["AIRPORTOPS_HEALTH__FILE"] = path }, "health")).Failed();

        Assert.StartsWith($"{path} is no health file: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var path = Path.GetTempFileName();
        var file = File(written: 5, bronze: 10, load: 20);
        file.Write(path);

        var read = HealthFile.TryRead(path)!;
        System.IO.File.Delete(path);

        Assert.Equal(file with { Stages = [] }, read with { Stages = [] }, (one, other) => JsonSerializer.Serialize(one) == JsonSerializer.Serialize(other));
        Assert.Equal(file.Stages, read.Stages);
    }

    private static HealthFile File(int written, int bronze, int load) =>
        new("run", 7, Now.AddHours(-1), Ago(written), [new StageBeat("bronze", Ago(bronze), 0.5, 3, false), new StageBeat("load", Ago(load), 0, 2, false)]);

    private static DateTimeOffset Ago(int seconds) => Now.AddSeconds(-seconds);

    private static Dictionary<string, string> Settings(TestFolder folder) => new() { ["AIRPORTOPS_HEALTH__FILE"] = folder["lives/health.json"] };
}
