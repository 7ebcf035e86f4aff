using System.Globalization;
using AirportOps.Cleaning;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Redshift;

/// <summary>
/// The SQL that loads windows on Redshift: no branches, so that it runs as one batch, and harmless when it runs again, because each step looks into the
/// journal itself.
/// </summary>
/// <param name="iamRole">The role that reads the lake, its ARN, or <c>default</c> for the warehouse's own.</param>
internal sealed class LoadStatements(string iamRole)
{
    /// <summary>The first statement of a load: loads take turns. It must come before the snapshot, which the next statement takes.</summary>
    internal const string Lock = "LOCK TABLE ops.load_lock";

    /// <summary>Where <see cref="Unchanged"/> stands in a transaction: behind the lock.</summary>
    internal const int UnchangedIndex = 1;

    /// <summary>
    /// Fails, and with it the transaction, when shards are loaded further than the loader knew when it asked. Behind the lock that is the last word, and no file
    /// was copied yet.
    /// </summary>
    /// <param name="shards">How far each shard was loaded, at least one.</param>
    internal static string Unchanged(IEnumerable<(string Stream, string Shard, LoadedShard Loaded)> shards) =>
        "SELECT 1 / CASE WHEN COUNT(*) = 0 THEN 1 ELSE 0 END FROM ops.load_batch WHERE "
        + string.Join(" OR ", shards.Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"(stream = {SqlText.Quote(one.Stream)} AND shard = {SqlText.Quote(one.Shard)} AND (generation > {one.Loaded.Generation} OR (generation = {one.Loaded.Generation} AND ordinal > {one.Loaded.Newest})))")));

    /// <summary>Whether a transaction failed of <see cref="Unchanged"/>: another loader was faster.</summary>
    internal static bool IsOvertaken(WarehouseException failed) =>
        failed.InnerException is StatementException { Refusal.StatementIndex: UnchangedIndex } refused
        && refused.Reason.Contains("by zero", StringComparison.OrdinalIgnoreCase);

    /// <summary>A query that gives a row once all of the windows are loaded.</summary>
    internal static string Settled(IReadOnlyList<WindowId> windows) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT COUNT(*) FROM ops.load_batch WHERE batch_id IN ({BatchIds(windows)}) HAVING COUNT(*) = {windows.Count}");

    /// <summary>A query for the windows' counts: windows, rows, duplicates.</summary>
    internal static string Counts(IReadOnlyList<WindowId> windows) =>
        "SELECT COUNT(*), SUM(flight_rows + baggage_rows + security_rows + ground_rows), SUM(duplicates) FROM ops.load_batch "
        + $"WHERE batch_id IN ({BatchIds(windows)})";

    /// <summary>How many statements <see cref="Entity"/> gives.</summary>
    internal static int AnEntity(WindowId window) => window.Generation == WindowId.FirstGeneration ? 4 : 5;

    /// <summary>
    /// Loads a window's files of one entity. They land in a table without the batch, which no file holds; rows whose event_id staging has go; the rest
    /// goes on with the batch, unless the journal has the window.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="manifestUri">Where the manifest of the files lies, <c>s3://…</c>.</param>
    /// <param name="replacesFrom">The first ordinal of earlier generations in whose place the window's generation stands; of no effect in the first.</param>
    internal IEnumerable<string> Entity(WindowId window, Entity entity, string manifestUri, long replacesFrom)
    {
        var columns = string.Join(", ", SilverSchema.Of(entity).Columns.Select(column => column.Name));
        var (staging, landing) = ($"staging.{entity.Name()}", Landing(window, entity));
        // The list of columns fixes their order, which alone decides, and gives batch_id, which files have not, its default.
        yield return $"CREATE TEMP TABLE {landing} (LIKE {staging})";
        yield return $"COPY {landing} ({columns}) FROM {SqlText.Quote(manifestUri)} IAM_ROLE {Role()} FORMAT AS PARQUET MANIFEST FILLRECORD";
        if (window.Generation > WindowId.FirstGeneration)
        {
            // Rows that replaced windows loaded stay; they are counted apart from duplicates, before the rows that staging has go.
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"""
                CREATE TEMP TABLE {Kept(window, entity)} AS SELECT l.event_id FROM {landing} l JOIN {staging} e ON e.event_id = l.event_id
                JOIN ops.load_batch b ON b.batch_id = e.batch_id
                WHERE b.stream = {SqlText.Quote(window.Stream)} AND b.shard = {SqlText.Quote(window.Shard)} AND b.generation < {window.Generation} AND b.ordinal >= {replacesFrom}
                """);
        }

        yield return $"DELETE FROM {landing} WHERE event_id IN (SELECT event_id FROM {staging})";
        yield return
            $"INSERT INTO {staging} ({columns}, batch_id) SELECT {columns}, {SqlText.Quote(window.BatchId)} FROM {landing} "
            + $"WHERE NOT EXISTS (SELECT 1 FROM ops.load_batch b WHERE b.batch_id = {SqlText.Quote(window.BatchId)})";
    }

    /// <summary>Notes a window as loaded, with the rows that its landing tables still hold, unless the journal has it.</summary>
    internal static string Journal(WindowManifest window)
    {
        var landed = EntityNames.All.ToDictionary(entity => entity, entity => window.Files.Any(file => file.Entity == entity.Name())
            ? $"(SELECT COUNT(*) FROM {Landing(window.Id, entity)})"
            : "0");
        var kept = window.Generation == WindowId.FirstGeneration
            ? "0"
            : string.Join(" + ", EntityNames.All.Where(entity => window.Files.Any(file => file.Entity == entity.Name()))
                .Select(entity => $"(SELECT COUNT(*) FROM {Kept(window.Id, entity)})").DefaultIfEmpty("0"));
        var sha256 = window.Sha256 is { } hash ? SqlText.Quote(hash) : "NULL";
        var counts = string.Join(", ", EntityNames.All.Select(entity => landed[entity]));
        var loaded = string.Join(" + ", EntityNames.All.Select(entity => landed[entity]));
        var watermark = window.Watermark is { } newest
            ? SqlText.Quote(newest.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture))
            : "NULL";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO ops.load_batch (batch_id, load_number, stream, shard, ordinal, first_sequence, last_sequence, watermark,
                flight_rows, baggage_rows, security_rows, ground_rows, duplicates, loaded_at, generation, manifest_sha256, kept_rows,
                last_arrived, gap_after, gap_from, gap_until)
            SELECT {SqlText.Quote(window.Id.BatchId)}, n.load_number, {SqlText.Quote(window.Stream)}, {SqlText.Quote(window.Shard)}, {window.Ordinal},
                {SqlText.Quote(window.FirstSequence)}, {SqlText.Quote(window.LastSequence)}, CAST({watermark} AS TIMESTAMP),
                {counts}, {window.Files.Sum(file => file.Rows)} - ({loaded}) - ({kept}), GETDATE(),
                {window.Generation}, CAST({sha256} AS VARCHAR(64)), {kept}, {Value(window.LastArrived.UtcDateTime)},
                CAST({Value(window.Gap?.After)} AS VARCHAR(129)), CAST({Value(window.Gap?.FromArrived.UtcDateTime)} AS TIMESTAMP),
                CAST({Value(window.Gap?.UntilArrived.UtcDateTime)} AS TIMESTAMP)
            FROM (SELECT COALESCE(MAX(load_number), 0) + 1 AS load_number FROM ops.load_batch) n
            WHERE NOT EXISTS (SELECT 1 FROM ops.load_batch b WHERE b.batch_id = {SqlText.Quote(window.Id.BatchId)})
            """);
    }

    /// <summary>
    /// Notes what the cleaner made of a window's events besides rows, unless the journal has the window: it goes before <see cref="Journal"/>.
    /// </summary>
    /// <returns>The statement; null where there is nothing to note.</returns>
    internal static string? Outcomes(WindowManifest window)
    {
        var rows = CleaningOutcome.Of(window).Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT CAST({SqlText.Quote(one.Outcome)} AS VARCHAR(16)) AS outcome, CAST({SqlText.Quote(one.Reason)} AS VARCHAR(64)) AS reason, CAST({one.Events} AS BIGINT) AS events"))
            .ToList();
        return rows.Count == 0
            ? null
            : $"INSERT INTO ops.load_outcome (batch_id, outcome, reason, events) SELECT {SqlText.Quote(window.Id.BatchId)}, o.outcome, o.reason, o.events "
                + $"FROM ({string.Join(" UNION ALL ", rows)}) o "
                + $"WHERE NOT EXISTS (SELECT 1 FROM ops.load_batch b WHERE b.batch_id = {SqlText.Quote(window.Id.BatchId)})";
    }

    private static string Value(object? value) => SqlText.Literal(value, WarehouseEngine.Redshift);

    private static string BatchIds(IEnumerable<WindowId> windows) => string.Join(", ", windows.Select(window => SqlText.Quote(window.BatchId)));

    /// <summary>Landing tables last as long as their session; a window has its own, so that several share a transaction.</summary>
    private static string Landing(WindowId window, Entity entity) => string.Create(CultureInfo.InvariantCulture, $"landing_{entity.Name()}_{window.Ordinal}");

    private static string Kept(WindowId window, Entity entity) => string.Create(CultureInfo.InvariantCulture, $"kept_{entity.Name()}_{window.Ordinal}");

    private string Role() => iamRole == "default" ? "default" : SqlText.Quote(iamRole);
}
