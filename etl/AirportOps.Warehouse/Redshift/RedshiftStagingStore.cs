using System.Collections.Concurrent;
using System.Globalization;
using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Redshift.DataApi;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Redshift;

/// <summary>
/// Loads Silver windows into Redshift by manifest COPY, each window's rows and its journal row in one transaction, as many windows a transaction as
/// fit. Safe for any number of loaders.
/// </summary>
/// <param name="sql">The warehouse, migrated.</param>
/// <param name="options">How it reaches the lake.</param>
/// <param name="logger">Told of each load.</param>
public sealed class RedshiftStagingStore(IWarehouseSql sql, RedshiftLoadOptions options, ILogger logger) : IStagingStore
{
    private const string ManifestPrefix = "silver/_loads";

    /// <summary>
    /// What was loaded when the warehouse was last asked, until something is loaded: a loader with nothing to do looks at the lake alone, and lets a
    /// serverless workgroup sleep. Older than the truth it does no harm, as each load asks anew.
    /// </summary>
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, LoadedWindow>> _known = new(StringComparer.Ordinal);

    private readonly LoadStatements _statements = new(options.IamRole);
    private readonly string _lakeUri = options.LakeUri.StartsWith("s3://", StringComparison.Ordinal)
        ? options.LakeUri.TrimEnd('/')
        : throw new ArgumentException($"Redshift loads from s3://BUCKET/PREFIX only; the lake is {options.LakeUri}.", nameof(options));

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, LoadedWindow>> LoadedUpToAsync(string stream, CancellationToken cancellationToken) =>
        _known.GetValueOrDefault(stream) ?? (_known[stream] = await AskAsync(stream, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    /// <remarks>
    /// The journal is asked before the transaction, as a batch has no branches, and again behind its lock, where an answer that is no longer so undoes the batch
    /// before anything is copied. So of two loaders at once one loads a window, and counts it.
    /// </remarks>
    /// <exception cref="WarehouseException">The warehouse refuses or can't be reached: windows of earlier transactions are loaded, of this one none.</exception>
    /// <exception cref="ArgumentException">A window comes before an earlier one of its shard has been loaded.</exception>
    public async Task<LoadOutcome> LoadAsync(IReadOnlyList<WindowManifest> windows, ILake lake, CancellationToken cancellationToken)
    {
        _known.Clear();
        var total = default(LoadOutcome);
        bool isOvertaken;
        do
        {
            isOvertaken = false;
            foreach (var together in Transactions(await NewWindowsAsync(windows, cancellationToken).ConfigureAwait(false)))
            {
                if (await TryLoadAsync(together, lake, cancellationToken).ConfigureAwait(false) is not { } outcome)
                {
                    // Each time another loader has loaded something, so this ends.
                    isOvertaken = true;
                    break;
                }

                total += outcome;
            }
        }
        while (isOvertaken);

        return total;
    }

    /// <summary>Loads windows in one transaction.</summary>
    /// <returns>What became of them; null when another loader has loaded some meanwhile: nothing was done.</returns>
    private async Task<LoadOutcome?> TryLoadAsync(List<FreshWindow> together, ILake lake, CancellationToken cancellationToken)
    {
        var shards = together.DistinctBy(one => (one.Window.Stream, one.Window.Shard)).Select(one => (one.Window.Stream, one.Window.Shard, one.Before));
        var statements = new List<string> { LoadStatements.Lock, LoadStatements.Unchanged(shards) };
        foreach (var (window, _, replacesFrom) in together)
        {
            statements.AddRange(await StatementsAsync(window, replacesFrom, lake, cancellationToken).ConfigureAwait(false));
        }

        var ids = together.ConvertAll(one => one.Window.Id);
        try
        {
            await sql.ExecuteAsync(statements, LoadStatements.Settled(ids), cancellationToken).ConfigureAwait(false);
        }
        catch (WarehouseException failed) when (LoadStatements.IsOvertaken(failed))
        {
            return null;
        }

        var outcome = await OutcomeAsync(ids, cancellationToken).ConfigureAwait(false);
        Log.LoadedWindows(logger, outcome.Batches, outcome.Rows, outcome.Duplicates);
        return outcome;
    }

    /// <inheritdoc/>
    public async Task TakeNotesAsync(IReadOnlyList<ShardNote> notes, CancellationToken cancellationToken)
    {
        foreach (var (note, statements) in notes.OrderBy(note => note.EmptyThrough).Zip(NoteStatements.Of(notes)))
        {
            await sql.ExecuteAsync([LoadStatements.Lock, .. statements], NoteStatements.Settled(note), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<LoadedWindow?> FindLoadedAsync(WindowId window, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(
            $"SELECT generation, ordinal, last_sequence, manifest_sha256 FROM ops.load_batch WHERE batch_id = {Sql.SqlText.Quote(window.BatchId)}",
            cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : Loaded(rows[0]);
    }

    private async Task<IReadOnlyDictionary<string, LoadedWindow>> AskAsync(string stream, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(
            $"""
            SELECT n.generation, n.ordinal, n.last_sequence, n.manifest_sha256, n.shard
            FROM (
                SELECT shard, generation, ordinal, last_sequence, manifest_sha256,
                    ROW_NUMBER() OVER (PARTITION BY shard ORDER BY generation DESC, ordinal DESC) AS place
                FROM ops.load_batch WHERE stream = {Sql.SqlText.Quote(stream)}
            ) n
            WHERE n.place = 1
            """,
            cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(row => row[4]!, Loaded, StringComparer.Ordinal);
    }

    private static LoadedWindow Loaded(IReadOnlyList<string?> row) =>
        new(int.Parse(row[0]!, CultureInfo.InvariantCulture), long.Parse(row[1]!, CultureInfo.InvariantCulture), row[2]!, row[3]);

    private async Task<Dictionary<string, LoadedShard>> ShardsAsync(string stream, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(
            $"""
            SELECT shard, generation, MAX(ordinal), MIN(ordinal) FROM ops.load_batch
            WHERE stream = {Sql.SqlText.Quote(stream)} GROUP BY shard, generation ORDER BY shard, generation
            """,
            cancellationToken).ConfigureAwait(false);
        return rows.GroupBy(row => row[0]!, StringComparer.Ordinal).ToDictionary(
            shard => shard.Key,
            shard => shard.Select(row => row.Skip(1).Select(number => long.Parse(number!, CultureInfo.InvariantCulture)).ToArray())
                .Select(numbers => new LoadedShard((int)numbers[0], numbers[1], numbers[2])).Last(),
            StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<string>> StatementsAsync(WindowManifest window, long replacesFrom, ILake lake, CancellationToken cancellationToken)
    {
        var statements = new List<string>();
        foreach (var files in window.Files.GroupBy(file => file.Entity))
        {
            var entity = EntityNames.Find(files.Key)
                ?? throw new WarehouseException($"{files.First().Key} holds {files.Key}, which this program has no table for. Use a newer one.", Fault.Operator, null);
            var key = $"{ManifestPrefix}/{window.Id.BatchId}/{files.Key}.manifest";
            // The same window gives the same bytes, so writing it again harms no load that reads it.
            await lake.PutAsync(key, CopyManifest.Write(_lakeUri, [.. files]), PutMode.Overwrite, cancellationToken).ConfigureAwait(false);
            statements.AddRange(_statements.Entity(window.Id, entity, $"{_lakeUri}/{key}", replacesFrom));
        }

        if (LoadStatements.Outcomes(window) is { } outcomes)
        {
            statements.Add(outcomes);
        }

        statements.Add(LoadStatements.Journal(window));
        return statements;
    }

    /// <summary>The windows that the journal has not, in the order given.</summary>
    private async Task<List<FreshWindow>> NewWindowsAsync(IReadOnlyList<WindowManifest> windows, CancellationToken cancellationToken)
    {
        var fresh = new List<FreshWindow>();
        foreach (var stream in windows.GroupBy(window => window.Stream))
        {
            var shards = await ShardsAsync(stream.Key, cancellationToken).ConfigureAwait(false);
            foreach (var window in stream)
            {
                var before = shards.GetValueOrDefault(window.Shard);
                if (before.Take(window.Id) is { } next)
                {
                    shards[window.Shard] = next;
                    fresh.Add(new FreshWindow(window, before, next.Oldest));
                }
            }
        }

        return fresh;
    }

    /// <summary>Cuts windows into transactions of as many statements as the Data API takes.</summary>
    private static IEnumerable<List<FreshWindow>> Transactions(List<FreshWindow> windows)
    {
        // The lock and the look behind it.
        const int First = 2;
        var together = new List<FreshWindow>();
        var statements = First;
        foreach (var fresh in windows)
        {
            var window = fresh.Window;
            var more = (LoadStatements.Outcomes(window) is null ? 1 : 2)
                + (LoadStatements.AnEntity(window.Id) * window.Files.DistinctBy(file => file.Entity).Count());
            // Landing tables are named by the ordinal, which two shards may share.
            if (statements + more > DataApiWarehouse.MaxStatements || together.Exists(other => other.Window.Ordinal == window.Ordinal))
            {
                yield return together;
                together = [];
                statements = First;
            }

            together.Add(fresh);
            statements += more;
        }

        if (together.Count > 0)
        {
            yield return together;
        }
    }

    private async Task<LoadOutcome> OutcomeAsync(List<WindowId> windows, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(LoadStatements.Counts(windows), cancellationToken).ConfigureAwait(false);
        var counts = rows[0].Select(value => long.Parse(value ?? "0", CultureInfo.InvariantCulture)).ToList();
        return new LoadOutcome((int)counts[0], counts[1], counts[2]);
    }

    /// <summary>A window to load.</summary>
    /// <param name="Window">The window.</param>
    /// <param name="Before">How far its shard is loaded before it.</param>
    /// <param name="ReplacesFrom">The first ordinal of earlier generations in whose place its generation stands.</param>
    private sealed record FreshWindow(WindowManifest Window, LoadedShard Before, long ReplacesFrom);
}
