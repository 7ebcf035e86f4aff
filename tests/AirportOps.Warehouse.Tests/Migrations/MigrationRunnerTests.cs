using AirportOps.Reliability;
using AirportOps.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Warehouse.Tests.Migrations;

public sealed class MigrationRunnerTests(ClusterFixture cluster) : IAsyncLifetime
{
    private const string Journal = "SELECT script_name FROM ops.migration ORDER BY script_name";

    private readonly DirectoryInfo _folder = TestFolder.Create();
    private WarehouseDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await cluster.CreateDatabaseAsync();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "warehouse-sql", "journal.sql"), Path.Combine(_folder.FullName, "journal.sql"));
        Write("migrations/V0001__one.sql", "CREATE TABLE one (a INTEGER); INSERT INTO one VALUES (1);");
        Write("migrations/V0002__two.sql", "INSERT INTO one VALUES (2);");
        Write("repeatable/R__view.sql", "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT a FROM one;");
    }

    [Fact]
    public async Task The_shipped_scripts_bring_an_empty_database_up_and_have_nothing_to_do_then()
    {
        var runner = Runner(_database, ScriptFolder.Shipped);
        var planned = await runner.PlanAsync(Token);

        Assert.Equal(planned.Select(script => script.Name), await runner.UpAsync(Token));

        Assert.Empty(await runner.UpAsync(Token));
        Assert.All(await runner.StatusAsync(Token), script => Assert.Equal(ScriptState.Applied, script.State));
        Assert.Equal(
            ["baggage_event", "flight_event", "ground_event", "security_event"],
            await _database.RowsAsync("SELECT table_name FROM information_schema.tables WHERE table_schema = 'staging' ORDER BY 1"));
    }

    [Fact]
    public async Task Everything_that_the_shipped_scripts_create_has_a_comment()
    {
        await Runner(_database, ScriptFolder.Shipped).UpAsync(Token);

        Assert.Empty(await _database.RowsAsync(
            """
            SELECT n.nspname || '.' || c.relname || '.' || COALESCE(a.attname, '')
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND (a.attnum > 0 OR a.attname = 'tableoid') AND NOT a.attisdropped
            LEFT JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = CASE WHEN a.attnum > 0 THEN a.attnum ELSE 0 END
            WHERE c.relkind IN ('r', 'v', 'm') AND n.nspname IN ('staging', 'gold', 'bi', 'ops') AND d.description IS NULL
            """));
    }

    [Fact]
    public async Task Runners_that_start_at_once_apply_each_script_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Runner().UpAsync(Token)));

        Assert.Equal(["V0001__one.sql", "V0002__two.sql", "R__view.sql"], applied.SelectMany(names => names));
        Assert.Equal(["1", "2"], await _database.RowsAsync("SELECT a FROM v ORDER BY a"));
        Assert.Equal(["V0001__one.sql", "V0002__two.sql"], await _database.RowsAsync("SELECT scriptname FROM public.schemaversions ORDER BY schemaversionsid"));
    }

    [Fact]
    public async Task A_script_that_fails_in_the_middle_leaves_nothing_of_itself_and_is_named_with_its_line()
    {
        Write("migrations/V0002__two.sql", "INSERT INTO one VALUES (2);\nCREATE TABLE two (b INTEGER);\n\nINSERT INTO one\nSELECT b FROM\n  absent;");

        var failed = await Assert.ThrowsAsync<MigrationException>(() => Runner().UpAsync(Token));

        Assert.Equal(
            "V0002__two.sql line 6: relation \"absent\" does not exist (42P01), in: INSERT INTO one SELECT b FROM absent Nothing of this script was applied; mend it and migrate again.",
            failed.Message);
        Assert.Equal(("V0002__two.sql", 6, Fault.Operator), (failed.Script, failed.Line, failed.Fault));
        Assert.Equal(["1"], await _database.RowsAsync("SELECT a FROM one"));
        Assert.Equal(["V0001__one.sql"], await _database.RowsAsync(Journal));

        Write("migrations/V0002__two.sql", "INSERT INTO one VALUES (2);");
        Assert.Equal(["V0002__two.sql", "R__view.sql"], await Runner().UpAsync(Token));
    }

    [Fact]
    public async Task An_applied_script_that_was_edited_stops_everything()
    {
        await Runner().UpAsync(Token);
        Write("migrations/V0001__one.sql", "CREATE TABLE one (a BIGINT);");
        Write("migrations/V0003__three.sql", "CREATE TABLE three (a INTEGER);");

        var refused = await Assert.ThrowsAsync<MigrationException>(() => Runner().UpAsync(Token));

        Assert.Equal(
            $"V0001__one.sql was changed after it was applied to {_database.Location}. Restore the file and put the change into a new script.", refused.Message);
        Assert.Equal(
            [ScriptState.Edited, ScriptState.Applied, ScriptState.Pending, ScriptState.Applied],
            (await Runner().StatusAsync(Token)).Select(script => script.State));
        Assert.Empty(await _database.RowsAsync("SELECT 1 FROM information_schema.tables WHERE table_name = 'three'"));
    }

    [Fact]
    public async Task Line_ends_are_no_edit()
    {
        await Runner().UpAsync(Token);
        Write("migrations/V0002__two.sql", "INSERT INTO one VALUES (2);\r\n");
        var changed = (await Runner().StatusAsync(Token)).Single(script => script.Name == "V0002__two.sql").State;
        Write("migrations/V0001__one.sql", "CREATE TABLE one (a INTEGER); INSERT INTO one VALUES (1);".ReplaceLineEndings("\r\n"));
        var same = (await Runner().StatusAsync(Token)).Single(script => script.Name == "V0001__one.sql").State;

        Assert.Equal((ScriptState.Edited, ScriptState.Applied), (changed, same));
    }

    [Theory]
    [InlineData("V0002__two.sql", "is newer than this program: it has V0002__two.sql, this program knows up to V0001. Use a newer program.")]
    [InlineData("V0001__one.sql", "V0001__one.sql was applied to")]
    public async Task An_applied_script_without_a_file_stops_everything(string gone, string message)
    {
        await Runner().UpAsync(Token);
        File.Delete(Path.Combine(_folder.FullName, "migrations", gone));

        var refused = await Assert.ThrowsAsync<MigrationException>(() => Runner().UpAsync(Token));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_script_with_an_old_number_stops_everything()
    {
        File.Delete(Path.Combine(_folder.FullName, "migrations", "V0001__one.sql"));
        Write("migrations/V0002__two.sql", "CREATE TABLE one (a INTEGER);");
        await Runner().UpAsync(Token);
        Write("migrations/V0001__late.sql", "SELECT 1;");

        var refused = await Assert.ThrowsAsync<MigrationException>(() => Runner().UpAsync(Token));

        Assert.Equal($"V0001__late.sql is older than what was applied to {_database.Location} already. Give it the next free number.", refused.Message);
    }

    [Fact]
    public async Task A_repeatable_script_runs_again_when_it_changes()
    {
        await Runner().UpAsync(Token);
        Write("repeatable/R__view.sql", "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT a + 10 AS a FROM one;");

        Assert.Equal(["R__view.sql"], await Runner().UpAsync(Token));
        Assert.Equal(["11", "12"], await _database.RowsAsync("SELECT a FROM v ORDER BY a"));
    }

    [Fact]
    public async Task What_DbUp_applied_counts_as_applied()
    {
        await _database.ExecuteAsync(
            """
            CREATE TABLE "schemaversions" (schemaversionsid serial NOT NULL, scriptname character varying(255) NOT NULL,
                applied timestamp without time zone NOT NULL, CONSTRAINT "PK_schemaversions_Id" PRIMARY KEY (schemaversionsid));
            INSERT INTO "schemaversions" (ScriptName, Applied) VALUES ('V0001__one.sql', '2026-03-01');
            CREATE TABLE one (a INTEGER);
            """);

        Assert.Equal(["V0002__two.sql", "R__view.sql"], await Runner().UpAsync(Token));
    }

    [Fact]
    public async Task A_statement_that_can_not_run_in_a_transaction_runs_without()
    {
        Write("migrations/V0003__alone.sql", "-- transaction: none\nVACUUM one;");

        Assert.Equal(["V0001__one.sql", "V0002__two.sql", "V0003__alone.sql", "R__view.sql"], await Runner().UpAsync(Token));
    }

    [Fact]
    public async Task Two_scripts_with_one_number_are_refused()
    {
        Write("migrations/V0002__twin.sql", "SELECT 1;");

        var refused = await Assert.ThrowsAsync<MigrationException>(() => Runner().UpAsync(Token));

        Assert.Equal("V0002__twin.sql and V0002__two.sql have the same number. Give one the next free number.", refused.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static MigrationRunner Runner(WarehouseDatabase database, ScriptFolder folder) =>
        new(database, folder, TimeProvider.System, NullLogger.Instance);

    private MigrationRunner Runner() => Runner(_database, new ScriptFolder(_folder.FullName));

    private void Write(string path, string sql)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, sql);
    }
}
