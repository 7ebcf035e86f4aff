using AirportOps.Cleaning;
using AirportOps.Parquet;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;
using AirportOps.Warehouse.Loading;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Warehouse.Tests.Loading;

public sealed class PostgresStagingStoreTests(ClusterFixture cluster) : IAsyncLifetime
{
    private const string Staged = "SELECT event_id, batch_id FROM staging.flight_event ORDER BY event_id";
    private const string Journal = "SELECT batch_id, flight_rows, duplicates, load_number FROM ops.load_batch ORDER BY batch_id";

    private readonly SilverLake _silver = new();
    private WarehouseDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await cluster.CreateMigratedDatabaseAsync();

    [Fact]
    public async Task Staging_tables_have_the_columns_of_Silver_and_the_batch()
    {
        foreach (var entity in EntityNames.All)
        {
            var expected = SilverSchema.Of(entity).Columns
                .Select(column => $"{column.Name}|{TypeOf(column.Type)}|{(column.IsOptional ? "YES" : "NO")}").Append("batch_id|character varying|YES");

            Assert.Equal(
                expected.Order(StringComparer.Ordinal),
                (await _database.RowsAsync(
                    $"SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'staging' AND table_name = '{entity.Name()}'"))
                    .Order(StringComparer.Ordinal));
        }

        static string TypeOf(ParquetType type) => type switch
        {
            ParquetType.Utf8 => "character varying",
            ParquetType.Int32 => "integer",
            ParquetType.Double => "double precision",
            ParquetType.Date => "date",
            _ => "timestamp without time zone",
        };
    }

    [Fact]
    public async Task A_row_arrives_with_every_value_as_Silver_has_it()
    {
        var row = SilverRow.Flight(
            "é\0", "14:05:06.123457", "departed", "flight_suffix", "A", "actual_departure", "14:00", "delay_minutes", -5, "extras", "{\"k\":\"\\\"\"}");
        var bag = new SilverRow("b", SilverRow.At("01:00"), new Dictionary<string, object> { ["bag_tag"] = "0001234567", ["scan_point"] = "loaded", ["weight_kg"] = 20.25 });

        await LoadAsync(await _silver.WindowAsync("s", Entity.FlightEvent, row), await _silver.WindowAsync("s", Entity.BaggageEvent, bag));

        Assert.Equal(
            ["é\uFFFD|2026-03-01 14:05:06.123457|2026-03-01 14:05:07.123457||JFK|AA|100|A|2026-03-01|JFK|LHR|||departed|||2026-03-01 14:00:00||||||-5||||||||||{\"k\":\"\\\"\"}||s|1|events/s/000000000001|||||||"],
            await _database.RowsAsync("SELECT * FROM staging.flight_event"));
        Assert.Equal(["b|0001234567|loaded|20.25|"], await _database.RowsAsync("SELECT event_id, bag_tag, scan_point, weight_kg, airline FROM staging.baggage_event"));
    }

    [Fact]
    public async Task Columns_go_by_name_so_an_older_or_a_newer_file_loads_as_well()
    {
        var now = SilverSchema.Of(Entity.FlightEvent).Columns;
        var older = now.TakeWhile(column => column.Name != "wheels_off").ToList();
        ParquetColumn[] newer = [new("made_up_first", ParquetType.Int32, true), .. now.Reverse(), new("made_up", ParquetType.Utf8, true)];
        object?[] fields = ["wheels_off", SilverRow.At("14:10"), "codeshare_of", "BA1", "made_up", "x", "made_up_first", 7];

        await LoadAsync(
            await _silver.WindowAsync("s", Entity.FlightEvent, older, [SilverRow.Flight("a", "14:00", "departed", fields)]),
            await _silver.WindowAsync("s", Entity.FlightEvent, newer, [SilverRow.Flight("b", "14:00", "departed", fields)]));

        Assert.Equal(
            ["a|||AA|s|1|departed", "b|2026-03-01 14:10:00|BA1|AA|s|1|departed"],
            await _database.RowsAsync("SELECT event_id, wheels_off, codeshare_of, airline, shard, sequence, status FROM staging.flight_event ORDER BY event_id"));
    }

    [Fact]
    public async Task A_window_loaded_twice_is_there_once()
    {
        var first = await _silver.WindowAsync("s", Entity.FlightEvent, Rows("a", "b"));
        var second = await _silver.WindowAsync("s", Entity.FlightEvent, Rows("c"));

        Assert.Equal(new LoadOutcome(1, 2, 0), await LoadAsync(first));
        Assert.Equal(new LoadOutcome(1, 1, 0), await LoadAsync(first, second));
        Assert.Equal(default, await LoadAsync(first, second));

        Assert.Equal(["a|events/s/000000000001", "b|events/s/000000000001", "c|events/s/000000000002"], await _database.RowsAsync(Staged));
        Assert.Equal(["events/s/000000000001|2|0|1", "events/s/000000000002|1|0|2"], await _database.RowsAsync(Journal));
        var loadedUpTo = await new PostgresStagingStore(_database, NullLogger.Instance).LoadedUpToAsync("events", Token);
        Assert.Equal([new KeyValuePair<string, long>("s", 2)], loadedUpTo.Select(shard => new KeyValuePair<string, long>(shard.Key, shard.Value.Ordinal)));
    }

