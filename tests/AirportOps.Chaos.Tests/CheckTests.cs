using AirportOps.Chaos.Checks;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Chaos.Tests;

/// <summary>A check that can't fail shows nothing: each is made to.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ao-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_a_committed_window_that_its_manifest_does_not_name_is_stray_and_one_of_the_next_window_is_not_yet()
    {
        var lake = FileLake.Open(_folder.FullName, TimeProvider.System);
        await new WindowStore(lake).TryCommitAsync(EmptyWindow(ordinal: 1), Token);
        await PutAsync(Key(ordinal: 2));
        Assert.Empty(await SilverObjects.StrayAsync(lake, Token));
        await PutAsync(Key(ordinal: 1));

        var fault = Assert.Single(await SilverObjects.StrayAsync(lake, Token));

        Assert.Equal($"Silver has 1 files that no manifest names, whose rows a reader of all files counts twice; the first is {Key(ordinal: 1)}", fault);

        Task PutAsync(string key) => lake.PutAsync(key, new byte[] { 1 }, PutMode.IfAbsent, Token);
        string Key(long ordinal) => $"silver/flight_event/event_date=2024-05-17/stream-shard-{new WindowId("stream", "shard", ordinal).PaddedOrdinal}-0123456789abcdef.parquet";
    }

    [Fact]
    public void Two_stars_differ_by_a_row_that_is_missing_changed_or_doubled_and_each_table_is_named()
    {
        var calm = Of(("dim_airline", ["AA", "BA"]), ("fact_flight", ["1", "2"]), ("fact_baggage", ["x"]), ("dim_date", ["d"]));
        var hurt = Of(("dim_airline", ["AA", "BA"]), ("fact_flight", ["1", "3"]), ("fact_baggage", ["x", "x"]));

        var differences = calm.Differences(hurt).Select(line => System.Text.RegularExpressions.Regex.Replace(line, " \\([0-9a-f]{16}\\)", "")).ToList();

        Assert.Equal(
            [
                "gold.dim_date has 0 rows, a calm run's 1; missing: d; too much: none, or a row more than once",
                "gold.fact_baggage has 2 rows, a calm run's 1; missing: none, or a row more than once; too much: none, or a row more than once",
                "gold.fact_flight has 2 rows, a calm run's 2; missing: 2; too much: 3",
            ],
            differences);
        Assert.Empty(calm.Differences(calm));

        static Star Of(params (string Table, string[] Rows)[] tables) =>
            new(tables.ToDictionary(table => table.Table, table => (IReadOnlyList<string>)table.Rows, StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static WindowManifest EmptyWindow(long ordinal) => new()
    {
        Stream = "stream",
        Shard = "shard",
        Ordinal = ordinal,
        FirstSequence = "1",
        LastSequence = "1",
        FirstArrived = DateTimeOffset.UnixEpoch,
        LastArrived = DateTimeOffset.UnixEpoch,
        Ledger = new WindowLedger
        {
            Records = 0, Events = 0, Rows = 0, Duplicates = 0, Refused = new Dictionary<string, long>(), Repairs = new Dictionary<string, long>(),
        },
        Files = [],
        Quarantine = [],
        Rules = "rules",
        Reference = "reference",
    };
}
