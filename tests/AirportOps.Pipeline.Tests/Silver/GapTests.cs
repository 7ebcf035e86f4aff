using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using AirportOps.Lake;
using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Tests.Bronze;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Tests.Silver;

/// <summary>A stage that was down for longer than the stream keeps its records.</summary>
public sealed class GapTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FileLake _lake;
    private readonly MemoryEventStream _stream = new MemoryEventStream($"gaps-{Guid.NewGuid():N}") { Retention = TimeSpan.FromHours(24) }.AddShard("a");

    public GapTests() => _lake = FileLake.Open(_folder.Path, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Silver_stops_with_one_line_that_says_what_is_gone_and_commits_nothing_behind_it()
    {
        await MissAsync(read: 3, lost: 6, there: 9);

        var heard = 0L;
        using var listener = Listen(value => heard += value);
        var stopped = await Assert.ThrowsAsync<PipelineException>(() => CleanAsync());

        Assert.Equal(
            $"Shard a of stream {_stream.Name}: the stream no longer has the records up to 6 after 3, the last that silver has; the first available is 7, "
            + "which arrived 4 min after all had been read (2026-03-01T12:03:00Z to 2026-03-01T12:07:00Z). Bronze does not have all of them. "
            + "To go on behind the gap, and have it recorded, start 'silver' with --accept-gap.",
            stopped.Message);
        Assert.Equal(Fault.Operator, stopped.Fault);
        Assert.Equal(1, heard);
        Assert.Single(await WindowsAsync());
    }

    [Fact]
    public async Task Accepted_the_gap_is_in_the_manifest_behind_it_once_and_found_no_more()
    {
        await MissAsync(read: 3, lost: 6, there: 9);

        await CleanAsync(acceptGap: true);
        Append(10, 11);
        await CleanAsync();

        var windows = await WindowsAsync();
        Assert.Equal([1, 2, 3], windows.Select(window => window.Ordinal));
        Assert.Equal([null, new WindowGap("3", "6", "7", Start.AddMinutes(3), Start.AddMinutes(7), IsCertain: true), null], windows.Select(window => window.Gap));
        Assert.Equal(8, windows.Sum(window => window.Ledger.Rows));
    }

    [Fact]
    public async Task What_Bronze_has_is_cleaned_from_there_and_nothing_is_lost()
    {
        Append(1, 3);
        await CleanAsync();
        Append(4, 6);
        await ArchiveAsync();
        _stream.Trim("a", 6);
        Append(7, 9);

        await CleanAsync();

        var windows = await WindowsAsync();
        Assert.Equal(9, windows.Sum(window => window.Ledger.Rows));
        Assert.All(windows, window => Assert.Null(window.Gap));
        Assert.Equal(["3", "9"], windows.Select(window => window.LastSequence));
    }

    [Fact]
    public async Task What_Bronze_has_only_a_part_of_is_a_gap_behind_that_part()
    {
        Append(1, 3);
        await CleanAsync();
        Append(4, 5);
        await ArchiveAsync();
        Append(6, 6);
        _stream.Trim("a", 6);
        Append(7, 9);

        await Assert.ThrowsAsync<PipelineException>(() => CleanAsync());
        await CleanAsync(acceptGap: true);

        var windows = await WindowsAsync();
        Assert.Equal(8, windows.Sum(window => window.Ledger.Rows));
        Assert.Equal([null, null, "5"], windows.Select(window => window.Gap?.After));
    }

    [Fact]
    public async Task Bronze_stops_too_and_accepted_records_the_gap_beside_its_objects()
    {
        Append(1, 3);
        await ArchiveAsync();
        Append(4, 6);
        _stream.Trim("a", 6);
        Append(7, 9);

        var stopped = await Assert.ThrowsAsync<PipelineException>(() => ArchiveAsync());
        await ArchiveAsync(acceptGap: true);
        await ArchiveAsync();

        Assert.StartsWith(
            $"Shard a of stream {_stream.Name}: the stream no longer has the records up to 6 after 3, the last that bronze has; ", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(
            [$"bronze/{_stream.Name}/date=2026-03-01/hour=12/a-1-3.jsonl.gz", $"bronze/{_stream.Name}/date=2026-03-01/hour=12/a-3-7.gap.json", $"bronze/{_stream.Name}/date=2026-03-01/hour=12/a-7-9.jsonl.gz"],
            await KeysAsync($"bronze/{_stream.Name}/"));
    }

    [Fact]
    public async Task A_gap_of_Bronze_itself_is_no_fill()
    {
        Append(1, 3);
        await CleanAsync();
        await ArchiveAsync();
        Append(4, 6);
        _stream.Trim("a", 6);
        Append(7, 9);
        await ArchiveAsync(acceptGap: true);
        _stream.Trim("a", 9);
        Append(10, 12);

        await Assert.ThrowsAsync<PipelineException>(() => CleanAsync());
        Assert.Single(await WindowsAsync());
        await CleanAsync(acceptGap: true);

        var windows = await WindowsAsync();
        Assert.Equal(9, windows.Sum(window => window.Ledger.Rows));
        Assert.Equal("3", windows[1].Gap?.After);
    }

    [Fact]
    public async Task An_archiver_that_was_down_for_longer_than_its_stream_keeps_anything_still_finds_its_place()
    {
        Append(1, 3);
        await ArchiveAsync();
        _stream.Trim("a", 3);
        _stream.Append("a", "4", Start.AddDays(3), "k", Reading(4));

        await ArchiveAsync();

        Assert.Equal([1, 4], await FirstsAsync());
    }

    /// <summary>Reads some, loses some and has some that are there.</summary>
    private async Task MissAsync(int read, int lost, int there)
    {
        Append(1, read);
        await CleanAsync();
        Append(read + 1, lost);
        _stream.Trim("a", lost);
        Append(lost + 1, there);
    }

    /// <summary>A record a minute.</summary>
    private void Append(int from, int to)
    {
        for (var number = from; number <= to; number++)
        {
            _stream.Append("a", number.ToString(CultureInfo.InvariantCulture), Start.AddMinutes(number), "k", Reading(number));
        }
    }

    private static byte[] Reading(int number) => Encoding.UTF8.GetBytes(SilverScene.Reading(number, "2026-03-01T11:59:00Z"));

    private Task CleanAsync(bool acceptGap = false) => new SilverStage(
            _stream, _lake, ReferenceTables.Default, SilverScene.Windows(100) with { AcceptGap = acceptGap }, new StageProgress("silver"), new ManualClock(Start.AddMinutes(3)))
        .RunAsync(Drain.Now(), Token).WaitAsync(TimeSpan.FromSeconds(60), Token);

    private Task ArchiveAsync(bool acceptGap = false) => new BronzeArchiver(_lake, BronzeLimits.Default, new ManualClock(Start.AddMinutes(30))) { AcceptGap = acceptGap }
        .RunAsync(_stream, Drain.Now(), new StageProgress("bronze"), Token).WaitAsync(TimeSpan.FromSeconds(60), Token);

    private async Task<IReadOnlyList<WindowManifest>> WindowsAsync()
    {
        var windows = new List<WindowManifest>();
        await foreach (var window in new WindowStore(_lake).ReadAllAsync(_stream.Name, "a", Token))
        {
            windows.Add(window);
        }

        return windows;
    }

    private async Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        await foreach (var found in _lake.ListAsync(prefix, null, Token))
        {
            keys.Add(found.Key);
        }

        return keys;
    }

    private async Task<IEnumerable<int>> FirstsAsync() => (await KeysAsync($"bronze/{_stream.Name}/"))
        .Select(key => int.Parse(key.Split('/')[^1].Split('-')[1], CultureInfo.InvariantCulture));

    private MeterListener Listen(Action<long> hear)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == PipelineMetrics.MeterName && instrument.Name == "airportops.gaps")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new("stream", _stream.Name)))
            {
                hear(value);
            }
        });
        listener.Start();
        return listener;
    }
}
