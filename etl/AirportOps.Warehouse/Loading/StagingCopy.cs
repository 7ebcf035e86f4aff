using AirportOps.Cleaning;
using AirportOps.Parquet;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using Npgsql;
using NpgsqlTypes;

namespace AirportOps.Warehouse.Loading;

/// <summary>Copies files of one entity into its staging table.</summary>
internal sealed class StagingCopy(NpgsqlConnection connection, Entity entity)
{
    private readonly ParquetSchema _columns = SilverSchema.Of(entity);

    /// <summary>Called once a copy has begun, for tests of what happens then.</summary>
    internal Func<Task>? DuringCopy { get; init; }

    /// <summary>Copies every row whose event_id is neither in the table nor in a row before it.</summary>
    /// <param name="files">In the order of their windows.</param>
    /// <param name="counts">By window, added to.</param>
    /// <param name="cancellationToken">Stops the copy.</param>
    internal async Task RunAsync(
        IReadOnlyList<SilverFile> files,
        Dictionary<WindowId, LoadCounts> counts,
        CancellationToken cancellationToken)
    {
        var ids = files.Select(file => file.EventIds().ToArray()).ToList();
        var seen = await AlreadyThereAsync([.. ids.SelectMany(each => each)], cancellationToken).ConfigureAwait(false);
        var replaced = await ReplacedAsync(files, ids, counts, cancellationToken).ConfigureAwait(false);

        var names = string.Join(", ", _columns.Columns.Select(column => column.Name).Append("batch_id"));
        var stream = await connection.BeginRawBinaryCopyAsync($"COPY staging.{entity.Name()} ({names}) FROM STDIN (FORMAT BINARY)", cancellationToken)
            .ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        try
        {
            if (DuringCopy is not null)
            {
                await DuringCopy().ConfigureAwait(false);
            }

            var copy = new BinaryCopyWriter(stream);
            copy.WriteHeader();
            for (var index = 0; index < files.Count; index++)
            {
                var window = files[index].Window.Id;
                await WriteAsync(copy, files[index], ids[index], seen, replaced.GetValueOrDefault(window) ?? [], counts[window], cancellationToken).ConfigureAwait(false);
            }

            await copy.FinishAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await GiveUpAsync(stream).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends a copy that has failed: disposed as it is, it would tell the server that the rows were complete.</summary>
    private static async Task GiveUpAsync(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The failure ended it: the connection is gone, and what the caller throws says so.
        }
    }

    private async Task WriteAsync(
        BinaryCopyWriter copy,
        SilverFile file,
        string[] ids,
        HashSet<string> seen,
        HashSet<string> replaced,
        LoadCounts counts,
        CancellationToken cancellationToken)
    {
        var batchId = System.Text.Encoding.UTF8.GetBytes(file.Window.Id.BatchId);
        var firstRow = 0;
        for (var group = 0; group < file.Reader.RowGroups.Count; group++)
        {
            var columns = file.Columns(group, _columns);
            var rows = file.Reader.RowGroups[group].Rows;
            for (var row = 0; row < rows; row++)
            {
                if (!seen.Add(ids[firstRow + row]))
                {
                    Array.ForEach(columns, column => column.Skip(row));
                    if (replaced.Remove(ids[firstRow + row]))
                    {
                        counts.Kept++;
                    }
                    else
                    {
                        counts.Duplicates++;
                    }

                    continue;
                }

                copy.StartRow(columns.Length + 1);
                foreach (var column in columns)
                {
                    column.Write(row, copy);
                }

                copy.WriteUtf8(batchId);
                counts[entity]++;
                if (copy.IsFull)
                {
                    await copy.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            firstRow += rows;
        }
    }

    /// <summary>Those of the ids that the table has.</summary>
    private Task<HashSet<string>> AlreadyThereAsync(string[] ids, CancellationToken cancellationToken) => FindAsync(
        $"SELECT i.id FROM unnest(@ids) AS i (id) WHERE EXISTS (SELECT 1 FROM staging.{entity.Name()} e WHERE e.event_id = i.id)",
        ids,
        [],
        cancellationToken);

    /// <summary>
    /// By window of a later generation, those of its ids that the table has from windows in whose place the generation stands. They are the same
    /// events, cleaned again after the lake was restored.
    /// </summary>
    private async Task<Dictionary<WindowId, HashSet<string>>> ReplacedAsync(
        IReadOnlyList<SilverFile> files,
        List<string[]> ids,
        Dictionary<WindowId, LoadCounts> counts,
        CancellationToken cancellationToken)
    {
        var replaced = new Dictionary<WindowId, HashSet<string>>();
        for (var index = 0; index < files.Count; index++)
        {
            var window = files[index].Window.Id;
            if (window.Generation == WindowId.FirstGeneration)
            {
                continue;
            }

            var found = await FindAsync(
                $"""
                SELECT e.event_id FROM staging.{entity.Name()} e JOIN ops.load_batch b ON b.batch_id = e.batch_id
                WHERE e.event_id = ANY(@ids) AND b.stream = @stream AND b.shard = @shard AND b.generation < @generation AND b.ordinal >= @from
                """,
                ids[index],
                [
                    new NpgsqlParameter<string>("stream", window.Stream), new NpgsqlParameter<string>("shard", window.Shard),
                    new NpgsqlParameter<int>("generation", window.Generation), new NpgsqlParameter<long>("from", counts[window].ReplacesFrom),
                ],
                cancellationToken).ConfigureAwait(false);
            if (!replaced.TryAdd(window, found))
            {
                replaced[window].UnionWith(found);
            }
        }

        return replaced;
    }

    private async Task<HashSet<string>> FindAsync(string query, string[] ids, IEnumerable<NpgsqlParameter> more, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(query, connection);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string[]>("ids", NpgsqlDbType.Array | NpgsqlDbType.Text) { TypedValue = ids });
        command.Parameters.AddRange(more.ToArray());
        var found = new HashSet<string>(ids.Length, StringComparer.Ordinal);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}
