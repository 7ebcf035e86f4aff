using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Tests.Windows;

public sealed class WindowStoreTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();
    private readonly ILake _lake;
    private readonly WindowStore _store;

    public WindowStoreTests()
    {
        _lake = FileLake.Open(_folder.Path, TimeProvider.System);
        _store = new WindowStore(_lake);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_manifest_is_read_back_as_it_was_committed()
    {
        var manifest = Manifests.Full(new WindowId("events", "shard-0", 1));

        Assert.True(await _store.TryCommitAsync(manifest, Token));

        var read = await _store.TryReadAsync(manifest.Id, Token);
        Assert.Equal(64, read!.Sha256!.Length);
        Assert.Equivalent(manifest with { Sha256 = read.Sha256 }, read, strict: true);
        Assert.Equal("silver/_windows/events/shard-0/000000000001.json", manifest.Id.ManifestKey);
        Assert.Equal("events/shard-0/000000000001", manifest.Id.BatchId);
    }

    [Fact]
    public async Task Of_many_who_commit_an_ordinal_exactly_one_succeeds()
    {
        var racers = Enumerable.Range(0, 16)
            .Select(n => _store.TryCommitAsync(Manifests.Of(new WindowId("events", "shard-0", 1), rows: n), Token));

        Assert.Single(await Task.WhenAll(racers), committed => committed);
    }

    [Fact]
    public async Task A_ledger_that_does_not_balance_is_never_committed()
    {
        var manifest = Manifests.Of(new WindowId("events", "shard-0", 1), rows: 3);
        var wrong = manifest with { Ledger = manifest.Ledger with { Events = 4 } };

        await Assert.ThrowsAsync<ArgumentException>(() => _store.TryCommitAsync(wrong, Token));

        Assert.Null(await _store.TryReadAsync(manifest.Id, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(37)]
    public async Task The_newest_window_is_found_whatever_their_number(int windows)
    {
        for (var ordinal = 1; ordinal <= windows; ordinal++)
        {
            await _store.TryCommitAsync(Manifests.Of(new WindowId("events", "shard-0", ordinal), rows: 1), Token);
        }

        Assert.Equal(windows == 0 ? null : windows, (await _store.NewestAsync("events", "shard-0", Token))?.Ordinal);
    }

    [Fact]
    public async Task Streams_and_shards_are_listed_once_each_even_when_one_name_starts_another()
    {
        WindowId[] windows = [new("a", "s-1", 1), new("a", "s-1", 2), new("a", "s-10", 1), new("a", "s-2", 1), new("a-b", "s-1", 1), new("b", "s", 1)];
        foreach (var window in windows)
        {
            await _store.TryCommitAsync(Manifests.Of(window, rows: 1), Token);
        }

        Assert.Equal(["a", "a-b", "b"], (await _store.ListStreamsAsync(Token)).Order(StringComparer.Ordinal));
        Assert.Equal(["s-1", "s-10", "s-2"], await _store.ListShardsAsync("a", Token));
        Assert.Equal(windows.Order(WindowOrder), (await AllAsync()).Order(WindowOrder));
    }

    [Fact]
    public async Task A_damaged_manifest_and_one_of_a_later_layout_say_what_to_do()
    {
        var window = new WindowId("events", "shard-0", 1);
        await _lake.PutAsync(window.ManifestKey, "{\"version\":"u8.ToArray(), PutMode.Overwrite, Token);
        var damaged = await Assert.ThrowsAsync<PipelineException>(() => _store.TryReadAsync(window, Token));
        Assert.Contains("silver/_windows/events/shard-0/000000000001.json is damaged", damaged.Message, StringComparison.Ordinal);

        await _store.TryCommitAsync(Manifests.Of(window with { Ordinal = 2 }, rows: 0) with { Version = 3 }, Token);
        var later = await Assert.ThrowsAsync<PipelineException>(() => _store.TryReadAsync(window with { Ordinal = 2 }, Token));
        Assert.Contains("has layout 3; this program knows up to 2", later.Message, StringComparison.Ordinal);
    }

    private static readonly Comparer<WindowId> WindowOrder =
        Comparer<WindowId>.Create((left, right) => string.CompareOrdinal(left.BatchId, right.BatchId));

    private async Task<List<WindowId>> AllAsync()
    {
        var all = new List<WindowId>();
        await foreach (var manifest in _store.ReadAllAsync(Token))
        {
            all.Add(manifest.Id);
        }

        return all;
    }
}
