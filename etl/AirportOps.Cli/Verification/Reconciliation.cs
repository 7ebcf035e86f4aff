using System.Globalization;
using AirportOps.Lake;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Verification;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Queries;

namespace AirportOps.Cli.Verification;

/// <summary>Compares ledgers with all that was made of their events: Silver, the quarantine, staging and Gold.</summary>
internal static class Reconciliation
{
    private const int DifferencesKept = 20;

    /// <summary>Compares.</summary>
    /// <param name="lake">The lake with Silver and the quarantine.</param>
    /// <param name="warehouse">The warehouse with staging and Gold; null to leave them out.</param>
    /// <param name="ledgers">The ledgers' files.</param>
    /// <param name="progress">Records: events of the ledgers read; rows: rows of Silver compared.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    internal static async Task<ReconciliationOutcome> RunAsync(
        ILake lake,
        IWarehouse? warehouse,
        IReadOnlyList<string> ledgers,
        StageProgress progress,
        CancellationToken cancellationToken)
    {
        var legs = new ExpectedLegs();
        var silver = await new LedgerReconciler(lake).RunAsync(ledgers, legs.Add, progress, cancellationToken);
        if (warehouse is null)
        {
            return new ReconciliationOutcome(silver, null, 0, 0, [], 0);
        }

        var query = new QueryRunner(warehouse);
        var staging = await StagingAsync(query, cancellationToken);
        var (equalLegs, differences) = await legs.CompareAsync(GoldLegsAsync(query, cancellationToken));
        return new ReconciliationOutcome(silver, staging, legs.Count, equalLegs, [.. differences.Take(DifferencesKept)], differences.Count);
    }

    /// <summary>Compares with the result of a <c>clean</c>, which no warehouse knows of.</summary>
    /// <param name="directory">The result's folder.</param>
    /// <param name="ledgers">The ledgers' files.</param>
    /// <param name="progress">Records: events of the ledgers read; rows: rows compared.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    internal static async Task<ReconciliationOutcome> RunOnCleanAsync(
        string directory,
        IReadOnlyList<string> ledgers,
        StageProgress progress,
        CancellationToken cancellationToken)
    {
        var manifest = CleanedFolder.ReadManifest(directory);
        var reconciler = new LedgerReconciler(FileLake.OpenToRead(directory), manifest);
        var silver = await reconciler.RunAsync(ledgers, null, progress, cancellationToken);
        return new ReconciliationOutcome(silver, null, 0, 0, [], 0);
    }

    /// <summary>Rows in staging, and rows that the loader dropped because another shard had brought them.</summary>
    private static async Task<StagingCounts> StagingAsync(QueryRunner query, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT (SELECT COUNT(*) FROM staging.flight_event) + (SELECT COUNT(*) FROM staging.baggage_event)
                 + (SELECT COUNT(*) FROM staging.security_event) + (SELECT COUNT(*) FROM staging.ground_event),
                   (SELECT CAST(COALESCE(SUM(b.duplicates), 0) AS BIGINT) FROM ops.load_batch b
                    WHERE NOT EXISTS (
                        SELECT 1 FROM ops.load_batch n
                        WHERE n.stream = b.stream AND n.shard = b.shard AND n.generation > b.generation AND n.ordinal <= b.ordinal))
            """;
        await using var result = await query.RunAsync(Sql, null, cancellationToken);
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            return new StagingCounts((long)row[0]!, (long)row[1]!);
        }

        throw new InvalidOperationException("A query without FROM gave no row.");
    }

    private static async IAsyncEnumerable<(LegKey Key, IReadOnlyList<string?> Values)> GoldLegsAsync(
        QueryRunner query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int KeyColumns = 5;
        var sql = $"SELECT airline, flight_number, flight_suffix, flight_date, origin, {string.Join(", ", ExpectedLegs.Fields)} FROM gold.fact_flight";
        await using var result = await query.RunAsync(sql, null, cancellationToken);
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            var key = new LegKey((string)row[0]!, (int)row[1]!, (string?)row[2], ((DateOnly)row[3]!).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (string)row[4]!);
            yield return (key, [.. row.Skip(KeyColumns).Select(Text)]);
        }
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        DateTime time => Iso8601.FromMicros(Iso8601.ToMicros(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)))),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
