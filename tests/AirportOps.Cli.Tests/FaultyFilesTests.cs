using System.Diagnostics;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

/// <summary><c>clean</c> over files as users have them, and over damaged ones.</summary>
public sealed class FaultyFilesTests
{
    private static string Fault(string name) => Path.Combine(AppContext.BaseDirectory, "Faults", name);

    [Fact]
    public async Task A_damaged_later_gzip_member_fails_with_the_record_and_the_place()
    {
        await using var folder = new TestFolder();
        var file = Fault("gzip_member_damaged.jsonl.gz");

        var failure = (await folder.RunAsync("clean", file, "--out", "clean")).Failed();

        Assert.Equal(
            $"{file} is damaged: after record 1000 it can't be decompressed: gzip member 2 should begin at byte 5771 with 1F 8B, found 1E 8B. Fetch it again.", failure);
        Assert.Empty(Directory.EnumerateFiles(folder["clean"], "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("utf16.jsonl")]
    [InlineData("two_events.zip")]
    public async Task UTF_16_and_a_zip_of_one_file_are_read(string file)
    {
        await using var folder = new TestFolder();

        var result = (await folder.RunAsync("clean", Fault(file), "--out", "clean", "--now", "2026-03-02", "--json")).Done().Json;

        Assert.Equal((2, 2), (result.GetProperty("rows").GetInt32(), result.GetProperty("events").GetInt32()));
    }

    [Fact]
    public async Task A_zip_through_a_pipe_is_said_to_need_a_file()
    {
        await using var folder = new TestFolder();
        await using var program = folder.StartWithInput("clean", "-", "--out", "clean");
        await program.Input.WriteAsync(await File.ReadAllBytesAsync(Fault("two_events.zip"), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        program.Input.Close();

        Assert.Equal(
            "standard input is a zip, whose list of files is at its end. Save it as a file and name that, or unzip it first (unzip -p).",
            (await program.WaitAsync()).Failed());
    }

    [Fact]
    public async Task A_named_pipe_is_read_like_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such pipes.");
        await using var folder = new TestFolder();
        using (var made = Process.Start("mkfifo", folder["pipe"]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var program = folder.Start("clean", "pipe", "--out", "clean", "--now", "2026-03-02", "--json");
        await File.WriteAllBytesAsync(
            folder["pipe"], await File.ReadAllBytesAsync(Fault("utf16.jsonl"), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Equal(2, (await program.WaitAsync()).Done().Json.GetProperty("rows").GetInt32());
    }
}
