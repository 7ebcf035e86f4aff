using System.Collections.Concurrent;
using System.Globalization;
using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;
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
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, long>> _known = new(StringComparer.Ordinal);

    private readonly LoadStatements _statements = new(options.IamRole);
    private readonly string _lakeUri = options.LakeUri.StartsWith("s3://", StringComparison.Ordinal)
        ? options.LakeUri.TrimEnd('/')
        : throw new ArgumentException($"Redshift loads from s3://BUCKET/PREFIX only; the lake is {options.LakeUri}.", nameof(options));

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, long>> LoadedUpToAsync(string stream, CancellationToken cancellationToken) =>
        _known.GetValueOrDefault(stream) ?? (_known[stream] = await AskAsync(stream, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    /// <remarks>Of two loaders that load the same window at once, both may count it.</remarks>
    /// <exception cref="WarehouseException">The warehouse refuses or can't be reached: windows of earlier transactions are loaded, of this one none.</exception>
    /// <exception cref="ArgumentException">A window comes before an earlier one of its shard has been loaded.</exception>
    public async Task<LoadOutcome> LoadAsync(IReadOnlyList<WindowManifest> windows, ILake lake, CancellationToken cancellationToken)
    {
        _known.Clear();
        var fresh = await NewWindowsAsync(windows, cancellationToken).ConfigureAwait(false);
        var total = default(LoadOutcome);
        foreach (var together in Transactions(fresh))
        {
            var statements = new List<string> { LoadStatements.Lock };
            foreach (var window in together)
            {
                statements.AddRange(await StatementsAsync(window, lake, cancellationToken).ConfigureAwait(false));
            }

            var ids = together.ConvertAll(window => window.Id);
            await sql.ExecuteAsync(statements, LoadStatements.Settled(ids), cancellationToken).ConfigureAwait(false);
            var outcome = await OutcomeAsync(ids, cancellationToken).ConfigureAwait(false);
            Log.LoadedWindows(logger, outcome.Batches, outcome.Rows, outcome.Duplicates);
            total += outcome;
        }

        return total;
    }

    private async Task<IReadOnlyDictionary<string, long>> AskAsync(string stream, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(
            $"SELECT shard, MAX(ordinal) FROM ops.load_batch WHERE stream = {Sql.SqlText.Quote(stream)} GROUP BY shard", cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(row => row[0]!, row => long.Parse(row[1]!, CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<string>> StatementsAsync(WindowManifest window, ILake lake, CancellationToken cancellationToken)
    {
        var statements = new List<string>();
        foreach (var files in window.Files.GroupBy(file => file.Entity))
        {
            var entity = EntityNames.Find(files.Key)
                ?? throw new WarehouseException($"{files.First().Key} holds {files.Key}, which this program has no table for. Use a newer one.", false, null);
            var key = $"{ManifestPrefix}/{window.Id.BatchId}/{files.Key}.manifest";
            // The same window gives the same bytes, so writing it again harms no load that reads it.
            await lake.PutAsync(key, CopyManifest.Write(_lakeUri, [.. files]), PutMode.Overwrite, cancellationToken).ConfigureAwait(false);
            statements.AddRange(_statements.Entity(window.Id, entity, $"{_lakeUri}/{key}"));
        }

        if (LoadStatements.Outcomes(window) is { } outcomes)
        {
            statements.Add(outcomes);
        }

        statements.Add(LoadStatements.Journal(window));
        return statements;
    }

    /// <summary>The windows that the journal has not, in the order given.</summary>
    private async Task<List<WindowManifest>> NewWindowsAsync(IReadOnlyList<WindowManifest> windows, CancellationToken cancellationToken)
    {
        var fresh = new List<WindowManifest>();
        foreach (var stream in windows.GroupBy(window => window.Stream))
        {
            var loadedUpTo = (await AskAsync(stream.Key, cancellationToken).ConfigureAwait(false)).ToDictionary(StringComparer.Ordinal);
            foreach (var window in stream)
            {
                var newest = loadedUpTo.GetValueOrDefault(window.Shard);
                if (window.Ordinal > newest + 1)
                {
                    throw new ArgumentException($"Window {window.Id} follows {newest}, the newest loaded: windows are loaded in the order of their shard.", nameof(windows));
                }

                if (window.Ordinal == newest + 1)
                {
                    fresh.Add(window);
                    loadedUpTo[window.Shard] = window.Ordinal;
                }
            }
        }

        return fresh;
    }

    /// <summary>Cuts windows into transactions of as many statements as the Data API takes.</summary>
    private static IEnumerable<List<WindowManifest>> Transactions(List<WindowManifest> windows)
    {
        const int StatementsAnEntity = 4;
        var together = new List<WindowManifest>();
        var statements = 1;
        foreach (var window in windows)
        {
            var more = (LoadStatements.Outcomes(window) is null ? 1 : 2) + (StatementsAnEntity * window.Files.DistinctBy(file => file.Entity).Count());
            // Landing tables are named by the ordinal, which two shards may share.
            if (statements + more > DataApiWarehouse.MaxStatements || together.Exists(other => other.Ordinal == window.Ordinal))
            {
                yield return together;
                together = [];
                statements = 1;
            }

            together.Add(window);
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
}
