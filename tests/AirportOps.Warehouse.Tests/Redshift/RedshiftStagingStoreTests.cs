using AirportOps.Cleaning;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Redshift;
using AirportOps.Warehouse.Redshift.DataApi;
using AirportOps.Warehouse.Tests.Loading;
using Microsoft.Extensions.Logging.Abstractions;
using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Warehouse.Tests.Redshift;

/// <summary>The staging store of Redshift through its Data API, which goes wrong as it can; the result is always what the store of PostgreSQL makes.</summary>
public sealed class RedshiftStagingStoreTests(ClusterFixture cluster) : IAsyncLifetime
{
    private const string LakeUri = "s3://bucket/lake";
    private const string Staged =
        """
        SELECT 'f' AS entity, event_id, event_time, flight_number, status, shard, sequence, batch_id FROM staging.flight_event
        UNION ALL SELECT 'b', event_id, event_time, NULL, scan_point, shard, sequence, batch_id FROM staging.baggage_event
        ORDER BY entity, event_id
        """;

    private const string Journal =
        "SELECT batch_id, load_number, stream, shard, ordinal, first_sequence, last_sequence, watermark, flight_rows, baggage_rows, security_rows, ground_rows, duplicates FROM ops.load_batch ORDER BY batch_id";

    private const string Outcomes = "SELECT batch_id, outcome, reason, events FROM ops.load_outcome ORDER BY batch_id, outcome, reason";

    private static readonly RetryOptions AtOnce = new() { FirstDelay = TimeSpan.Zero };

    private readonly SilverLake _silver = new();
    private WarehouseDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await cluster.CreateMigratedDatabaseAsync();

    [Theory]
    [InlineData("Answer", "Batch")]
    [InlineData("LoseAnswer", "Batch Query")]
    [InlineData("Conflict", "Batch Batch")]
    [InlineData("Conflict Conflict LoseAnswer", "Batch Batch Batch Query")]
    [InlineData("AbortAfterCommit", "Batch Query")]
    [InlineData("Forget", "Batch Query")]
    public async Task Whatever_becomes_of_the_calls_a_window_is_there_once(string script, string expectedCalls)
    {
        var windows = await WindowsAsync();
        var api = Api(script);

        Assert.Equal(new LoadOutcome(3, 5, 1), await Store(api).LoadAsync(windows, _silver.Lake, Token));
        // Before it the journal is asked what is loaded, after it what was.
        Assert.Equal($"Query {expectedCalls} Query", string.Join(' ', api.Calls[..^2]));
        Assert.Equal(["Batch", "Query"], api.Calls[^2..]);
        Assert.Equal(default, await Store(api).LoadAsync(windows, _silver.Lake, Token));

        await using var other = await cluster.CreateMigratedDatabaseAsync();
        var postgres = new PostgresStagingStore(other, NullLogger.Instance);
        await postgres.LoadAsync([windows[0], windows[1]], _silver.Lake, Token);
        await postgres.LoadAsync([windows[2]], _silver.Lake, Token);
        Assert.Equal(await other.RowsAsync(Staged), await _database.RowsAsync(Staged));
        Assert.Equal(
            (await other.RowsAsync(Journal)).Select(WithoutLoadNumber), (await _database.RowsAsync(Journal)).Select(WithoutLoadNumber));
        Assert.Equal(3, (await _database.RowsAsync(Outcomes)).Count);
        Assert.Equal(await other.RowsAsync(Outcomes), await _database.RowsAsync(Outcomes));
        var loadedUpTo = await Store(api).LoadedUpToAsync("events", Token);
        Assert.Equal(new Dictionary<string, long> { ["s"] = 2, ["t"] = 1 }, loadedUpTo.ToDictionary(shard => shard.Key, shard => shard.Value.Ordinal));
        Assert.Equal(await postgres.LoadedUpToAsync("events", Token), loadedUpTo);
        Assert.Equal(loadedUpTo["s"], await Store(api).FindLoadedAsync(windows[^1].Shard == "s" ? windows[^1].Id : windows[^2].Id, Token));
    }

