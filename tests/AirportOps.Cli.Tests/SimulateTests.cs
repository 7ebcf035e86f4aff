using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

public sealed class SimulateTests
{
    [Fact]
    public async Task The_same_seed_and_date_give_the_same_bytes_and_ledger()
    {
        await using var folder = new TestFolder();

        await SimulateAsync(folder, "first", "11");
        await SimulateAsync(folder, "second", "11");

        Assert.Equal(await ReadAsync(folder["first.jsonl"]), await ReadAsync(folder["second.jsonl"]));
        Assert.Equal(await ReadAsync(folder["first.ledger"]), await ReadAsync(folder["second.ledger"]));
    }

    [Fact]
    public async Task Another_seed_gives_other_bytes()
    {
        await using var folder = new TestFolder();

        await SimulateAsync(folder, "first", "11");
        await SimulateAsync(folder, "second", "12");

        Assert.NotEqual(await ReadAsync(folder["first.jsonl"]), await ReadAsync(folder["second.jsonl"]));
        Assert.NotEqual(await ReadAsync(folder["first.ledger"]), await ReadAsync(folder["second.ledger"]));
    }

    [Theory]
    [InlineData("--seed", "18446744073709551615")]
    [InlineData]
    public async Task Endless_traffic_has_no_event_twice_and_ends_with_0_when_it_is_stopped(params string[] seed)
    {
        await using var folder = new TestFolder();
        var running = folder.Start(["simulate", "--endless", "--events", "500", "--mess", "0", "--to", "file:sent.jsonl", "--json", .. seed]);
        await TestFolder.UntilAsync(() => File.Exists(folder["sent.jsonl"]) && new FileInfo(folder["sent.jsonl"]).Length > 1_000_000, running);

        await running.SignalAsync("TERM");
        var sent = (await running.WaitAsync()).Done().Json.GetProperty("events").GetInt32();

        var ids = (await File.ReadAllLinesAsync(folder["sent.jsonl"], TestContext.Current.CancellationToken))
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("event_id").GetString()).ToArray();
        Assert.True(sent > 500, $"{sent} events");
        Assert.Equal(sent, ids.Length);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task Records_go_to_standard_output_and_what_was_sent_to_standard_error()
    {
        await using var folder = new TestFolder();
        await SimulateAsync(folder, "file", "11");

        var outcome = (await folder.RunAsync([.. Simulate("11"), "--to", "-", "--json"])).Done();

        Assert.Equal(await File.ReadAllTextAsync(folder["file.jsonl"], TestContext.Current.CancellationToken), outcome.Output);
        Assert.Contains("\"events\": 2000", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_file_holds_the_same_records()
    {
        await using var folder = new TestFolder();
        await SimulateAsync(folder, "plain", "11");

        var result = (await folder.RunAsync([.. Simulate("11"), "--to", "file:packed.jsonl.gz", "--json"])).Done().Json;

        await using var packed = new System.IO.Compression.GZipStream(
            File.OpenRead(folder["packed.jsonl.gz"]), System.IO.Compression.CompressionMode.Decompress);
        using var text = new StreamReader(packed);
        var records = await text.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(folder["plain.jsonl"], TestContext.Current.CancellationToken), records);
        Assert.Equal(
            (records.Split('\n').Length - 1, 2000),
            (result.GetProperty("records").GetInt32(), result.GetProperty("events").GetInt32()));
    }

    private static string[] Simulate(string seed) => ["simulate", "--events", "2000", "--mess", "0.5", "--seed", seed, "--date", "2024-05-17"];

    private static async Task SimulateAsync(TestFolder folder, string name, string seed) =>
        (await folder.RunAsync([.. Simulate(seed), "--to", $"file:{name}.jsonl", "--ledger", $"{name}.ledger"])).Done();

    private static Task<byte[]> ReadAsync(string path) => File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
}
