using AirportOps.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Warehouse.Tests.Migrations;

/// <summary>The runner as it works on Redshift, with scripts that PostgreSQL reads too.</summary>
public sealed class RedshiftRunnerTests(ClusterFixture cluster) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = TestFolder.Create();
    private WarehouseDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await cluster.CreateDatabaseAsync();
        // As PostgreSQL reads it; what is tried here is who runs what and when.
        var journal = ScriptFolder.Shipped.Journal().Statements(WarehouseEngine.Postgres).Select(statement => $"{statement.Text};\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "journal.sql"), string.Concat(journal));
        Write("postgres/shims.sql", "CREATE SCHEMA shims;");
        Write("migrations/V0001__one.sql", "CREATE TABLE one (a INTEGER);");
        await Runner().UpAsync(Token);
        for (var number = 2; number <= 6; number++)
        {
            Write($"migrations/V000{number}__more.sql", $"INSERT INTO one VALUES ({number});");
        }

        Write("repeatable/R__view.sql", "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT a FROM one;");
    }

    [Fact]
    public async Task Runners_that_start_at_once_apply_each_script_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Runner().UpAsync(Token)));

        Assert.Equal(
            ["R__view.sql", "V0002__more.sql", "V0003__more.sql", "V0004__more.sql", "V0005__more.sql", "V0006__more.sql"],
            applied.SelectMany(names => names).Order(StringComparer.Ordinal));
        Assert.Equal(["2", "3", "4", "5", "6"], await _database.RowsAsync("SELECT a FROM v ORDER BY a"));
    }

    [Fact]
    public async Task The_shims_are_not_for_Redshift()
    {
        Assert.Empty(await _database.RowsAsync("SELECT 1 FROM information_schema.schemata WHERE schema_name = 'shims'"));
        Assert.DoesNotContain(await Runner().StatusAsync(Token), script => script.Kind == ScriptKind.Shim);
    }

    [Fact]
    public void A_plan_for_Redshift_has_its_attributes_and_no_index_and_starts_with_the_journal()
    {
        var plan = MigrationRunner.PlanFromEmpty(ScriptFolder.Shipped, WarehouseEngine.Redshift);

        Assert.Equal("journal.sql", plan[0].Name);
        var sql = string.Join("\n", plan.SelectMany(script => script.Statements).Select(statement => statement.Text));
        Assert.Contains("DISTSTYLE KEY DISTKEY(event_id) SORTKEY(flight_date, airline, flight_number, origin)", sql, StringComparison.Ordinal);
        Assert.Contains("IDENTITY(1,1)", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("CREATE INDEX", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("shims", sql, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_for_PostgreSQL_has_indexes_and_none_of_those_attributes()
    {
        var plan = MigrationRunner.PlanFromEmpty(ScriptFolder.Shipped, WarehouseEngine.Postgres);

        var sql = string.Join("\n", plan.SelectMany(script => script.Statements).Select(statement => statement.Text));
        Assert.Contains("CREATE INDEX flight_event_sort ON staging.flight_event", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("DISTKEY", sql, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private MigrationRunner Runner() =>
        new(_database, new ScriptFolder(_folder.FullName), TimeProvider.System, NullLogger.Instance) { Engine = WarehouseEngine.Redshift };

    private void Write(string path, string sql)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, sql);
    }
}
