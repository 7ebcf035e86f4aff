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
