using System.Globalization;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Tests.Loading;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>The rule of <c>ops.shard_reach</c>, decision 0020.</summary>
public sealed class CompletenessTests(ClusterFixture cluster) : IDisposable
{
    private readonly SilverLake _lake = new();
    private readonly Dictionary<string, long> _ordinals = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_silent_shard_comes_as_far_as_the_others_had_when_it_was_last_known_to_be_silent()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await LoadAsync(gold, ("a", "12:00:00", "12:00:01"), ("b", "10:00:00", "10:00:01"));
        Assert.Equal("10:00:00", await CompleteAsync(gold));

        await NoteAsync(gold, "b", "12:00:02");
        Assert.Equal("12:00:00", await CompleteAsync(gold));

        // Known to be silent up to 12:00:02 only: what else may have come is not known.
        await LoadAsync(gold, ("a", "13:00:00", "13:00:01"));
        Assert.Equal("12:00:00", await CompleteAsync(gold));

        await NoteAsync(gold, "b", "13:00:02");
        Assert.Equal("13:00:00", await CompleteAsync(gold));
        Assert.Equal(["12:00:00"], await BuiltAsync(gold));
    }

    [Fact]
    public async Task Between_two_notes_a_silent_shard_moves_on_with_each_build()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await LoadAsync(gold, ("a", "12:00:00", "12:00:01"), ("b", "10:00:00", "10:00:01"));
        for (var minute = 1; minute < 5; minute++)
        {
            await NoteAsync(gold, "b", $"12:0{minute}:00");
            await LoadAsync(gold, ("a", $"12:0{minute}:30", $"12:0{minute}:31"));

            // A window's worth behind: what a read before the note.
            Assert.Equal(minute == 1 ? "12:00:00" : $"12:0{minute - 1}:30", await CompleteAsync(gold));
        }
    }

    [Fact]
    public async Task A_shard_that_is_behind_is_not_silent()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await LoadAsync(gold, ("a", "12:00:00", "12:00:01"), ("b", "10:00:00", "10:00:01"));

        // A note of the shard's second window, which is not loaded yet, tells nothing of the first.
        await NoteAsync(gold, "b", "12:00:02", ordinal: 2);
        Assert.Equal("10:00:00", await CompleteAsync(gold));

        await LoadAsync(gold, ("b", "11:00:00", "11:00:01"));
        Assert.Equal("12:00:00", await CompleteAsync(gold));
    }

    [Fact]
    public async Task An_older_note_that_comes_late_takes_nothing_back()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await LoadAsync(gold, ("a", "12:00:00", "12:00:01"), ("b", "10:00:00", "10:00:01"));

        await NoteAsync(gold, "b", "12:00:02");
        await NoteAsync(gold, "b", "11:00:00");

        Assert.Equal("12:00:00", await CompleteAsync(gold));
    }

    [Fact]
    public async Task After_a_split_the_parent_holds_until_both_children_are_in_and_then_no_longer()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await LoadAsync(gold, ("a", "12:30:00", "12:30:01"), ("p", "12:00:00", "12:00:01"));
        await EndAsync(gold, "p", "12:00:05", "c1", "c2");
        Assert.Equal("12:00:00", await CompleteAsync(gold));

        // One child, with late rows: neither on, as the other child is unknown, nor back.
        await LoadAsync(gold, ("c1", "11:58:00", "12:00:10"));
        Assert.Equal("12:00:00", await CompleteAsync(gold));

        await NoteAsync(gold, "c2", "12:00:11");
        Assert.Equal("12:00:00", await CompleteAsync(gold));

        await LoadAsync(gold, ("c1", "12:20:00", "12:20:01"), ("c2", "12:10:00", "12:20:02"));
        Assert.Equal("12:10:00", await CompleteAsync(gold));
        await LoadAsync(gold, ("c2", "12:40:00", "12:40:01"), ("c1", "12:41:00", "12:41:01"));
        Assert.Equal("12:30:00", await CompleteAsync(gold));
        Assert.Equal(["p"], await gold.Database.RowsAsync("SELECT shard FROM ops.shard_reach WHERE is_left_out"));
    }

    [Fact]
    public async Task After_a_merge_the_child_goes_on_where_the_slower_parent_ended()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await LoadAsync(gold, ("p1", "12:00:00", "12:00:01"), ("p2", "12:10:00", "12:10:01"));
        await EndAsync(gold, "p1", "12:10:05", "c");
        await EndAsync(gold, "p2", "12:10:05", "c");
        Assert.Equal("12:00:00", await CompleteAsync(gold));

        await LoadAsync(gold, ("c", "12:05:00", "12:11:00"));
        Assert.Equal("12:05:00", await CompleteAsync(gold));
        await LoadAsync(gold, ("c", "12:20:00", "12:20:01"));
        Assert.Equal("12:20:00", await CompleteAsync(gold));
    }

    [Fact]
    public async Task A_shard_that_ended_without_a_record_is_left_out_with_its_children_in()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await LoadAsync(gold, ("a", "12:00:00", "12:00:01"));
        await EndAsync(gold, "p", "12:00:05", "c1", "c2");
        await NoteAsync(gold, "c1", "12:00:09");
        Assert.Equal("12:00:00", await CompleteAsync(gold));

        await LoadAsync(gold, ("c2", "12:01:00", "12:01:01"), ("a", "12:02:00", "12:02:01"));
        await NoteAsync(gold, "c1", "12:02:09");
        Assert.Equal("12:01:00", await CompleteAsync(gold));
        Assert.Equal(["p"], await gold.Database.RowsAsync("SELECT shard FROM ops.shard_reach WHERE is_left_out"));
    }

    [Fact]
    public async Task A_clock_that_is_23_hours_ahead_moves_nothing_beyond_its_arrival()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);

        // As a version that took the greatest event_time wrote it.
        await LoadAsync(gold, ("a", "23:00:00", "12:00:01"));
        Assert.Equal("12:00:01", await CompleteAsync(gold));

        await LoadAsync(gold, ("a", "12:05:00", "12:05:01"));
        Assert.Equal("12:05:00", await CompleteAsync(gold));
    }

    [Fact]
    public async Task With_all_shards_silent_a_stream_is_complete_up_to_the_newest_event_and_stays_so()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await LoadAsync(gold, ("a", "12:00:00", "12:00:01"), ("b", "11:00:00", "11:00:01"), ("c", "11:30:00", "11:30:01"));
        foreach (var time in (string[])["12:00:30", "14:00:00", "20:00:00"])
        {
            foreach (var shard in (string[])["a", "b", "c"])
            {
                await NoteAsync(gold, shard, time);
            }

            Assert.Equal("12:00:00", await CompleteAsync(gold));
        }
    }

    [Fact]
    public async Task A_recording_of_years_ago_is_complete_up_to_its_own_time()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await LoadAsync(gold, ("a", "2015-01-01 20:00:00", "12:00:01"), ("b", "2015-01-01 18:00:00", "12:00:01"));
        Assert.Equal("2015-01-01 18:00:00", await CompleteAsync(gold));

        await NoteAsync(gold, "a", "12:01:00");
        await NoteAsync(gold, "b", "12:01:00");
        Assert.Equal("2015-01-01 20:00:00", await CompleteAsync(gold));
    }

    /// <summary>Loads a window of each shard and builds. Times are of one day, or with their date.</summary>
    private async Task LoadAsync(GoldFixture gold, params (string Shard, string Watermark, string Arrived)[] windows)
    {
        foreach (var (shard, watermark, arrived) in windows)
        {
            var window = await _lake.WindowAsync(shard, Cleaning.Entity.FlightEvent) with
            {
                Watermark = Time(watermark), FirstArrived = Time(arrived), LastArrived = Time(arrived),
            };
            _ordinals[shard] = window.Ordinal;
            await new PostgresStagingStore(gold.Database, NullLogger.Instance).LoadAsync([window], _lake.Lake, Token);
        }

        await gold.BuildAsync();
    }

    private Task NoteAsync(GoldFixture gold, string shard, string through, long? ordinal = null) => TakeAsync(gold, new ShardNote
    {
        Stream = SilverLake.Stream, Shard = shard, Ordinal = ordinal ?? _ordinals.GetValueOrDefault(shard), EmptyThrough = Time(through),
    });

    private Task EndAsync(GoldFixture gold, string shard, string through, params string[] children) => TakeAsync(gold, new ShardNote
    {
        Stream = SilverLake.Stream, Shard = shard, Ordinal = _ordinals.GetValueOrDefault(shard), EmptyThrough = Time(through), IsEnded = true, Children = children,
    });

    private static Task TakeAsync(GoldFixture gold, ShardNote note) =>
        new PostgresStagingStore(gold.Database, NullLogger.Instance).TakeNotesAsync([note], Token);

    private static async Task<string> CompleteAsync(GoldFixture gold) =>
        Assert.Single(await gold.Database.RowsAsync("SELECT MAX(complete_until) FROM ops.completeness")).Replace("2026-03-01 ", "", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> BuiltAsync(GoldFixture gold) =>
        [.. (await gold.Database.RowsAsync("SELECT complete_until FROM ops.gold_build ORDER BY build_number DESC LIMIT 1"))
            .Select(row => row.Replace("2026-03-01 ", "", StringComparison.Ordinal))];

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(
        text.Contains(' ', StringComparison.Ordinal) ? text : $"2026-03-01 {text}", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
