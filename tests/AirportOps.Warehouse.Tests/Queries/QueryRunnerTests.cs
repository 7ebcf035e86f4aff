using AirportOps.Warehouse.Queries;

namespace AirportOps.Warehouse.Tests.Queries;

public sealed class QueryRunnerTests(ClusterFixture cluster) : IAsyncLifetime
{
    private WarehouseDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await cluster.CreateDatabaseAsync();
        await _database.ExecuteAsync("CREATE TABLE t (a INTEGER, b VARCHAR(9)); INSERT INTO t VALUES (1, 'x'), (2, NULL);");
    }

    [Fact]
    public async Task A_query_gives_its_columns_and_its_rows()
    {
        await using var result = await new QueryRunner(_database).RunAsync(
            "SELECT a, b, a > 1 AS c, CAST(1.50 AS DECIMAL(9,2)) AS d, CAST('2026-03-01 14:05:00' AS TIMESTAMP) AS e FROM t ORDER BY a;", null, Token);

        Assert.Equal(
            [new("a", "integer"), new("b", "character varying(9)"), new("c", "boolean"), new("d", "numeric(9, 2)"), new("e", "timestamp without time zone")],
            result.Columns);
        Assert.Equal(
            [[1, "x", false, 1.50m, new DateTime(2026, 3, 1, 14, 5, 0)], [2, null, true, 1.50m, new DateTime(2026, 3, 1, 14, 5, 0)]],
            await result.RowsAsync(Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData("DELETE FROM t", "Only one statement that reads can be run: it must start with SELECT, WITH, TABLE, VALUES, SHOW, EXPLAIN.")]
    [InlineData("SELECT 1; DELETE FROM t", "Only one statement that reads can be run: it must start with SELECT, WITH, TABLE, VALUES, SHOW, EXPLAIN.")]
    [InlineData("", "Only one statement that reads can be run: it must start with SELECT, WITH, TABLE, VALUES, SHOW, EXPLAIN.")]
    [InlineData("SELECT 'open", "The query can't be read: line 1: a string is never closed.")]
    [InlineData("WITH d AS (DELETE FROM t RETURNING a) SELECT a FROM d", "The query was refused: cannot execute SELECT in a read-only transaction (25006).")]
    [InlineData("EXPLAIN ANALYZE DELETE FROM t", "The query was refused: cannot execute DELETE in a read-only transaction (25006).")]
    [InlineData("SELECT a INTO u FROM t", "The query was refused: cannot execute SELECT INTO in a read-only transaction (25006).")]
    [InlineData("SELECT a,\n  absent FROM t", "The query was refused: column \"absent\" does not exist (42703), line 2 column 3.")]
    public async Task What_does_not_read_is_refused_and_changes_nothing(string sql, string message)
    {
        var refused = await Assert.ThrowsAsync<WarehouseException>(() => new QueryRunner(_database).RunAsync(sql, null, Token));

        Assert.Equal(message, refused.Message);
        Assert.Equal(["1|x", "2|"], await _database.RowsAsync("SELECT a, b FROM t ORDER BY a"));
    }

    [Fact]
    public async Task A_query_can_not_make_its_transaction_write() =>
        Assert.Contains(
            "A query that only reads has no use for set_config.",
            (await Assert.ThrowsAsync<WarehouseException>(async () =>
            {
                await using var result = await new QueryRunner(_database).RunAsync("SELECT set_config('transaction_read_only', 'off', true)", null, Token);
                await result.RowsAsync(Token).ToListAsync(Token);
            })).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_query_that_takes_too_long_is_stopped()
    {
        var stopped = await Assert.ThrowsAsync<WarehouseException>(
            () => new QueryRunner(_database).RunAsync("SELECT pg_sleep(600)", TimeSpan.FromMilliseconds(50), Token));

        Assert.Equal("The query was stopped after 0.05 s. Narrow it, or allow more time.", stopped.Message);
    }

    [Fact]
    public async Task A_result_left_halfway_stops_its_query()
    {
        // Rows come as they are made, the first flush of the server's buffer after some hundred; the whole takes ten minutes.
        var result = await new QueryRunner(_database).RunAsync(
            "SELECT n, CASE WHEN n > 1000 THEN pg_sleep(600) END FROM generate_series(0, 1001) AS s (n)", null, Token);
        await foreach (var row in result.RowsAsync(Token))
        {
            Assert.Equal(0, row[0]);
            break;
        }

        await result.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();
}
