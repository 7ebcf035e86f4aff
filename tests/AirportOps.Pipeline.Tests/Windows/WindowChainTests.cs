using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Tests.Windows;

/// <summary>A shard's windows are one chain; what is missing or changed in it is said by name.</summary>
public sealed class WindowChainTests : IDisposable
{
    private const int Windows = 37;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();
    private readonly ILake _lake;
    private readonly List<string> _strays = [];
    private readonly WindowStore _store;

    public WindowChainTests()
    {
        _lake = FileLake.Open(_folder.Path, TimeProvider.System);
        _store = new WindowStore(_lake) { StrayFound = _strays.Add };
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_manifest_hides_no_newer_one_and_is_named()
    {
        await CommitAsync(Windows);
        for (var missing = 1; missing < Windows; missing++)
        {
            var window = Window(missing);
            var content = await _lake.GetAsync(window.ManifestKey, Token);
            await _lake.DeleteAsync(window.ManifestKey, Token);

            Assert.Equal(Windows, (await _store.NewestAsync("events", "s-0", Token))?.Ordinal);
            var read = new List<long>();
            var named = await Assert.ThrowsAsync<PipelineException>(() => ReadAsync(read));
            Assert.Equal(Enumerable.Range(1, missing - 1).Select(ordinal => (long)ordinal), read);
            Assert.StartsWith($"The window manifest {window.ManifestKey} is missing in the lake {_lake.Location}, although window", named.Message, StringComparison.Ordinal);

            await _lake.PutAsync(window.ManifestKey, content, PutMode.IfAbsent, Token);
        }

        Assert.Equal(Windows, (await ReadAsync([])).Count);
    }

    [Fact]
    public async Task Any_flipped_bit_of_a_manifest_is_noticed()
    {
        await CommitAsync(1);
        var content = await _lake.GetAsync(Window(1).ManifestKey, Token);
        for (var bit = 0; bit < content.Length * 8; bit++)
        {
            content[bit / 8] ^= (byte)(1 << (bit % 8));
            await _lake.PutAsync(Window(1).ManifestKey, content, PutMode.Overwrite, Token);

            var noticed = await Assert.ThrowsAsync<PipelineException>(() => _store.TryReadAsync(Window(1), Token));
            Assert.Contains(Window(1).ManifestKey, noticed.Message, StringComparison.Ordinal);

            content[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public async Task A_manifest_in_anothers_place_is_noticed()
    {
        await CommitAsync(2);
        await _lake.PutAsync(Window(2).ManifestKey, await _lake.GetAsync(Window(1).ManifestKey, Token), PutMode.Overwrite, Token);

        var noticed = await Assert.ThrowsAsync<PipelineException>(() => _store.TryReadAsync(Window(2), Token));

        Assert.Contains($"{Window(2).ManifestKey} is that of window events/s-0/000000000001", noticed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_that_does_not_go_on_where_the_one_before_ends_is_noticed()
    {
        await CommitAsync(1);
        await _store.TryCommitAsync(Manifests.Of(Window(2), rows: 1) with { LastSequenceBefore = "9" }, Token);

        var noticed = await Assert.ThrowsAsync<PipelineException>(() => ReadAsync([]));

        Assert.Contains("000000000002.json goes on after sequence 9, but the window before it, events/s-0/000000000001, ends at 10", noticed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_of_layout_1_are_read_and_a_later_window_links_to_them()
    {
        const string Old = """
            {"version":1,"stream":"events","shard":"s-0","ordinal":1,"first_sequence":"1","last_sequence":"10","first_arrived":"2026-03-01T12:00:00+00:00","last_arrived":"2026-03-01T12:00:01+00:00","late_rows":0,"max_lateness_seconds":0,"ledger":{"records":1,"events":1,"rows":1,"duplicates":0,"refused":{},"repairs":{}},"files":[{"entity":"flight_event","event_date":"2026-03-01","key":"silver/x.parquet","rows":1,"bytes":10,"columns":[]}],"quarantine":[],"rules":"1","reference":"r"}
            """;
        await _lake.PutAsync(Window(1).ManifestKey, System.Text.Encoding.UTF8.GetBytes(Old.Trim()), PutMode.IfAbsent, Token);
        await _store.TryCommitAsync(Manifests.Of(Window(2), rows: 1), Token);

        var windows = await ReadAsync([]);

        Assert.Equal([1, 2], windows.Select(window => window.Version));
        Assert.Equal(Window(1), windows[0].Id);
        Assert.Null(windows[0].Files[0].Sha256);
        Assert.Equal(64, windows[0].Sha256!.Length);
    }

    [Fact]
    public async Task Strays_of_any_name_and_depth_are_named_once_and_passed_over()
    {
        await CommitAsync(5);
        string[] strays =
        [
            "a", "zz.json", "events/a", "events/000000000001.json", "events/zz", "events/s-0/0", "events/s-0/000000000003.json.bak", "events/s-0/0000000000099.json",
            "events/s-0/notes/deep/x.txt", "events/s-0/000000000000.json", "other/only/strays.txt", "events/s-9/x.json", "events/s-0/g1/000000000009.json",
        ];
        foreach (var stray in strays)
        {
            await _lake.PutAsync(WindowStore.Prefix + stray, "x"u8.ToArray(), PutMode.IfAbsent, Token);
        }

        Assert.Equal(["events"], await _store.ListStreamsAsync(Token));
        Assert.Equal(["s-0"], await _store.ListShardsAsync("events", Token));
        Assert.Equal(5, (await _store.NewestAsync("events", "s-0", Token))?.Ordinal);
        Assert.Equal(5, (await ReadAsync([])).Count);
        await _store.WarnOfStraysAsync(Token);
        await _store.WarnOfStraysAsync(Token);

        Assert.Equal(strays.Select(stray => WindowStore.Prefix + stray).Order(StringComparer.Ordinal), _strays.Order(StringComparer.Ordinal));
    }

    private static WindowId Window(long ordinal) => new("events", "s-0", ordinal);

    private async Task CommitAsync(int windows)
    {
        for (var ordinal = 1; ordinal <= windows; ordinal++)
        {
            Assert.True(await _store.TryCommitAsync(Manifests.Of(Window(ordinal), rows: 1), Token));
        }
    }

    private async Task<List<WindowManifest>> ReadAsync(List<long> read)
    {
        var windows = new List<WindowManifest>();
        await foreach (var window in _store.ReadAllAsync("events", "s-0", Token))
        {
            windows.Add(window);
            read.Add(window.Ordinal);
        }

        return windows;
    }
}