    [Fact]
    public async Task A_later_generation_keeps_the_rows_that_the_windows_it_replaces_had_loaded()
    {
        await LoadAsync(
            await _silver.WindowAsync("s", Entity.FlightEvent, Rows("a", "b")),
            SilverLake.WithOutcomes(await _silver.WindowAsync("s", Entity.FlightEvent, Rows("c"))),
            SilverLake.WithOutcomes(await _silver.WindowAsync("s", Entity.FlightEvent, Rows("d", "e"))),
            await _silver.WindowAsync("t", Entity.FlightEvent, Rows("f")));

        // The lake was restored as it was after window 1; its next windows are cut elsewhere, and 'a' came once more.
        var second = SilverLake.WithOutcomes(await _silver.WindowAsync("s", Entity.FlightEvent, Rows("c", "d", "f", "a"))) with { Ordinal = 2, Generation = 2 };
        var third = SilverLake.WithOutcomes(await _silver.WindowAsync("s", Entity.FlightEvent, Rows("e", "g"))) with { Ordinal = 3, Generation = 2 };
        Assert.Equal(new LoadOutcome(2, 1, 2), await LoadAsync(second, third));
        Assert.Equal(default, await LoadAsync(second, third));

        Assert.Equal(
            ["a|events/s/000000000001", "b|events/s/000000000001", "c|events/s/000000000002", "d|events/s/000000000003", "e|events/s/000000000003", "f|events/t/000000000001", "g|events/s/g2/000000000003"],
            await _database.RowsAsync(Staged));
        Assert.Equal(
            ["events/s/g2/000000000002|0|2|2", "events/s/g2/000000000003|1|0|1"],
            await _database.RowsAsync("SELECT batch_id, flight_rows, duplicates, kept_rows FROM ops.load_batch WHERE generation = 2 ORDER BY batch_id"));

        // By day everything counts once: the outcomes of the windows that stand, and each row.
        Assert.Equal(
            ["duplicate|arrived on another shard|2", "duplicate|seen before|2", "refused|not_json|4", "repaired|trimmed|2", "row|flight|7"],
            await _database.RowsAsync("SELECT outcome, reason, events FROM bi.data_quality_daily ORDER BY outcome, reason"));
        var newest = await new PostgresStagingStore(_database, NullLogger.Instance).LoadedUpToAsync("events", Token);
        Assert.Equal((2, 3L), (newest["s"].Generation, newest["s"].Ordinal));
        await Assert.ThrowsAsync<ArgumentException>(() => LoadAsync(third with { Ordinal = 5 }));
        await Assert.ThrowsAsync<ArgumentException>(() => LoadAsync(third with { Ordinal = 6, Generation = 3 }));
        await Assert.ThrowsAsync<ArgumentException>(() => LoadAsync(third with { Ordinal = 4, Generation = 1 }));
    }

    [Fact]
    public async Task Loaders_at_once_load_each_window_once()
    {
        var windows = new List<WindowManifest>();
        for (var index = 0; index < 5; index++)
        {
            windows.Add(await _silver.WindowAsync("s", Entity.FlightEvent, Rows($"{index}a", $"{index}b")));
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LoadAsync([.. windows])));

