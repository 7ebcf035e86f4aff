using AirportOps.Reliability;
using AirportOps.Warehouse.Redshift;
using Npgsql;

namespace AirportOps.Warehouse.Tests.Redshift;

public sealed class NpgsqlWarehouseSqlTests(ClusterFixture cluster) : IAsyncLifetime
{
    private const string Settled = "SELECT a FROM public.done";

    private WarehouseDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await cluster.CreateDatabaseAsync();
        await _database.ExecuteAsync("CREATE TABLE public.done (a INTEGER)");
    }

    [Fact]
    public async Task Values_arrive_as_text_whatever_their_type()
    {
        var rows = await Sql().QueryAsync("SELECT CAST(12.34 AS DECIMAL(8,2)), NULL, TRUE, CAST('2026-03-01 14:05' AS TIMESTAMP) UNION ALL SELECT CAST(1 AS DECIMAL(8,2)), 'a', FALSE, NULL", Token);

        Assert.Equal([["12.34", null, "t", "2026-03-01 14:05:00"], ["1.00", "a", "f", null]], rows);
        await RedshiftConnection.CheckDecimalsAsync(Sql(), Token);
    }

    [Fact]
    public async Task A_transaction_is_done_wholly_or_not_at_all()
    {
        var failed = await Assert.ThrowsAsync<WarehouseException>(
            () => Sql().ExecuteAsync(["INSERT INTO public.done VALUES (1)", "INSERT INTO absent VALUES (1)"], Settled, Token));

        Assert.Contains("of which nothing was done: relation \"absent\" does not exist (42P01)", failed.Message, StringComparison.Ordinal);
        Assert.Empty(await Sql().QueryAsync(Settled, Token));
        await Sql().ExecuteAsync(["INSERT INTO public.done VALUES (1)", "INSERT INTO public.done VALUES (2)"], Settled, Token);
        Assert.Equal([["1"], ["2"]], await Sql().QueryAsync(Settled + " ORDER BY a", Token));
    }

    [Theory]
    [InlineData("'XX000', MESSAGE = '1023'", 3)]
    [InlineData("'XX000', MESSAGE = 'could not complete because of conflict with concurrent transaction'", 3)]
    [InlineData("'40001'", 3)]
    [InlineData("'22003', MESSAGE = 'value 1023 out of range'", 1)]
    public async Task A_conflict_repeats_the_whole_on_new_connections(string error, int expectedRuns)
    {
        var processes = new List<int>();
        var sql = new NpgsqlWarehouseSql(_database, new RetryOptions { MaxAttempts = 3, FirstDelay = TimeSpan.Zero }, TimeProvider.System)
        {
            AroundCommit = async (connection, _) =>
            {
                processes.Add(connection.ProcessID);
                await using var raise = new NpgsqlCommand($"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = {error}; END $$", connection);
                await raise.ExecuteNonQueryAsync(Token);
            },
        };

        await Assert.ThrowsAsync<WarehouseException>(() => sql.ExecuteAsync(["INSERT INTO public.done VALUES (1)"], Settled, Token));

        Assert.Equal(expectedRuns, processes.Distinct().Count());
        Assert.Empty(await Sql().QueryAsync(Settled, Token));
    }

    [Fact]
    public async Task An_answer_lost_behind_the_commit_is_settled_by_the_journal()
    {
        var sql = new NpgsqlWarehouseSql(_database, new RetryOptions(), TimeProvider.System)
        {
            AroundCommit = (_, isDone) => isDone ? throw new NpgsqlException("Exception while reading from stream") : Task.CompletedTask,
        };

        await sql.ExecuteAsync(["INSERT INTO public.done VALUES (1)"], Settled, Token);

        Assert.Equal([["1"]], await Sql().QueryAsync(Settled, Token));
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_commit_is_settled_too_and_the_transaction_done_again_once()
    {
        var runs = 0;
        var sql = new NpgsqlWarehouseSql(_database, new RetryOptions { FirstDelay = TimeSpan.Zero }, TimeProvider.System)
        {
            AroundCommit = async (connection, isDone) =>
            {
                if (!isDone && ++runs == 1)
                {
                    await _database.ExecuteAsync($"SELECT pg_terminate_backend({connection.ProcessID})");
                }
            },
        };

        await sql.ExecuteAsync(["INSERT INTO public.done VALUES (1)"], Settled, Token);

        Assert.Equal(2, runs);
        Assert.Equal([["1"]], await Sql().QueryAsync(Settled, Token));
    }

    [Fact]
    public void Connections_to_Redshift_verify_its_name_and_are_neither_pooled_nor_reset()
    {
        var settings = new NpgsqlConnectionStringBuilder(
            RedshiftConnection.ConnectionString("Host=w.eu-west-1.redshift-serverless.amazonaws.com;Database=dev;Username=u;Password=p;SSL Mode=Disable;Pooling=true;Root Certificate=bundle.pem"));

        Assert.Equal((SslMode.VerifyFull, false, true, 0, 0, 5439, "bundle.pem"), (settings.SslMode, settings.Pooling, settings.NoResetOnClose, settings.MaxAutoPrepare, settings.CommandTimeout, settings.Port, settings.RootCertificate));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private NpgsqlWarehouseSql Sql() => new(_database, new RetryOptions(), TimeProvider.System);
}
