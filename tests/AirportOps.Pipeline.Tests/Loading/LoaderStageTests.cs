using System.Diagnostics.Metrics;
using AirportOps.Lake;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Tests.Loading;

public sealed class LoaderStageTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();
    private readonly ILake _lake;
    private readonly WindowStore _windows;
    private readonly RecordingStaging _staging = new();

    public LoaderStageTests()
    {
        _lake = FileLake.Open(_folder.Path, TimeProvider.System);
        _windows = new WindowStore(_lake);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Windows_are_loaded_in_the_order_of_their_shard_each_once()
    {
        await CommitAsync("events", "s-0", 1, 40);
        await CommitAsync("events", "s-1", 1, 3);
        await CommitAsync("other", "s-0", 1, 1);

        var first = await RunAsync();
        await CommitAsync("events", "s-1", 4, 5);
        var second = await RunAsync();

        Assert.Equal(new LoadOutcome(44, 440, 0), first);
        Assert.Equal(new LoadOutcome(2, 20, 0), second);
        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), _staging.OrdinalsOf("events", "s-0"));
        Assert.Equal([1, 2, 3, 4, 5], _staging.OrdinalsOf("events", "s-1"));
        Assert.Equal([1], _staging.OrdinalsOf("other", "s-0"));
    }

    [Fact]
    public async Task A_shard_far_behind_does_not_hold_up_another()
    {
        await CommitAsync("events", "s-0", 1, 100);
        await CommitAsync("events", "s-1", 1, 1);

        await RunAsync();

        Assert.Contains(_staging.Transactions[0], window => window.Shard == "s-1");
    }

    [Fact]
    public async Task A_failed_load_is_repeated_by_the_next_run_and_loads_nothing_twice()
    {
        await CommitAsync("events", "s-0", 1, 70);
        _staging.FailOnTransaction = 2;

        await Assert.ThrowsAsync<PipelineException>(RunAsync);
        await RunAsync();

        Assert.Equal(Enumerable.Range(1, 70).Select(n => (long)n), _staging.OrdinalsOf("events", "s-0"));
    }

    [Fact]
    public async Task Loads_and_how_far_the_loader_stands_behind_are_measured()
    {
        var stream = $"measured-{Guid.NewGuid():N}";
        var heard = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == PipelineMetrics.MeterName)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value > 0 ? 1 : 0, tags));
        listener.Start();
        _staging.Loading = listener.RecordObservableInstruments;
        await CommitAsync(stream, "s-0", 1, 3);

        await RunAsync();

        Assert.Equal(["lag 1", "windows 3", "rows 30", "duplicates 0", "load.duration 1"], heard);

        void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            // Other tests measure at the same time, on streams of other names.
            if (tags.Length > 1 && tags[0].Value is "load" && (string?)tags[1].Value == stream)
            {
                heard.Add($"{instrument.Name["airportops.".Length..]} {value}");
            }
        }
    }

    [Fact]
    public async Task Notes_on_shards_are_taken_once_their_window_is_loaded()
    {
        var arrived = Manifests.Of(new WindowId("events", "s-0", 1), rows: 1).LastArrived;
        await CommitAsync("events", "s-0", 1, 2);
        await NoteAsync("s-0", 2, arrived.AddMinutes(1));
        await NoteAsync("s-1", 1, arrived.AddMinutes(1));

        await RunAsync();
        Assert.Equal(["s-0 2"], Taken());

        await CommitAsync("events", "s-1", 1, 1);
        await RunAsync();
        Assert.Contains("s-1 1", Taken());

        IEnumerable<string> Taken() => _staging.Notes.Select(note => $"{note.Shard} {note.Ordinal}").Distinct();
    }

    [Fact]
    public async Task A_note_that_tells_nothing_new_lets_the_warehouse_sleep()
    {
        var taker = new NoteTaker(ShardNotes.OfSilver(_lake), _staging, TimeSpan.Zero, TimeProvider.System);
        var arrived = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        taker.Loaded("events", arrived);
        foreach (var minute in (int[])[1, 2, 3])
        {
            await NoteAsync("s-0", 0, arrived.AddMinutes(minute));
            await TakeAsync();
        }

        // Silent beyond all that has arrived: to hear it again changes nothing, until something arrives.
        Assert.Equal([arrived.AddMinutes(1)], _staging.Notes.Select(note => note.EmptyThrough));
        taker.Loaded("events", arrived.AddMinutes(2));
        await TakeAsync();
        Assert.Equal([arrived.AddMinutes(1), arrived.AddMinutes(3)], _staging.Notes.Select(note => note.EmptyThrough));

        Task TakeAsync() => taker.TakeAsync("events", () => _staging.LoadedUpToAsync("events", Token), isLast: false, Token);
    }

    private async Task NoteAsync(string shard, long ordinal, DateTimeOffset through)
    {
        await ShardNotes.OfSilver(_lake).WriteAsync(new ShardNote { Stream = "events", Shard = shard, Ordinal = ordinal, EmptyThrough = through }, Token);

        // As if written then: a file system may keep the times of two writes close together as one.
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "silver", "_shards", "events", $"{shard}.json"), through.UtcDateTime);
    }

    [Fact]
    public async Task Another_window_of_the_name_that_was_loaded_stops_the_load_and_is_named()
    {
        await CommitAsync("events", "s-0", 1, 3);
        await RunAsync();
        await CommitAsync("events", "s-0", 4, 4);
        _staging.Journal = window => new LoadedWindow(1, window.Ordinal, $"{window.Ordinal * 10}", "of another lake");

        var named = await Assert.ThrowsAsync<PipelineException>(RunAsync);

        Assert.StartsWith(
            $"The warehouse has loaded window events/s-0/000000000003; the lake {_lake.Location} has another window of that name.", named.Message, StringComparison.Ordinal);
        Assert.Contains("'./airportops generation begin'", named.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], _staging.OrdinalsOf("events", "s-0"));
    }

    [Fact]
    public async Task A_journal_without_hashes_is_compared_by_sequence()
    {
        await CommitAsync("events", "s-0", 1, 4);
        await RunAsync();
        _staging.Journal = window => new LoadedWindow(1, window.Ordinal, $"{window.Ordinal * 10}", null);
        Assert.Equal(default, await RunAsync());
        _staging.Journal = window => new LoadedWindow(1, window.Ordinal, "41", null);

        await Assert.ThrowsAsync<PipelineException>(RunAsync);
    }

    [Fact]
    public async Task A_lake_behind_the_warehouse_goes_on_in_a_new_generation_alone()
    {
        await CommitAsync("events", "s-0", 1, 5);
        await RunAsync();
        foreach (var ordinal in (long[])[4, 5])
        {
            await _lake.DeleteAsync(new WindowId("events", "s-0", ordinal).ManifestKey, Token);
        }

        var named = await Assert.ThrowsAsync<PipelineException>(RunAsync);
        Assert.Contains("window events/s-0/000000000005; the lake", named.Message, StringComparison.Ordinal);

        var start = new GenerationStart(_lake, TimeProvider.System, new StageProgress("check"));
        var (generation, lost) = await start.BeginAsync(1, "restore", false, Token);
        Assert.Equal((2, 3L), (generation.Number, Assert.Single(generation.Shards).Ordinal));
        Assert.Empty(lost);
        await _windows.TryCommitAsync(Manifests.Of(new WindowId("events", "s-0", 4, 2), rows: 10), Token);

        Assert.Equal(1, (await RunAsync()).Batches);
        Assert.Equal(new WindowId("events", "s-0", 4, 2), _staging.Transactions[^1][^1]);
        Assert.Equal(default, await RunAsync());
    }

    private Task<LoadOutcome> RunAsync() =>
        new LoaderStage(_windows, _lake, _staging, TimeProvider.System).RunAsync(null, Drain.Now(), new StageProgress("load"), Token);

    private async Task CommitAsync(string stream, string shard, int first, int last)
    {
        for (var ordinal = first; ordinal <= last; ordinal++)
        {
            await _windows.TryCommitAsync(Manifests.Of(new WindowId(stream, shard, ordinal), rows: 10), Token);
        }
    }
}