    [Fact]
    public async Task A_later_generation_is_loaded_as_on_PostgreSQL()
    {
        var windows = await WindowsAsync();
        var again = windows.Where(window => window.Shard == "s" && window.Ordinal == 2).Select(window => window with { Generation = 2, Sha256 = "abc" }).ToList();
        var store = Store(Api("Answer"));
        await store.LoadAsync(windows, _silver.Lake, Token);
        Assert.Equal(new LoadOutcome(1, 0, 0), await store.LoadAsync(again, _silver.Lake, Token));
        Assert.Equal(default, await store.LoadAsync(again, _silver.Lake, Token));

        await using var other = await cluster.CreateMigratedDatabaseAsync();
        var postgres = new PostgresStagingStore(other, NullLogger.Instance);
        await postgres.LoadAsync(windows, _silver.Lake, Token);
        await postgres.LoadAsync(again, _silver.Lake, Token);
        const string Generations = "SELECT batch_id, flight_rows + baggage_rows, duplicates, kept_rows, generation, manifest_sha256 FROM ops.load_batch ORDER BY batch_id";
        Assert.Equal(await other.RowsAsync(Generations), await _database.RowsAsync(Generations));
        Assert.Equal(await other.RowsAsync(Staged), await _database.RowsAsync(Staged));
        Assert.Equal(await postgres.LoadedUpToAsync("events", Token), await store.LoadedUpToAsync("events", Token));
        Assert.Equal(new LoadedWindow(2, 2, again[0].LastSequence, "abc"), await store.FindLoadedAsync(again[0].Id, Token));
    }

    [Theory]
    [InlineData("AbortBeforeCommit", Fault.Outside, "it was stopped. Try again a little later.")]
    [InlineData("Throttle", Fault.Outside, "Active statements exceeded the allowed quota (200). Try again a little later.")]
    [InlineData("LoseCall", Fault.Outside, "The connection was closed. Try again a little later.")]
    [InlineData("Conflict Conflict Conflict Conflict Conflict", Fault.Ours, "ERROR: 1023. Try again a little later.")]
    public async Task A_transaction_that_did_not_happen_is_told_as_that(string script, Fault fault, string end)
    {
        var windows = await WindowsAsync();

        var failed = await Assert.ThrowsAsync<WarehouseException>(() => Store(Api(script)).LoadAsync(windows, _silver.Lake, Token));

        Assert.Equal(fault, failed.Fault);
        Assert.EndsWith(end, failed.Message, StringComparison.Ordinal);
        Assert.Empty(await _database.RowsAsync(Staged));
        Assert.Empty(await _database.RowsAsync(Journal));
    }

    [Fact]
    public async Task What_the_database_refuses_is_not_repeated()
    {
        var windows = await WindowsAsync();
        await _database.ExecuteAsync("ALTER TABLE staging.flight_event DROP COLUMN seats");
        var api = Api("");

        var failed = await Assert.ThrowsAsync<WarehouseException>(() => Store(api).LoadAsync(windows, _silver.Lake, Token));

        Assert.Equal(Fault.Operator, failed.Fault);
        Assert.Contains("\"seats\" of relation", failed.Message, StringComparison.Ordinal);
        Assert.Equal(["Query", "Batch"], api.Calls);
        Assert.Empty(await _database.RowsAsync(Journal));
    }

    [Fact]
    public async Task Cancelled_while_it_waits_it_stops_the_statement()
    {
        var windows = await WindowsAsync();
        var api = Api("Hang");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var load = Store(api).LoadAsync(windows, _silver.Lake, stop.Token);
        await api.Hanging.Task.WaitAsync(Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        Assert.Equal("Cancel", api.Calls[^1]);
        Assert.Empty(await _database.RowsAsync(Journal));
    }

    [Fact]
    public async Task Loaders_at_once_load_each_window_once()
    {
        var windows = await WindowsAsync();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Store(Api("")).LoadAsync(windows, _silver.Lake, Token)));

