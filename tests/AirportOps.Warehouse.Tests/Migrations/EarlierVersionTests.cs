using AirportOps.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Warehouse.Tests.Migrations;

public sealed class EarlierVersionTests(ClusterFixture cluster)
{
    /// <summary>All that a warehouse consists of but its rows: columns, views, comments, indexes and rights.</summary>
    private const string Structure =
        """
        SELECT n.nspname, c.relname, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, l.collname, col_description(c.oid, a.attnum),
            CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) WHEN c.relkind = 'i' THEN pg_get_indexdef(c.oid) END, c.relacl
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        LEFT JOIN pg_collation l ON l.oid = a.attcollation
        WHERE n.nspname IN ('staging', 'gold', 'bi', 'ops', 'public')
        ORDER BY n.nspname, c.relname, a.attnum
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions() =>
        [.. ScriptFolder.Shipped.Migrations(WarehouseEngine.Postgres).Where(script => script.Kind == ScriptKind.Versioned).Select(script => script.Name)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_warehouse_of_an_earlier_version_becomes_what_a_new_one_is(string version)
    {
        var folder = TestFolder.Create();
        try
        {
            CopyUpTo(version, folder.FullName);
            await using var database = await cluster.CreateDatabaseAsync();
            await Runner(database, new ScriptFolder(folder.FullName)).UpAsync(Token);

            await Runner(database, ScriptFolder.Shipped).UpAsync(Token);

            await using var fresh = await cluster.CreateMigratedDatabaseAsync();
            Assert.Equal(await fresh.RowsAsync(Structure), await database.RowsAsync(Structure));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The folder as it was when that version was the newest, but for the repeatable scripts, which know what came later.</summary>
    private static void CopyUpTo(string version, string folder)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "warehouse-sql");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(shipped, "migrations")).Where(file => string.CompareOrdinal(Path.GetFileName(file), version) <= 0)
            .Concat(Directory.EnumerateFiles(Path.Combine(shipped, "postgres"))).Append(Path.Combine(shipped, "journal.sql")))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static MigrationRunner Runner(WarehouseDatabase database, ScriptFolder folder) => new(database, folder, TimeProvider.System, NullLogger.Instance);
}
