using System.Globalization;
using System.Text;
using System.Text.Json;
using AirportOps.Lake;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Tests.Bronze;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;

namespace AirportOps.Pipeline.Tests.Silver;

/// <summary>What completeness is reckoned from beside the windows: silence, ends, and watermarks that a wrong clock does not move.</summary>
public sealed class ShardNotesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileLake _lake;

    public ShardNotesTests() => _lake = FileLake.Open(_folder.Path, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_shard_read_to_its_tip_is_noted_as_silent_with_its_newest_window()
    {
        var stream = Stream().AddShard("a").AddShard("b");
        Append(stream, "a", 1);
        var before = TimeProvider.System.GetUtcNow();

        await CleanAsync(stream);

        foreach (var (shard, ordinal) in (ValueTuple<string, long>[])[("a", 1), ("b", 0)])
        {
            var note = await NoteAsync($"{shard}.json");
            Assert.Equal(ordinal, note!.Value.GetProperty("ordinal").GetInt64());
            Assert.False(note.Value.GetProperty("is_ended").GetBoolean());
            Assert.InRange(
                note.Value.GetProperty("empty_through").GetDateTimeOffset(), before - ShardSilence.Margin, TimeProvider.System.GetUtcNow() - ShardSilence.Margin);
        }
    }

    [Fact]
    public async Task The_last_window_of_a_shard_says_so_and_the_end_names_the_children()
    {
        var stream = Stream().AddShard("p").AddShard("c1", "p").AddShard("c2", "p");
        Append(stream, "p", 1, 2);
        stream.Close("p");

        await CleanAsync(stream);

        Assert.Equal([true], (await WindowsAsync("p")).Select(window => window.ShardEnded));
        await AssertEndAsync("p", 1, "c1", "c2");
    }

    [Fact]
    public async Task A_shard_that_ends_without_a_last_record_is_noted_as_ended_too()
    {
        var stream = Stream().AddShard("p").AddShard("q");
        Append(stream, "p", 1, 2);
        await CleanAsync(stream);
        stream.AddShard("c", "p", "q");
        stream.Close("p");
        stream.Close("q");

        await CleanAsync(stream);
        await CleanAsync(stream);

        Assert.Equal([false], (await WindowsAsync("p")).Select(window => window.ShardEnded));
        await AssertEndAsync("p", 1, "c");
        await AssertEndAsync("q", 0, "c");
    }

    [Fact]
    public async Task A_closed_shard_without_children_has_not_ended_as_the_stream_of_an_archive_goes_on()
    {
        var stream = Stream().AddShard("p");
        Append(stream, "p", 1);
        stream.Close("p");

        await CleanAsync(stream);

        Assert.Equal([false], (await WindowsAsync("p")).Select(window => window.ShardEnded));
        Assert.Null(await NoteAsync("p.end.json"));
        Assert.NotNull(await NoteAsync("p.json"));
    }

    [Fact]
    public async Task A_clock_23_hours_ahead_moves_no_watermark_and_makes_nothing_late()
    {
        var stream = Stream().AddShard("a");
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        for (var minute = 0; minute < 6; minute++)
        {
            // Each event arrives half a minute after it happened; that of the third minute comes with one of a wrong clock.
            stream.Append("a", $"{10 + (2 * minute)}", start.AddMinutes(minute), "k", Reading(minute, start.AddMinutes(minute - 0.5)));
            if (minute == 2)
            {
                stream.Append("a", $"{11 + (2 * minute)}", start.AddMinutes(minute), "k", Reading(100, start.AddMinutes(minute).AddHours(23)));
            }

            await CleanAsync(stream);
        }

        var windows = await WindowsAsync("a");
        Assert.Equal(Enumerable.Range(0, 6).Select(minute => (DateTimeOffset?)start.AddMinutes(minute - 0.5)), windows.Select(window => window.Watermark));
        Assert.All(windows, window => Assert.Equal(0, window.LateRows));
        Assert.Equal(7, windows.Sum(window => window.Ledger.Rows));
    }

    [Fact]
    public async Task A_shard_with_nothing_but_a_wrong_clock_has_come_as_far_as_its_arrivals()
    {
        var stream = Stream().AddShard("a");
        var arrived = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        stream.Append("a", "1", arrived, "k", Reading(1, arrived.AddHours(2)));

        await CleanAsync(stream);

        Assert.Equal(arrived, Assert.Single(await WindowsAsync("a")).Watermark);
    }

    [Fact]
    public void What_an_earlier_version_let_run_ahead_ends_at_the_last_arrival()
    {
        var window = Manifests.Of(new WindowId("events", "a", 2), rows: 1);

        Assert.Equal(window.LastArrived, (window with { Watermark = window.LastArrived.AddHours(23) }).WatermarkAfter);
        Assert.Equal(window.LastArrived, (window with { WatermarkBefore = window.LastArrived.AddHours(23) }).WatermarkAfter);
        Assert.Equal(window.Watermark, window.WatermarkAfter);
    }

    private static MemoryEventStream Stream() => new("events");

    private static void Append(MemoryEventStream stream, string shard, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            stream.Append(shard, number.ToString(CultureInfo.InvariantCulture), DateTimeOffset.UnixEpoch.AddYears(56), "k", Reading(number, DateTimeOffset.UnixEpoch.AddYears(55)));
        }
    }

    private static byte[] Reading(int number, DateTimeOffset time) => Encoding.UTF8.GetBytes(
        SilverScene.Reading(number, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));

    private Task CleanAsync(MemoryEventStream stream) =>
        new SilverStage(stream, _lake, ReferenceTables.Default, SilverScene.Windows(100), new StageProgress("silver"), TimeProvider.System)
            .RunAsync(Drain.Now(), Token).WaitAsync(TimeSpan.FromSeconds(60), Token);

    private async Task<IReadOnlyList<WindowManifest>> WindowsAsync(string shard)
    {
        var windows = new List<WindowManifest>();
        await foreach (var window in new WindowStore(_lake).ReadAllAsync("events", shard, Token))
        {
            windows.Add(window);
        }

        return windows;
    }

    private async Task AssertEndAsync(string shard, long ordinal, params string[] children)
    {
        var note = await NoteAsync($"{shard}.end.json");
        Assert.True(note!.Value.GetProperty("is_ended").GetBoolean());
        Assert.Equal(ordinal, note.Value.GetProperty("ordinal").GetInt64());
        Assert.Equal(children, note.Value.GetProperty("children").EnumerateArray().Select(child => child.GetString()));
    }

    private async Task<JsonElement?> NoteAsync(string name) =>
        await _lake.TryGetAsync($"silver/_shards/events/{name}", Token) is { } content ? JsonDocument.Parse(content).RootElement : null;
}
