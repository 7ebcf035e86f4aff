using System.Globalization;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;

namespace AirportOps.Warehouse.DataTests;

/// <summary>Compares the journal of loads with the manifests of the windows it names: each row of a window was loaded or dropped as a duplicate.</summary>
internal sealed class ManifestComparison(IWarehouseSession session, WindowStore manifests)
{
    /// <summary>What differs, by batch.</summary>
    internal async Task<IReadOnlyList<FailingRow>> DifferencesAsync(CancellationToken cancellationToken)
    {
        var journal = await session.QueryAsync(
            """
            SELECT batch_id, stream, shard, ordinal, flight_rows + baggage_rows + security_rows + ground_rows, duplicates, last_sequence
            FROM ops.load_batch ORDER BY batch_id
            """,
            cancellationToken).ConfigureAwait(false);
        var differences = new List<FailingRow>();
        foreach (var row in journal)
        {
            var batch = (BatchId: row[0]!, Stream: row[1]!, Shard: row[2]!, Ordinal: ResultText.Number(row[3]), Rows: ResultText.Number(row[4]), Duplicates: ResultText.Number(row[5]), Last: row[6]);
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
