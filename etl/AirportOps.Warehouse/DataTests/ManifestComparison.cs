using System.Globalization;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;

namespace AirportOps.Warehouse.DataTests;

/// <summary>
/// Compares the journal of loads with the manifests of the windows it names, each row of which was loaded or dropped as a duplicate, and the objects
/// that these manifests name with the lake.
/// </summary>
internal sealed class ManifestComparison(IWarehouseSession session, WindowStore manifests)
{
    /// <summary>What differs, by batch.</summary>
    internal async Task<IReadOnlyList<FailingRow>> DifferencesAsync(CancellationToken cancellationToken)
    {
        var journal = await session.QueryAsync(
            """
            SELECT batch_id, stream, shard, ordinal, flight_rows + baggage_rows + security_rows + ground_rows, duplicates + kept_rows, last_sequence,
                generation, manifest_sha256
            FROM ops.load_batch ORDER BY batch_id
            """,
            cancellationToken).ConfigureAwait(false);
        var lineage = await manifests.RefreshLineageAsync(cancellationToken).ConfigureAwait(false);
        var differences = new List<FailingRow>();
        var read = new Dictionary<WindowManifest, string>(ReferenceEqualityComparer.Instance);
        foreach (var row in journal)
        {
            var batch = (BatchId: row[0]!, Rows: ResultText.Number(row[4]), Dropped: ResultText.Number(row[5]), Last: row[6], Sha256: row[8]);
            var window = new WindowId(row[1]!, row[2]!, ResultText.Number(row[3]), (int)ResultText.Number(row[7]));
            if (!lineage.Has(window))
            {
                // The lake goes on in a later generation before it: the lake need not have its manifest any more.
                continue;
            }

            var manifest = await manifests.TryReadAsync(window, cancellationToken).ConfigureAwait(false);
            if (Difference(manifest) is { } detail)
            {
                differences.Add(new FailingRow(batch.BatchId, detail));
            }
            else
            {
                read.Add(manifest!, batch.BatchId);
            }

            string? Difference(WindowManifest? found) => found switch
            {
                null => "no manifest",
                _ when found.Ledger.Rows != batch.Rows + batch.Dropped => string.Create(
                    CultureInfo.InvariantCulture, $"{found.Ledger.Rows} rows in the manifest, {batch.Rows} loaded and {batch.Dropped} duplicates in the journal"),
                _ when found.LastSequence != batch.Last => $"ends at {found.LastSequence} in the manifest, at {batch.Last} in the journal",
                _ when batch.Sha256 is { } hash && found.Sha256 != hash => "the manifest is another one than was loaded",
                _ => null,
            };
        }

        foreach (var (manifest, named, bytes) in await manifests.FindOddObjectsAsync(read.Keys, cancellationToken).ConfigureAwait(false))
        {
            differences.Add(new FailingRow(read[manifest], bytes is null
                ? $"{named.Key} is missing"
                : string.Create(CultureInfo.InvariantCulture, $"{named.Key} has {bytes} bytes, its manifest says {named.Bytes}")));
        }

        return differences;
    }
}
