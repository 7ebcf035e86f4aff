using AirportOps.Cleaning;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;
using Dapper;
using Npgsql;

namespace AirportOps.Warehouse.Loading;

/// <summary>The journal of loads, <c>ops.load_batch</c>.</summary>
internal sealed class LoadJournal(NpgsqlConnection connection)
{
    /// <summary>Makes loads take turns until the transaction ends; must come first in it. Nobody else needs that table.</summary>
    internal Task LockAsync(CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition("LOCK TABLE ops.load_lock IN EXCLUSIVE MODE", cancellationToken: cancellationToken));

    /// <summary>The newest window of each shard of a stream. Jumps from shard to shard: the cost does not grow with the windows.</summary>
    internal async Task<Dictionary<string, LoadedWindow>> LoadedUpToAsync(string stream, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(string Shard, int Generation, long Ordinal, string LastSequence, string? Sha256)>(new CommandDefinition(
            """
            WITH RECURSIVE shards (shard) AS (
                SELECT MIN(shard) FROM ops.load_batch WHERE stream = @stream
                UNION ALL
                SELECT (SELECT MIN(b.shard) FROM ops.load_batch b WHERE b.stream = @stream AND b.shard > s.shard)
                FROM shards s WHERE s.shard IS NOT NULL
            )
            SELECT s.shard, n.generation, n.ordinal, n.last_sequence, n.manifest_sha256
            FROM shards s
            CROSS JOIN LATERAL (
                SELECT b.generation, b.ordinal, b.last_sequence, b.manifest_sha256 FROM ops.load_batch b
                WHERE b.stream = @stream AND b.shard = s.shard
                ORDER BY b.generation DESC, b.ordinal DESC LIMIT 1
            ) n
            WHERE s.shard IS NOT NULL
            """,
            new { stream },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return rows.ToDictionary(
            row => row.Shard, row => new LoadedWindow(row.Generation, row.Ordinal, row.LastSequence, row.Sha256), StringComparer.Ordinal);
    }

    /// <summary>The row of one window; null when it is not loaded.</summary>
    internal async Task<LoadedWindow?> FindAsync(WindowId window, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(int Generation, long Ordinal, string LastSequence, string? Sha256)>(new CommandDefinition(
            "SELECT generation, ordinal, last_sequence, manifest_sha256 FROM ops.load_batch WHERE batch_id = @BatchId",
            new { window.BatchId },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return rows.Select(row => new LoadedWindow(row.Generation, row.Ordinal, row.LastSequence, row.Sha256)).FirstOrDefault();
    }

    /// <summary>How far a shard is loaded.</summary>
    internal async Task<LoadedShard> NewestAsync(string stream, string shard, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(int Generation, long Newest, long Oldest)>(new CommandDefinition(
            """
            SELECT generation, MAX(ordinal), MIN(ordinal) FROM ops.load_batch
            WHERE stream = @stream AND shard = @shard
            GROUP BY generation ORDER BY generation DESC LIMIT 1
            """,
            new { stream, shard },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return rows.Select(row => new LoadedShard(row.Generation, row.Newest, row.Oldest)).FirstOrDefault(LoadedShard.Nothing);
    }

    /// <summary>Notes windows as loaded, all under the next load number.</summary>
    internal async Task WriteAsync(
        IReadOnlyList<WindowManifest> windows,
        Dictionary<WindowId, LoadCounts> counts,
        CancellationToken cancellationToken)
    {
        var loadNumber = 1 + await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COALESCE(MAX(load_number), 0) FROM ops.load_batch", cancellationToken: cancellationToken)).ConfigureAwait(false);
        var rows = windows.Select(window => new
        {
            window.Id.BatchId,
            LoadNumber = loadNumber,
            window.Stream,
            window.Shard,
            window.Ordinal,
            window.Generation,
            window.Sha256,
            window.FirstSequence,
            window.LastSequence,
            Watermark = window.Watermark?.UtcDateTime,
            LastArrived = window.LastArrived.UtcDateTime,
            GapAfter = window.Gap?.After,
            GapFrom = window.Gap?.FromArrived.UtcDateTime,
            GapUntil = window.Gap?.UntilArrived.UtcDateTime,
            Flights = counts[window.Id][Entity.FlightEvent],
            Bags = counts[window.Id][Entity.BaggageEvent],
            Readings = counts[window.Id][Entity.SecurityEvent],
            Services = counts[window.Id][Entity.GroundEvent],
            counts[window.Id].Duplicates,
            counts[window.Id].Kept,
        });
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO ops.load_batch (batch_id, load_number, stream, shard, ordinal, first_sequence, last_sequence, watermark,
                flight_rows, baggage_rows, security_rows, ground_rows, duplicates, loaded_at, generation, manifest_sha256, kept_rows,
                last_arrived, gap_after, gap_from, gap_until)
            VALUES (@BatchId, @LoadNumber, @Stream, @Shard, @Ordinal, @FirstSequence, @LastSequence, CAST(@Watermark AT TIME ZONE 'UTC' AS TIMESTAMP),
                @Flights, @Bags, @Readings, @Services, @Duplicates, getdate(), @Generation, @Sha256, @Kept,
                CAST(@LastArrived AT TIME ZONE 'UTC' AS TIMESTAMP),
                @GapAfter, CAST(@GapFrom AT TIME ZONE 'UTC' AS TIMESTAMP), CAST(@GapUntil AT TIME ZONE 'UTC' AS TIMESTAMP))
            """,
            rows,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO ops.load_outcome (batch_id, outcome, reason, events) VALUES (@BatchId, @Outcome, @Reason, @Events)",
            windows.SelectMany(window => CleaningOutcome.Of(window).Select(one => new { window.Id.BatchId, one.Outcome, one.Reason, one.Events })),
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }
}
