using AirportOps.Aws.Redshift;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Cleaning;
using AirportOps.Pipeline.Loading;
using AirportOps.Reference;
using AirportOps.Reliability;
using AirportOps.Warehouse;
using AirportOps.Warehouse.DataTests;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Redshift;
using AirportOps.Warehouse.Tests;
using AirportOps.Warehouse.Tests.Redshift;
using Microsoft.Extensions.Logging.Abstractions;
using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Aws.Tests.Redshift;

/// <summary>Redshift by its wire protocol: temporary credentials, then migrations, load, build and tests over Npgsql.</summary>
public sealed class NpgsqlRouteTests(ClusterFixture cluster) : IAsyncLifetime
{
    private static readonly RetryOptions AtOnce = new() { MaxAttempts = 3, FirstDelay = TimeSpan.FromMilliseconds(1) };

    private RedshiftStand _stand = null!;
    private RedshiftWire _wire = null!;
    private RedshiftLogins _logins = null!;
    private WarehouseDatabase _warehouse = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stand = await RedshiftStand.CreateAsync(cluster, isMigrated: false);
        _wire = new RedshiftWire(
            cluster.ConnectionStringOf(_stand.Database),
            new ManifestCopy(_stand.Silver.Lake, RedshiftStand.LakeUri),
            (user, password) => _stand.Service.Passwords.TryGetValue(user, out var given) && given.Contains(password));
        _stand.Service.WorkgroupEndpoint = ("127.0.0.1", _wire.Port);
        _logins = new RedshiftLogins(RedshiftPlace.Parse("redshift://airport/dev?via=npgsql"), TestAws.Options(_stand.Endpoint.Url), RedshiftStand.AtOnce, _stand.Log, TimeProvider.System);
        _warehouse = WarehouseDatabase.OpenRedshift("redshift://airport/dev", NextAsync, _logins);
    }

    [Fact]
    public async Task Migrations_load_build_and_tests_run_over_the_wire()
    {
        await RedshiftConnection.CheckDecimalsAsync(new NpgsqlWarehouseSql(_warehouse, AtOnce, TimeProvider.System), Token);
        Assert.NotEmpty(await Runner().UpAsync(Token));
        var window = await _stand.Silver.WindowAsync(
            "s", Entity.FlightEvent, Flight("f1", "14:01", "departed", "actual_departure", "14:00", "passengers", 90, "seats", 100), Flight("f2", "20:10", "arrived", "actual_arrival", "20:07"));
        var staging = new RedshiftStagingStore(
            new NpgsqlWarehouseSql(_warehouse, AtOnce, TimeProvider.System), new RedshiftLoadOptions { LakeUri = RedshiftStand.LakeUri }, NullLogger.Instance);

        Assert.Equal(new LoadOutcome(1, 2, 0), await staging.LoadAsync([window], _stand.Silver.Lake, Token));
        Assert.Equal(1, (await Build().RunAsync(Token)).BuildNumber);
        Assert.Equal(0, (await Build().RunAsync(Token)).BuildNumber);
        var tested = await new DataTestRunner(_warehouse, ScriptFolder.Shipped, null, TimeProvider.System, NullLogger.Instance).RunAsync("fact_flight", null, Token);

        Assert.All(tested, result => Assert.NotEqual(DataTestState.Failed, result.State));
        await using var answer = await new QueryRunner(_warehouse).RunAsync("SELECT status, flight_date, passengers, load_factor, is_cancelled, actual_departure FROM gold.fact_flight WHERE flight_key > 0", null, Token);
        var row = Assert.Single(await answer.RowsAsync(Token).ToListAsync(Token));
        Assert.Equal(["arrived", new DateOnly(2026, 3, 1), 90, 0.9m, false, new DateTime(2026, 3, 1, 14, 0, 0)], row);
        // Every connection had a password of its own, and no command two statements.
        Assert.Equal(_wire.Logins.Count, _wire.Logins.Select(login => login.Password).Distinct().Count());
        Assert.All(_wire.Logins, login => Assert.Equal("IAMR:loader", login.User));
        Assert.Contains(_wire.Ran, sql => sql.StartsWith("COPY landing_flight_event_1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_load_that_another_loader_overtakes_before_its_lock_copies_nothing()
    {
        await Runner().UpAsync(Token);
        var window = await _stand.Silver.WindowAsync("s", Entity.FlightEvent, Flight("f1", "14:01", "departed"));
        var other = new PostgresStagingStore(_stand.Database, NullLogger.Instance);
        var isOvertaken = false;
        _wire.Refuse = sql =>
        {
            if (!isOvertaken && sql.StartsWith("LOCK TABLE ops.load_lock", StringComparison.Ordinal))
            {
                // The statement waits meanwhile, as it would for a lock.
                isOvertaken = true;
                Assert.Equal(new LoadOutcome(1, 1, 0), other.LoadAsync([window], _stand.Silver.Lake, Token).GetAwaiter().GetResult());
            }

            return null;
        };
        var staging = new RedshiftStagingStore(
            new NpgsqlWarehouseSql(_warehouse, AtOnce, TimeProvider.System), new RedshiftLoadOptions { LakeUri = RedshiftStand.LakeUri }, NullLogger.Instance);

        var outcome = await staging.LoadAsync([window], _stand.Silver.Lake, Token);

        Assert.True(isOvertaken);
        Assert.Equal(default, outcome);
        Assert.DoesNotContain(_wire.Ran, sql => sql.StartsWith("COPY", StringComparison.Ordinal));
        Assert.Equal(["1"], await _stand.Database.RowsAsync("SELECT COUNT(*) FROM ops.load_batch"));
    }

    [Fact]
    public async Task A_conflict_repeats_the_whole_build_on_a_new_connection()
    {
        await Runner().UpAsync(Token);
        var conflicts = 0;
        _wire.Refuse = sql => sql.StartsWith("CREATE TEMP TABLE reference_airline", StringComparison.Ordinal) && conflicts++ < 2 ? ("XX000", "1023") : null;

        await Build().RunAsync(Token);

        Assert.Equal(3, conflicts);
        Assert.Equal(["1"], await _stand.Database.RowsAsync("SELECT COUNT(*) FROM ops.reference_load"));
    }

    [Fact]
    public async Task A_refused_login_is_one_line_without_the_password()
    {
        _stand.Service.Passwords.Clear();
        _stand.Service.Secret = """{"username":"stranger","password":"hush"}""";
        using var logins = new RedshiftLogins(RedshiftPlace.Parse($"redshift://airport/dev?via=npgsql&secret={RedshiftService.SecretArn}"), TestAws.Options(_stand.Endpoint.Url), RedshiftStand.AtOnce, _stand.Log, TimeProvider.System);
        await using var warehouse = WarehouseDatabase.OpenRedshift("redshift://airport/dev", stop => NextAsync(logins, stop), null);

        var refused = await Assert.ThrowsAsync<WarehouseException>(() => new QueryRunner(warehouse).RunAsync("SELECT 1", null, Token));

        Assert.StartsWith("The warehouse at redshift://airport/dev can't be reached: password authentication failed for user \"stranger\" (28P01).", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_over_the_wire_can_not_write_and_ends_in_time()
    {
        var written = await Assert.ThrowsAsync<WarehouseException>(() => new QueryRunner(_warehouse).RunAsync("SELECT 1 AS a INTO public.made", null, Token));
        Assert.Contains("read-only transaction", written.Message, StringComparison.Ordinal);

        var late = await Assert.ThrowsAsync<WarehouseException>(() => new QueryRunner(_warehouse).RunAsync("SELECT pg_sleep(60)", TimeSpan.FromMilliseconds(100), Token));
        Assert.Equal("The query was stopped after 0.1 s. Narrow it, or allow more time.", late.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await _warehouse.DisposeAsync();
        await _wire.DisposeAsync();
        await _stand.DisposeAsync();
    }

    private Task<string> NextAsync(CancellationToken cancellationToken) => NextAsync(_logins, cancellationToken);

    private static async Task<string> NextAsync(RedshiftLogins logins, CancellationToken cancellationToken)
    {
        var login = await logins.NextAsync(cancellationToken);
        return RedshiftConnection.ConnectionString(login.Host, login.Port, "dev", login.User, login.Password, null, isPlain: true);
    }

    private MigrationRunner Runner() => new(_warehouse, ScriptFolder.Shipped, TimeProvider.System, NullLogger.Instance);

    private GoldBuild Build() => new(_warehouse, ScriptFolder.Shipped, ReferenceTables.Default, TimeProvider.System, NullLogger.Instance) { Retry = AtOnce };
}
