using System.Data;
using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Parquet;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirportOps.Warehouse.Loading;

/// <summary>Loads Silver windows into PostgreSQL by binary COPY. Loads take turns, so any number of loaders may run.</summary>
/// <param name="database">The warehouse, migrated.</param>
/// <param name="logger">Told of each load.</param>
public sealed class PostgresStagingStore(WarehouseDatabase database, ILogger logger) : IStagingStore
{
    private const int MaxConcurrentReads = 8;

    /// <summary>For tests of a crash: called when all rows are in the transaction and it is not committed.</summary>
    internal Func<Task>? BeforeCommit { get; init; }

    /// <summary>Called once a copy has begun, likewise.</summary>
    internal Func<Task>? DuringCopy { get; init; }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, LoadedWindow>> LoadedUpToAsync(string stream, CancellationToken cancellationToken) =>
        await AskAsync(journal => journal.LoadedUpToAsync(stream, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<LoadedWindow?> FindLoadedAsync(WindowId window, CancellationToken cancellationToken) =>
        AskAsync(journal => journal.FindAsync(window, cancellationToken), cancellationToken);

    private async Task<T> AskAsync<T>(Func<LoadJournal, Task<T>> question, CancellationToken cancellationToken)
    {
        var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        try
        {
            return await question(new LoadJournal(connection)).ConfigureAwait(false);
        }
        catch (NpgsqlException trouble)
        {
            throw database.Failure("could not say what it has loaded", trouble);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="WarehouseException">The warehouse refuses or can't be reached; nothing of the windows is there.</exception>
    /// <exception cref="PipelineException">A file is missing or damaged; likewise.</exception>
    /// <exception cref="ArgumentException">A window comes before an earlier one of its shard has been loaded.</exception>
    public async Task<LoadOutcome> LoadAsync(IReadOnlyList<WindowManifest> windows, ILake lake, CancellationToken cancellationToken)
    {
        // Read first: what takes long goes before the lock.
        var files = await OpenFilesAsync(windows, lake, cancellationToken).ConfigureAwait(false);
        try
        {
            return await LoadAsync(windows, files, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException trouble)
        {
            throw database.Failure("could not load Silver", trouble);
        }
        catch (ParquetFormatException damaged)
        {
            throw new PipelineException($"A Silver file is damaged: {damaged.Message} Restore the lake as docs/deploy.md says.", Fault.Operator, damaged);
        }
        finally
        {
            foreach (var file in files)
            {
                file.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="WarehouseException">The warehouse refuses or can't be reached; no note was taken.</exception>
    public async Task TakeNotesAsync(IReadOnlyList<ShardNote> notes, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            await using var __ = transaction.ConfigureAwait(false);
            await new LoadJournal(connection).LockAsync(cancellationToken).ConfigureAwait(false);
            await NoteJournal.WriteAsync(connection, notes, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException trouble)
        {
            throw database.Failure("could not take notes on shards", trouble);
        }
    }

    private static async Task<IReadOnlyList<SilverFile>> OpenFilesAsync(
        IReadOnlyList<WindowManifest> windows,
        ILake lake,
        CancellationToken cancellationToken)
    {
        var wanted = windows.SelectMany(window => window.Files.Select(file => (Window: window, File: file))).ToList();
        var opened = new SilverFile?[wanted.Count];
        try
        {
            await Parallel.ForAsync(
                0,
                wanted.Count,
                new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentReads, CancellationToken = cancellationToken },
                async (index, token) =>
                {
                    var (window, file) = wanted[index];
                    var entity = EntityNames.Find(file.Entity)
                        ?? throw new PipelineException($"{file.Key} holds {file.Entity}, which this program has no table for. Use a newer one.", Fault.Operator, null);
                    opened[index] = new SilverFile(window, entity, await SilverFileReader.OpenAsync(lake, file, token).ConfigureAwait(false));
                }).ConfigureAwait(false);
            return opened!;
        }
        catch
        {
            foreach (var file in opened)
            {
                file?.Dispose();
            }

            throw;
        }
    }

    private async Task<LoadOutcome> LoadAsync(
        IReadOnlyList<WindowManifest> windows,
        IReadOnlyList<SilverFile> files,
        CancellationToken cancellationToken)
    {
        var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        var journal = new LoadJournal(connection);
        await journal.LockAsync(cancellationToken).ConfigureAwait(false);

        var counts = await NewWindowsAsync(journal, windows, cancellationToken).ConfigureAwait(false);
        if (counts.Count == 0)
        {
            return default;
        }

        foreach (var table in files.Where(file => counts.ContainsKey(file.Window.Id)).GroupBy(file => file.Entity).OrderBy(table => table.Key))
        {
            var copy = new StagingCopy(connection, table.Key) { DuringCopy = DuringCopy };
            await copy.RunAsync([.. table], counts, cancellationToken).ConfigureAwait(false);
        }

        await journal.WriteAsync([.. windows.Where(window => counts.ContainsKey(window.Id))], counts, cancellationToken).ConfigureAwait(false);
        if (BeforeCommit is not null)
        {
            await BeforeCommit().ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        var outcome = new LoadOutcome(counts.Count, counts.Values.Sum(window => window.Rows), counts.Values.Sum(window => window.Duplicates));
        Log.LoadedWindows(logger, outcome.Batches, outcome.Rows, outcome.Duplicates);
        return outcome;
    }

    /// <summary>The windows that staging has not, each with counts to fill.</summary>
    private static async Task<Dictionary<WindowId, LoadCounts>> NewWindowsAsync(
        LoadJournal journal,
        IReadOnlyList<WindowManifest> windows,
        CancellationToken cancellationToken)
    {
        var counts = new Dictionary<WindowId, LoadCounts>();
        foreach (var shard in windows.GroupBy(window => (window.Stream, window.Shard)))
        {
            var loaded = await journal.NewestAsync(shard.Key.Stream, shard.Key.Shard, cancellationToken).ConfigureAwait(false);
            foreach (var window in shard)
            {
                if (loaded.Take(window.Id) is { } next)
                {
                    loaded = next;
                    counts.Add(window.Id, new LoadCounts { ReplacesFrom = next.Oldest });
                }
            }
        }

        return counts;
    }
}
