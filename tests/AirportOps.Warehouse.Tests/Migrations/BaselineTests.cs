using AirportOps.Reliability;
using AirportOps.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Warehouse.Tests.Migrations;

public sealed class BaselineTests(ClusterFixture cluster) : IAsyncLifetime
{
    private const string Journal = "SELECT script_name, statements FROM ops.migration WHERE kind = 'versioned' ORDER BY script_name";

    private WarehouseDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await cluster.CreateMigratedDatabaseAsync();

    [Fact]
    public async Task A_warehouse_that_lost_its_journal_is_adopted_and_goes_on_from_there()
    {
        await _database.ExecuteAsync("DROP TABLE ops.migration; DROP TABLE public.schemaversions");
        var versioned = (await Runner().StatusAsync(Token)).Where(script => script.Kind == ScriptKind.Versioned).Select(script => script.Name).ToList();

        Assert.Equal(versioned, await Runner().BaselineAsync(versioned[^1], Token));

        Assert.Equal(versioned.Select(name => $"{name}|0"), await _database.RowsAsync(Journal));
        Assert.Equal(versioned, await _database.RowsAsync("SELECT scriptname FROM public.schemaversions ORDER BY schemaversionsid"));
        var rest = await Runner().UpAsync(Token);
        Assert.DoesNotContain(rest, name => name.StartsWith('V'));
        Assert.NotEmpty(rest);
        Assert.Empty(await Runner().UpAsync(Token));
    }

    [Fact]
    public async Task Only_what_the_journal_has_not_is_noted()
    {
        await _database.ExecuteAsync("DELETE FROM ops.migration WHERE script_name = 'V0002__create_staging.sql'; DELETE FROM public.schemaversions WHERE scriptname = 'V0002__create_staging.sql'");

        Assert.Equal(["V0002__create_staging.sql"], await Runner().BaselineAsync("V0003", Token));
        Assert.Empty(await Runner().BaselineAsync("V0003", Token));
        Assert.Empty(await Runner().UpAsync(Token));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_named_with_the_script_and_line_that_would_make_it()
    {
        await _database.ExecuteAsync("DROP TABLE ops.migration; DROP TABLE public.schemaversions; DROP TABLE staging.security_event");

        var refused = await Assert.ThrowsAsync<MigrationException>(() => Runner().BaselineAsync("V0003", Token));

        Assert.StartsWith($"V0002__create_staging.sql line {refused.Line} creates staging.security_event, which {_database.Location} has not.", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await _database.RowsAsync("SELECT 1 FROM information_schema.tables WHERE table_name = 'schemaversions'"));
    }

    [Fact]
    public async Task A_version_that_is_none_is_refused()
    {
        var refused = await Assert.ThrowsAsync<UsageException>(() => Runner().BaselineAsync("V9999", Token));

        Assert.StartsWith("There is no migration V9999; the first is V0001__create_schemas.sql, the last V", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_script_stops_it()
    {
        await _database.ExecuteAsync("UPDATE ops.migration SET checksum = 'x' WHERE script_name = 'V0001__create_schemas.sql'");

        var refused = await Assert.ThrowsAsync<MigrationException>(() => Runner().BaselineAsync("V0003", Token));

        Assert.Equal("V0001__create_schemas.sql", refused.Script);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private MigrationRunner Runner() => new(_database, ScriptFolder.Shipped, TimeProvider.System, NullLogger.Instance);
}
