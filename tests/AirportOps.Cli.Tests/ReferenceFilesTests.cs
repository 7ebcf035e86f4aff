using System.Text;
using AirportOps.Cli.Tests.Support;
using AirportOps.Streams;

namespace AirportOps.Cli.Tests;

/// <summary>Files of airports and airlines of one's own.</summary>
public sealed class ReferenceFilesTests
{
    private const string AirportsSetting = "AIRPORTOPS_REFERENCE__AIRPORTS";

    [Fact]
    public async Task An_event_refused_for_an_unknown_airport_is_a_row_once_the_tables_have_it_and_it_is_replayed()
    {
        await using var folder = new TestFolder();
        await AppendAsync(
            folder,
            """{"event_id":"1","event_type":"security","event_time":"2026-03-01 08:00","airport":"Q0Q","checkpoint":"A","wait_minutes":4}""");
        var refused = (await folder.RunAsync("silver", "--once", "--no-load", "--json")).Done().Json.GetProperty("silver");
        Assert.Equal((0, 1), (refused.GetProperty("rows").GetInt32(), refused.GetProperty("refused").GetInt32()));

        folder.Write("airports.csv", "iata,name,time_zone\nQ0Q,Quay Field,Europe/Berlin\n");
        var settings = new Dictionary<string, string> { [AirportsSetting] = folder["airports.csv"] };
        var replayed = (await folder.RunAsync(settings, "quarantine", "replay", "--json")).Done().Json;

        Assert.Equal(1, replayed.GetProperty("clean").GetInt32());
        Assert.Equal(0, (await folder.RunAsync("quarantine", "list", "--json")).Done().Json.GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task A_file_that_is_wrong_ends_the_verb_with_its_line()
    {
        await using var folder = new TestFolder();
        folder.Write("airports.csv", "iata,name,time_zone\nQ0Q,Quay Field,Berlin\n");
        folder.Write("events.jsonl", "{}\n");

        var ended = await folder.RunAsync(
            new Dictionary<string, string> { [AirportsSetting] = folder["airports.csv"] }, "clean", "events.jsonl", "--out", "cleaned");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("line 2: time_zone is 'Berlin', which is not an IANA zone", ended.Error, StringComparison.Ordinal);
    }

    private static async Task AppendAsync(TestFolder folder, string record)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var stream = LocalStream.Open(folder[".airportops/stream/airport-events"], new LocalStreamOptions(), TimeProvider.System);
        await using var writer = await stream.OpenWriterAsync(cancellationToken);
        await writer.WriteAsync([new OutgoingRecord("Q0Q", Encoding.UTF8.GetBytes(record))], cancellationToken);
    }
}