        Assert.Equal(5, (await _database.RowsAsync(Staged)).Count);
        Assert.Equal(3, (await _database.RowsAsync(Journal)).Count);
    }

    [Fact]
    public async Task A_loader_that_another_overtakes_between_its_question_and_its_lock_copies_and_counts_nothing_twice()
    {
        var windows = await WindowsAsync();
        var redshift = new FakeRedshift(_database, _silver.Lake, LakeUri);
        var slow = new ScriptedDataApi(redshift)
        {
            BeforeBatch = async () => Assert.Equal(
                new LoadOutcome(2, 4, 0), await Store(new ScriptedDataApi(redshift)).LoadAsync([windows[0], windows[1]], _silver.Lake, Token)),
        };

        var outcome = await Store(slow).LoadAsync(windows, _silver.Lake, Token);

        Assert.Equal(new LoadOutcome(1, 1, 1), outcome);
        Assert.Equal(["Query", "Batch", "Query", "Batch", "Query"], slow.Calls);
        var copies = redshift.Done.Where(statement => statement.StartsWith("COPY", StringComparison.Ordinal)).ToList();
        Assert.Equal(windows.Count, copies.Count);
        Assert.Equal(copies, copies.Distinct());
        Assert.Equal(3, (await _database.RowsAsync(Journal)).Count);
        Assert.Equal(5, (await _database.RowsAsync(Staged)).Count);
    }

    [Fact]
    public async Task More_windows_than_fit_a_batch_take_several()
    {
        var windows = new List<WindowManifest>();
        for (var index = 0; index < 10; index++)
        {
            windows.Add(await _silver.WindowAsync("s", Entity.FlightEvent, Flight($"f{index}", "14:00", "departed")));
        }

        var api = Api("");

        Assert.Equal(new LoadOutcome(10, 10, 0), await Store(api).LoadAsync(windows, _silver.Lake, Token));
        // Of a window 4 statements and its journal row; with the lock and the look behind it 37 for seven of them.
        Assert.Equal(["Query", "Batch", "Query", "Batch", "Query"], api.Calls);
        Assert.Equal(["7|1", "3|2"], await _database.RowsAsync("SELECT COUNT(*), MAX(CASE WHEN ordinal <= 7 THEN 1 ELSE 2 END) FROM ops.load_batch GROUP BY CASE WHEN ordinal <= 7 THEN 1 ELSE 2 END ORDER BY 2"));
    }

    [Fact]
    public async Task A_window_before_its_turn_is_refused()
    {
        var windows = await WindowsAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Store(Api("")).LoadAsync([windows[1]], _silver.Lake, Token));
    }

    [Fact]
    public void A_lake_that_Redshift_can_not_read_is_refused() =>
        Assert.Throws<ArgumentException>(() => new RedshiftStagingStore(Sql(Api("")), new RedshiftLoadOptions { LakeUri = "file:lake" }, NullLogger.Instance));

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _silver.Dispose();
    }

    /// <summary>Two windows of one shard, one with two days; and one of another with a bag and an event that the first shard has too.</summary>
    private async Task<IReadOnlyList<WindowManifest>> WindowsAsync() =>
    [
        await _silver.WindowAsync("s", Entity.FlightEvent, Flight("f1", "14:00", "scheduled"), Flight("f2", "23:59", "departed"), new SilverRow("f3", At("23:59").AddDays(1), Flight("x", "14:00", "arrived").Fields)),
        await _silver.WindowAsync("s", Entity.BaggageEvent, new SilverRow("b1", At("12:00"), new Dictionary<string, object> { ["bag_tag"] = "0001234567", ["scan_point"] = "loaded" })),
        SilverLake.WithOutcomes(await _silver.WindowAsync("t", Entity.FlightEvent, Flight("f2", "23:59", "departed"), Flight("f4", "15:00", "departed"))),
    ];

    private static string WithoutLoadNumber(string row)
    {
        var values = row.Split('|').ToList();
        values.RemoveAt(1);
        return string.Join('|', values);
    }

    private ScriptedDataApi Api(string script) => new(
        new FakeRedshift(_database, _silver.Lake, LakeUri),
        script.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<DataCall>));

    private static DataApiWarehouse Sql(IRedshiftDataClient api) => new(
        api, new DataApiOptions { Location = "workgroup/dev", Retry = AtOnce, FirstPoll = TimeSpan.Zero, MaxPoll = TimeSpan.FromMilliseconds(1) }, TimeProvider.System, NullLogger.Instance);

    private static RedshiftStagingStore Store(IRedshiftDataClient api) =>
        new(Sql(api), new RedshiftLoadOptions { LakeUri = LakeUri + "/", IamRole = "arn:aws:iam::123456789012:role/lake" }, NullLogger.Instance);
}
