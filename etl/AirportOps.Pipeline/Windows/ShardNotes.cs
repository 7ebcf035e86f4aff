using System.Text.Json;
using AirportOps.Lake;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Windows;

/// <summary>A stage's notes on the shards of a stream, <c>silver/_shards/STREAM/SHARD.json</c>. Safe for concurrent use.</summary>
public sealed class ShardNotes
{
    /// <summary>Where Silver's notes lie.</summary>
    public const string Prefix = $"silver/{Folder}/";

    internal const string Folder = "_shards";
    private const string Suffix = ".json";
    private const string EndSuffix = ".end.json";

    private readonly ILake _lake;
    private readonly string _root;

    private ShardNotes(ILake lake, string root) => (_lake, _root) = (lake, root);

    /// <summary>Silver's.</summary>
    public static ShardNotes OfSilver(ILake lake) => new(lake, Prefix);

    /// <summary>Bronze's.</summary>
    public static ShardNotes OfBronze(ILake lake) => new(lake, $"bronze/{Folder}/");

    /// <summary>Writes a note over the one before; that of an end only if there is none.</summary>
    public Task WriteAsync(ShardNote note, CancellationToken cancellationToken) => _lake.PutAsync(
        KeyOf(note.Stream, note.Shard, note.IsEnded),
        JsonSerializer.SerializeToUtf8Bytes(note, WindowJson.Default.ShardNote),
        note.IsEnded ? PutMode.IfAbsent : PutMode.Overwrite,
        cancellationToken);

    /// <summary>Up to which arrival Silver's note knows a shard to hold nothing beyond a window; null where none says so.</summary>
    /// <param name="newest">The newest window; a note of a later one, or of another generation, is of a lake that was put back.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal async Task<DateTimeOffset?> EmptyThroughAsync(WindowManifest newest, CancellationToken cancellationToken) =>
        await TryReadAsync(KeyOf(newest.Stream, newest.Shard, isEnd: false), cancellationToken).ConfigureAwait(false) is { } note
        && note.Ordinal <= newest.Ordinal && note.Generation == newest.Generation
            ? note.EmptyThrough
            : null;

    /// <summary>Up to which arrival Bronze's note knows all of a shard to be archived; null where none says so.</summary>
    internal async Task<DateTimeOffset?> ArchivedThroughAsync(string stream, string shard, CancellationToken cancellationToken) =>
        (await TryReadAsync(KeyOf(stream, shard, isEnd: false), cancellationToken).ConfigureAwait(false))?.EmptyThrough;

    /// <summary>Which notes there are on a stream's shards, without reading them.</summary>
    internal IAsyncEnumerable<LakeObject> ListAsync(string stream, CancellationToken cancellationToken) =>
        _lake.ListAsync($"{_root}{stream}/", startAfter: null, cancellationToken);

    /// <summary>A note by its key; null when there is none.</summary>
    /// <exception cref="PipelineException">It is damaged or of a later layout.</exception>
    internal async Task<ShardNote?> TryReadAsync(string key, CancellationToken cancellationToken)
    {
        if (await _lake.TryGetAsync(key, cancellationToken).ConfigureAwait(false) is not { } content)
        {
            return null;
        }

        try
        {
            var note = JsonSerializer.Deserialize(content, WindowJson.Default.ShardNote);
            return note is { Version: <= ShardNote.CurrentVersion }
                ? note
                : throw Unreadable(key, $"it has layout {note?.Version}, this program knows up to {ShardNote.CurrentVersion}. Use a newer one", null);
        }
        catch (JsonException damaged)
        {
            throw Unreadable(key, $"{damaged.Message} Delete it: 'silver' writes it anew", damaged);
        }
    }

    private string KeyOf(string stream, string shard, bool isEnd) => $"{_root}{stream}/{shard}{(isEnd ? EndSuffix : Suffix)}";

    private static PipelineException Unreadable(string key, string why, Exception? cause) => new($"The note {key} can't be read: {why}.", Fault.Operator, cause);
}
