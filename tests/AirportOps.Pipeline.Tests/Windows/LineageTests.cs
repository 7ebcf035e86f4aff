using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Tests.Windows;

public sealed class LineageTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();
    private readonly ILake _lake;
    private readonly WindowStore _store;

    public LineageTests()
    {
        _lake = FileLake.Open(_folder.Path, TimeProvider.System);
        _store = new WindowStore(_lake);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Later_generations_carry_their_number_in_every_name()
    {
        var window = new WindowId("events", "s-0", 51, 2);

        Assert.Equal("events/s-0/g2/000000000051", window.BatchId);
        Assert.Equal("silver/_windows/events/s-0/g2/000000000051.json", window.ManifestKey);
        Assert.Equal(window, WindowKey.TryParse(window.ManifestKey));
    }

    [Fact]
    public async Task A_generation_goes_on_where_the_lake_stood_and_hides_what_earlier_ones_wrote_behind()
    {
        await CommitAsync(generation: 1, 1, 5);
        await BeginAsync(2, 1, ordinal: 3);
        await CommitAsync(generation: 2, 4, 6);
        await BeginAsync(7, 2, ordinal: 4);
        await CommitAsync(generation: 7, 5, 9);

        var lineage = await _store.RefreshLineageAsync(Token);
        var read = new List<WindowId>();
        await foreach (var window in _store.ReadAllAsync("events", "s-0", Token))
        {
            read.Add(window.Id);
        }

        Assert.Equal(
            [
                .. Enumerable.Range(1, 3).Select(n => new WindowId("events", "s-0", n)),
                new WindowId("events", "s-0", 4, 2),
                .. Enumerable.Range(5, 5).Select(n => new WindowId("events", "s-0", n, 7)),
            ],
            read);
        Assert.Equal(new WindowId("events", "s-0", 9, 7), (await _store.NewestAsync("events", "s-0", Token))?.Id);
        Assert.Equal(7, lineage.Live);
        Assert.Equal((3, 4, null), (lineage.LastOf(1, "events", "s-0"), lineage.LastOf(2, "events", "s-0"), lineage.LastOf(7, "events", "s-0")));
        Assert.Equal([true, false], new[] { 3, 4 }.Select(n => lineage.Has(new WindowId("events", "s-0", n))));

        // A shard that no restore knew starts in the live generation.
        Assert.Equal(new WindowId("events", "s-1", 1, 7), lineage.Window("events", "s-1", 1));
    }

    [Fact]
    public async Task A_missing_manifest_between_generations_is_named()
    {
        await CommitAsync(generation: 1, 1, 3);
        await BeginAsync(2, 1, ordinal: 3);
        await CommitAsync(generation: 2, 4, 6);
        await _lake.DeleteAsync(new WindowId("events", "s-0", 4, 2).ManifestKey, Token);

        var named = await Assert.ThrowsAsync<PipelineException>(async () =>
        {
            await foreach (var _ in _store.ReadAllAsync("events", "s-0", Token))
            {
            }
        });

        Assert.Contains("silver/_windows/events/s-0/g2/000000000004.json is missing", named.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task A_damaged_generation_is_named(string content)
    {
        await BeginAsync(2, 1, ordinal: 3);
        await _lake.PutAsync(Generation.KeyOf(2), System.Text.Encoding.UTF8.GetBytes(content), PutMode.Overwrite, Token);

        var named = await Assert.ThrowsAsync<PipelineException>(() => _store.RefreshLineageAsync(Token));

        Assert.Contains("silver/_generations/000002.json of the lake", named.Message, StringComparison.Ordinal);
        Assert.Contains("is damaged", named.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_generation_before_another_is_named()
    {
        await BeginAsync(2, 1, ordinal: 3);
        await BeginAsync(3, 2, ordinal: 3);
        await _lake.DeleteAsync(Generation.KeyOf(2), Token);

        var named = await Assert.ThrowsAsync<PipelineException>(() => _store.RefreshLineageAsync(Token));

        Assert.Contains("silver/_generations/000002.json of the lake", named.Message, StringComparison.Ordinal);
        Assert.Contains("is missing", named.Message, StringComparison.Ordinal);
    }

    private async Task BeginAsync(int number, int previous, long ordinal)
    {
        var generation = new Generation(number, previous, DateTimeOffset.UnixEpoch, "test", [new GenerationShard("events", "s-0", ordinal, null)]);
        Assert.True(await _lake.PutAsync(generation.Key, generation.Write(), PutMode.IfAbsent, Token));
    }

    private async Task CommitAsync(int generation, int first, int last)
    {
        for (var ordinal = first; ordinal <= last; ordinal++)
        {
            await _store.TryCommitAsync(Manifests.Of(new WindowId("events", "s-0", ordinal, generation), rows: 1), Token);
        }
    }
}
