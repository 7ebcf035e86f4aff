using System.Globalization;
using AirportOps.Pipeline.Windows;
using Dapper;
using Npgsql;

namespace AirportOps.Warehouse.DataTests;

/// <summary>Compares the journal of loads with the manifests of the windows it names: each row of a window was loaded or dropped as a duplicate.</summary>
internal sealed class ManifestComparison(NpgsqlConnection connection, WindowStore manifests)
{
    /// <summary>What differs, by batch.</summary>
    internal async Task<IReadOnlyList<FailingRow>> DifferencesAsync(CancellationToken cancellationToken)
    {
        var journal = await connection.QueryAsync<(string BatchId, string Stream, string Shard, long Ordinal, long Rows, long Duplicates, string Last)>(
            new CommandDefinition(
                """
                SELECT batch_id, stream, shard, ordinal, flight_rows + baggage_rows + security_rows + ground_rows, duplicates, last_sequence
                FROM ops.load_batch ORDER BY batch_id
                """,
                cancellationToken: cancellationToken)).ConfigureAwait(false);
        var differences = new List<FailingRow>();
        foreach (var batch in journal)
        {
            var manifest = await manifests.TryReadAsync(new WindowId(batch.Stream, batch.Shard, batch.Ordinal), cancellationToken).ConfigureAwait(false);
            if (Difference(manifest) is { } detail)
            {
                differences.Add(new FailingRow(batch.BatchId, detail));
            }

            string? Difference(WindowManifest? window) => window switch
            {
                null => "no manifest",
                _ when window.Ledger.Rows != batch.Rows + batch.Duplicates => string.Create(
                    CultureInfo.InvariantCulture, $"{window.Ledger.Rows} rows in the manifest, {batch.Rows} loaded and {batch.Duplicates} duplicates in the journal"),
                _ when window.LastSequence != batch.Last => $"ends at {window.LastSequence} in the manifest, at {batch.Last} in the journal",
                _ => null,
            };
        }

        return differences;
    }
}
