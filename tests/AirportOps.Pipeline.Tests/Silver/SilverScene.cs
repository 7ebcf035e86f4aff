using System.Text;
using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Verification;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Tests.Silver;

/// <summary>A stream with events and a lake to clean them into.</summary>
internal sealed class SilverScene : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal SilverScene()
    {
        Stream = LocalStream.Open(Path.Combine(_folder.Path, "events"), new LocalStreamOptions { ShardCount = 2 }, TimeProvider.System);
        Lake = FileLake.Open(Path.Combine(_folder.Path, "lake"), TimeProvider.System);
    }

    internal LocalStream Stream { get; }

    internal ILake Lake { get; }

    internal static SilverOptions Windows(int records) =>
        new(new WindowLimits(TimeSpan.FromHours(1), records, 1 << 20), TimeSpan.FromHours(24));

    /// <summary>A clean security reading.</summary>
    internal static string Reading(int n, string time = "2026-03-01T14:05:00Z") =>
        $$"""{"event_id":"s{{n}}","event_type":"security","event_time":"{{time}}","airport":"JFK","checkpoint":"CP-{{n % 3}}","wait_minutes":{{n}}.5}""";

    internal async Task SendAsync(params IEnumerable<string> events)
    {
        await using var writer = await Stream.OpenWriterAsync(Token);
        await writer.WriteAsync(
            [.. events.Select((data, n) => new OutgoingRecord($"key {n % 5}", Encoding.UTF8.GetBytes(data)))],
            Token);
    }

    internal Task CleanAsync(SilverOptions options, ILake? lake = null, StageProgress? progress = null, Drain? drain = null) =>
        new SilverStage(Stream, lake ?? Lake, ReferenceTables.Default, options, progress ?? new StageProgress("silver"), TimeProvider.System)
            .RunAsync(drain ?? Drain.Now(), Token);

    /// <summary>Every row that a manifest names, in one form, sorted: what Silver holds whatever the windows.</summary>
    internal async Task<IReadOnlyList<string>> RowsAsync(ILake? lake = null)
    {
        lake ??= Lake;
        var rows = new List<string>();
        var canonical = new CanonicalRow();
        await foreach (var window in new WindowStore(lake).ReadAllAsync(Token))
        {
            foreach (var file in window.Files)
            {
                using var reader = await SilverFileReader.OpenAsync(lake, file, Token);
                var source = new SilverRows(reader, 0, EntityNames.Find(file.Entity)!.Value);
                while (source.Read(canonical))
                {
                    rows.Add(canonical.Text);
                }
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    internal async Task<IReadOnlyList<WindowManifest>> ManifestsAsync()
    {
        var manifests = new List<WindowManifest>();
        await foreach (var window in new WindowStore(Lake).ReadAllAsync(Token))
        {
            manifests.Add(window);
        }

        return manifests;
    }

    /// <summary>Keys of the objects in the lake that no manifest names.</summary>
    internal async Task<IReadOnlyList<string>> OrphansAsync()
    {
        var named = (await ManifestsAsync()).SelectMany(window => window.Files.Select(file => file.Key)
            .Concat(window.Quarantine.Select(file => file.Key))
            .Concat(window.Ids is null ? [] : [window.Ids.Key])
            .Append(window.Id.ManifestKey)).ToHashSet(StringComparer.Ordinal);
        var orphans = new List<string>();
        await foreach (var found in Lake.ListAsync(string.Empty, null, Token))
        {
            if (!named.Contains(found.Key) && !found.Key.StartsWith(ShardNotes.Prefix, StringComparison.Ordinal))
            {
                orphans.Add(found.Key);
            }
        }

        return orphans;
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        _folder.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