        Assert.Equal(new LoadOutcome(5, 10, 0), outcomes.Aggregate((left, right) => left + right));
        Assert.Equal(10, (await _database.RowsAsync(Staged)).Count);
    }

    [Fact]
    public async Task A_loader_killed_before_its_commit_leaves_nothing_and_the_next_one_loads_all()
    {
        var window = await _silver.WindowAsync("s", Entity.FlightEvent, Rows("a", "b"));
        var killed = new PostgresStagingStore(_database, NullLogger.Instance)
        {
            BeforeCommit = () => _database.ExecuteAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"),
        };

        var lost = await Assert.ThrowsAsync<WarehouseException>(() => killed.LoadAsync([window], _silver.Lake, Token));

        Assert.Equal(Fault.Outside, lost.Fault);
        Assert.Empty(await _database.RowsAsync(Staged));
        Assert.Empty(await _database.RowsAsync(Journal));
        Assert.Equal(new LoadOutcome(1, 2, 0), await LoadAsync(window));
        Assert.Equal(["a|events/s/000000000001", "b|events/s/000000000001"], await _database.RowsAsync(Staged));
    }

    [Fact]
    public async Task A_backend_killed_in_the_middle_of_a_copy_is_an_outage_and_the_next_load_takes_all()
    {
        var window = await _silver.WindowAsync("s", Entity.FlightEvent, Rows([.. Enumerable.Range(0, 5_000).Select(number => $"e{number:0000}")]));
        var killed = new PostgresStagingStore(_database, NullLogger.Instance)
        {
            DuringCopy = () => _database.ExecuteAsync(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY %'"),
        };

        var lost = await Assert.ThrowsAsync<WarehouseException>(() => killed.LoadAsync([window], _silver.Lake, Token));

        Assert.Equal(Fault.Outside, lost.Fault);
        Assert.Equal(new LoadOutcome(1, 5_000, 0), await LoadAsync(window));
    }

    [Fact]
    public async Task What_arrived_on_two_shards_is_loaded_once_and_counted()
    {
        var first = await _silver.WindowAsync("s1", Entity.FlightEvent, Rows("a", "b"));
        var second = await _silver.WindowAsync("s2", Entity.FlightEvent, Rows("b", "c"));
        var third = await _silver.WindowAsync("s3", Entity.FlightEvent, Rows("c", "d", "a"));

        Assert.Equal(new LoadOutcome(1, 2, 0), await LoadAsync(first));
        Assert.Equal(new LoadOutcome(2, 2, 3), await LoadAsync(second, third));

        Assert.Equal(
            ["a|events/s1/000000000001", "b|events/s1/000000000001", "c|events/s2/000000000001", "d|events/s3/000000000001"],
            await _database.RowsAsync(Staged));
        Assert.Equal(
            ["events/s1/000000000001|2|0|1", "events/s2/000000000001|1|1|2", "events/s3/000000000001|1|2|2"], await _database.RowsAsync(Journal));
    }

    [Fact]
    public async Task A_window_without_rows_is_loaded_too()
    {
        Assert.Equal(new LoadOutcome(1, 0, 0), await LoadAsync(await _silver.WindowAsync("s", Entity.FlightEvent)));

        Assert.Equal(["events/s/000000000001||0|0"], await _database.RowsAsync("SELECT batch_id, watermark, flight_rows, duplicates FROM ops.load_batch"));
    }

    [Fact]
    public async Task A_damaged_file_fails_the_load_and_leaves_nothing()
    {
        var window = await _silver.WindowAsync("s", Entity.FlightEvent, Rows("a"));
        var key = window.Files[0].Key;
        var content = await _silver.Lake.GetAsync(key, Token);
        content.AsSpan(4, 400).Fill(0xff);
        await _silver.Lake.PutAsync(key, content, AirportOps.Lake.PutMode.Overwrite, Token);

        await Assert.ThrowsAsync<AirportOps.Pipeline.PipelineException>(() => LoadAsync(window));

        Assert.Empty(await _database.RowsAsync(Staged));
        Assert.Empty(await _database.RowsAsync(Journal));
    }

    [Fact]
    public async Task A_window_before_its_turn_is_refused()
    {
        await _silver.WindowAsync("s", Entity.FlightEvent, Rows("a"));
        var second = await _silver.WindowAsync("s", Entity.FlightEvent, Rows("b"));

        await Assert.ThrowsAsync<ArgumentException>(() => LoadAsync(second));

        Assert.Empty(await _database.RowsAsync(Staged));
    }

    [Fact]
    public async Task A_row_that_staging_can_not_hold_fails_the_load_with_its_column()
    {
        var window = await _silver.WindowAsync("s", Entity.FlightEvent, [.. Rows("a"), new SilverRow("b", SilverRow.At("00:00"), new Dictionary<string, object>
        {
            ["airline"] = "TOO LONG", ["flight_number"] = 1, ["flight_date"] = new DateOnly(2026, 3, 1), ["origin"] = "JFK", ["destination"] = "LHR", ["status"] = "departed",
        })]);

        var refused = await Assert.ThrowsAsync<WarehouseException>(() => LoadAsync(window));

        Assert.Equal(Fault.Operator, refused.Fault);
        Assert.Contains("value too long for type character varying(2) (22001)", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await _database.RowsAsync(Journal));
    }

    [Fact]
    public async Task A_database_that_was_never_migrated_says_what_to_do()
    {
        await using var empty = await cluster.CreateDatabaseAsync();

        var refused = await Assert.ThrowsAsync<WarehouseException>(
            () => new PostgresStagingStore(empty, NullLogger.Instance).LoadedUpToAsync("events", Token));

        Assert.EndsWith("Run './airportops migrate up' first.", refused.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _silver.Dispose();
    }

    private static SilverRow[] Rows(params IEnumerable<string> ids) => [.. ids.Select(id => SilverRow.Flight(id, "14:05", "departed"))];

    private Task<LoadOutcome> LoadAsync(params IReadOnlyList<WindowManifest> windows) =>
        new PostgresStagingStore(_database, NullLogger.Instance).LoadAsync(windows, _silver.Lake, Token);
}
