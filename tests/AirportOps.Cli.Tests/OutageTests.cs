using System.Diagnostics;
using System.Globalization;
using AirportOps.Cli.Tests.Support;
using AirportOps.Warehouse.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AirportOps.Cli.Tests;

/// <summary>The real program while its warehouse is absent, stopped, killed or not migrated.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_absent_then_without_a_schema_then_stopped_holds_up_the_loader_only()
    {
        await using var folder = new TestFolder();
        var server = await OpenAsync(folder);
        var warehouse = UriOf(server);
        await server.DisposeAsync();
        var simulating = folder.Start(
            "simulate", "--events", "9000", "--rate", "300", "--mess", "0.3", "--seed", "5", "--date", "2024-05-17", "--ledger", "ledger.jsonl");
        await UntilAsync(() => folder.HasFile(".airportops/stream"), "records on the stream");
        var running = folder.Start("run", "--window-seconds", "0.5", "--warehouse", warehouse, "--json");

        // Absent at the start.
        await GrowsAsync(folder);

        // There, but nobody has migrated it.
        server = await OpenAsync(folder);
        await GrowsAsync(folder);
        (await folder.RunAsync("migrate", "up", "--warehouse", warehouse)).Done();
        await LoadsAsync(server);

        // Stopped for a while.
        await server.DisposeAsync();
        await GrowsAsync(folder);
        await using var again = await OpenAsync(folder);
        await LoadsAsync(again);

        (await simulating.WaitAsync()).Done();
        await running.SignalAsync("TERM");
        var ended = (await running.WaitAsync()).Done();
        (await folder.RunAsync("run", "--once", "--warehouse", warehouse)).Done();
        (await folder.RunAsync("verify", "--ledger", "ledger.jsonl", "--warehouse", warehouse)).Done();
        Assert.Contains(ended.ErrorLines, line => line.StartsWith("load waits: The warehouse at ", StringComparison.Ordinal));
        Assert.Contains(ended.ErrorLines, line => line.StartsWith("load goes on after ", StringComparison.Ordinal));
        Assert.InRange(ended.ErrorLines.Count(line => line.StartsWith("load waits:", StringComparison.Ordinal)), 1, 3);
        Assert.DoesNotContain(ended.ErrorLines, line => line.StartsWith("bronze", StringComparison.Ordinal) || line.StartsWith("silver", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_private_server_that_is_killed_is_started_again_and_nothing_is_lost()
    {
        await using var folder = new TestFolder();
        var simulating = folder.Start(
            "simulate", "--events", "6000", "--rate", "300", "--mess", "0.3", "--seed", "6", "--date", "2024-05-17", "--ledger", "ledger.jsonl");
        await UntilAsync(() => folder.HasFile(".airportops/stream"), "records on the stream");
        var running = folder.Start("run", "--window-seconds", "0.5", "--json");
        var pidFile = folder[".airportops/warehouse/cluster/data/postmaster.pid"];
        await using (var server = await OpenAsync(folder, ".airportops/warehouse"))
        {
            await LoadsAsync(server);
        }

        var postmaster = int.Parse((await File.ReadAllLinesAsync(pidFile, Token))[0], CultureInfo.InvariantCulture);
        using (var process = Process.GetProcessById(postmaster))
        {
            process.Kill();
        }

        await GrowsAsync(folder);
        (await simulating.WaitAsync()).Done();
        await UntilAsync(
            () => File.Exists(pidFile) && File.ReadAllLines(pidFile) is [var id, ..] && int.Parse(id, CultureInfo.InvariantCulture) != postmaster,
            "the server to be started again");
        await running.SignalAsync("TERM");
        (await running.WaitAsync()).Done();
        (await folder.RunAsync("run", "--once")).Done();
        (await folder.RunAsync("verify", "--ledger", "ledger.jsonl")).Done();
    }

    [Theory]
    [InlineData("pg_terminate_backend")]
    [InlineData("SIGKILL")]
    public async Task A_backend_that_is_killed_under_the_loader_pauses_neither_Bronze_nor_Silver(string means)
    {
        await using var folder = new TestFolder();
        using var enough = new CancellationTokenSource();
        var flowing = FlowAsync(folder, enough.Token);
        await UntilAsync(() => folder.HasFile(".airportops/stream"), "records on the stream");
        var running = folder.Start("run", "--window-seconds", "0.5", "--bronze-seconds", "0.5", "--json");
        await using var server = await OpenAsync(folder, ".airportops/warehouse");
        await LoadsAsync(server);

        // Held up in the middle of a load, so that there is a backend to kill and time to look at the others.
        await using (var blocker = new NpgsqlConnection($"{server.ConnectionString};Pooling=false"))
        {
            await blocker.OpenAsync(Token);
            await ExecuteAsync(blocker, "BEGIN; LOCK TABLE ops.load_lock IN EXCLUSIVE MODE");
            var backend = await BlockedAsync(server, blocker.ProcessID);
            await BronzeGrowsAsync(folder);
            if (means == "SIGKILL")
            {
                // As the kernel does when memory runs out: the server ends all other sessions too, and recovers.
                using var process = Process.GetProcessById(backend);
                process.Kill();
            }
            else
            {
                await ExecuteAsync(blocker, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_terminate_backend({backend})"));
            }

            await BronzeGrowsAsync(folder);
        }

        await LoadsAsync(server);
        await enough.CancelAsync();
        string[] verify = ["verify", .. (await flowing).SelectMany(ledger => (string[])["--ledger", ledger])];

        // By themselves: nobody runs anything but the check.
        var verified = await folder.RunAsync(verify);
        for (var began = TimeProvider.System.GetTimestamp(); verified.ExitCode != 0; verified = await folder.RunAsync(verify))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline, $"Waited {Deadline} for load and Gold to catch up: {verified.Output}");
        }

        Assert.Equal((await Records.OfStreamAsync(folder[".airportops/stream/airport-events"])).Count, Records.OfBronze(folder[".airportops/lake/bronze"]).Count);
        await running.SignalAsync("TERM");
        var ended = (await running.WaitAsync()).Done();
        Assert.DoesNotContain(ended.ErrorLines, line => line.StartsWith("bronze", StringComparison.Ordinal) || line.StartsWith("silver", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Once_does_not_wait_for_ever_and_Bronze_and_Silver_are_done_all_the_same()
    {
        await using var folder = new TestFolder();
        (await folder.RunAsync("simulate", "--events", "500", "--seed", "7", "--date", "2024-05-17", "--ledger", "ledger.jsonl")).Done();

        var run = await folder.RunAsync(
            new Dictionary<string, string> { ["AIRPORTOPS_ONCE__PATIENCESECONDS"] = "1" },
            "run", "--once", "--warehouse", "postgres://nobody@127.0.0.1:1/none");

        Assert.Contains("can't be reached", run.Failed(), StringComparison.Ordinal);
        (await folder.RunAsync("verify", "--no-gold", "--ledger", "ledger.jsonl")).Done();
        Assert.True(folder.HasFile(".airportops/lake/bronze"));
    }

    [Fact]
    public async Task Status_shows_stream_and_lake_while_the_warehouse_is_away_and_one_line_for_it()
    {
        await using var folder = new TestFolder();
        (await folder.RunAsync("simulate", "--events", "500", "--seed", "7", "--shards", "1")).Done();
        (await folder.RunAsync("bronze", "--once")).Done();
        (await folder.RunAsync("silver", "--once", "--no-load")).Done();
        string[] away = ["status", "--warehouse", "postgres://nobody@127.0.0.1:1/none"];

        var table = await folder.RunAsync(away);
        var json = await folder.RunAsync([.. away, "--json"]);

        Assert.Equal((1, 1), (table.ExitCode, json.ExitCode));
        Assert.Contains("shardId-000000000000", table.Output, StringComparison.Ordinal);
        Assert.Contains("can't be reached", Assert.Single(table.ErrorLines), StringComparison.Ordinal);
        Assert.Single(json.ErrorLines);
        var status = System.Text.Json.JsonDocument.Parse(json.Output).RootElement;
        var shard = status.GetProperty("shards")[0];
        Assert.Equal((1, 0d), (shard.GetProperty("silver_window").GetInt32(), shard.GetProperty("silver_lag_seconds").GetDouble()));
        Assert.NotNull(shard.GetProperty("bronze_sequence").GetString());
        Assert.Contains("can't be reached", status.GetProperty("warehouse_away").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("gold test")]
    [InlineData("verify --ledger ledger.jsonl")]
    public async Task A_verb_that_reads_migrates_nothing_and_says_what_to_do(string verb)
    {
        await using var folder = new TestFolder();
        (await folder.RunAsync("simulate", "--events", "100", "--ledger", "ledger.jsonl")).Done();

        var outcome = await folder.RunAsync(verb.Split(' '));

        Assert.Equal(1, outcome.ExitCode);
        Assert.EndsWith("has no schema yet. Run './airportops migrate up' with the same --warehouse.", outcome.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Contains("pending", (await folder.RunAsync("migrate", "status")).Done().Output, StringComparison.Ordinal);
    }

    private static Task<LocalCluster> OpenAsync(TestFolder folder, string name = "server") =>
        LocalCluster.OpenAsync(folder[name], new LocalClusterOptions { Clock = TimeProvider.System }, NullLogger.Instance, Token);

    /// <summary>The cluster as a server that somebody else looks after.</summary>
    private static string UriOf(LocalCluster server)
    {
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        return $"postgres://{connection.Username}@localhost:{connection.Port}/{connection.Database}?host={Uri.EscapeDataString(connection.Host!)}";
    }

    /// <summary>Waits until Bronze and Silver have committed more than now.</summary>
    private static async Task GrowsAsync(TestFolder folder)
    {
        var windows = Count(".airportops/lake/silver/_windows");
        await UntilAsync(() => Count(".airportops/lake/silver/_windows") > windows + 4, "more windows of Silver");

        int Count(string name) => Directory.Exists(folder[name]) ? Directory.EnumerateFiles(folder[name], "*", SearchOption.AllDirectories).Count() : 0;
    }

    /// <summary>Simulates a day after the other, however long that takes, so that events flow as long as they are looked at.</summary>
    /// <returns>The ledgers of the days.</returns>
    private static async Task<IReadOnlyList<string>> FlowAsync(TestFolder folder, CancellationToken enough)
    {
        var ledgers = new List<string>();
        while (!enough.IsCancellationRequested)
        {
            var (day, ledger) = (string.Create(CultureInfo.InvariantCulture, $"{ledgers.Count + 1}"), $"{ledgers.Count + 1}.jsonl");
            (await folder.RunAsync(
                "simulate", "--events", "1200", "--rate", "300", "--mess", "0.3", "--seed", day, "--date", $"2024-05-{day.PadLeft(2, '0')}", "--ledger", ledger)).Done();
            ledgers.Add(ledger);
        }

        return ledgers;
    }

    /// <summary>Waits until Bronze has more records than now, and Silver more windows.</summary>
    private static async Task BronzeGrowsAsync(TestFolder folder)
    {
        var records = Records.OfBronze(folder[".airportops/lake/bronze"]).Count;
        await GrowsAsync(folder);
        await UntilAsync(() => Records.OfBronze(folder[".airportops/lake/bronze"]).Count > records, $"more than {records} records in Bronze");
    }

    /// <summary>The backend that waits for a lock of another, once there is one.</summary>
    private static async Task<int> BlockedAsync(LocalCluster server, int blocker)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand("SELECT pid FROM pg_stat_activity WHERE @blocker = ANY (pg_blocking_pids(pid))", connection);
        command.Parameters.AddWithValue("blocker", blocker);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await command.ExecuteScalarAsync(Token) is int backend)
            {
                return backend;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline, $"Waited {Deadline} for a load that waits for the lock.");
            await Task.Delay(20, Token);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>Waits until staging has more windows than now.</summary>
    private static async Task LoadsAsync(LocalCluster server)
    {
        var began = TimeProvider.System.GetTimestamp();
        long? before = null;
        while (true)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline, "Waited for staging to have more windows.");
            try
            {
                await using var connection = new NpgsqlConnection(server.ConnectionString);
                await connection.OpenAsync(Token);
                await using var command = new NpgsqlCommand("SELECT COUNT(*) FROM ops.load_batch", connection);
                var now = (long)(await command.ExecuteScalarAsync(Token))!;
                if (now > (before ??= now))
                {
                    return;
                }
            }
            catch (NpgsqlException)
            {
                // Not migrated yet.
            }

            await Task.Delay(50, Token);
        }
    }

    private static async Task UntilAsync(Func<bool> isSo, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline, $"Waited {Deadline} for {what}.");
            await Task.Delay(20, Token);
        }
    }
}
