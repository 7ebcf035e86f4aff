using AirportOps.Warehouse.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AirportOps.Warehouse.Tests.Cluster;

/// <summary>Servers and backends that are killed, frozen or cut off while they are used: the next use goes on by itself, and no last user waits for ever.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HangingServerTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly ClusterScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_was_told_to_stop_in_the_middle_of_a_recovery_is_started_again()
    {
        // A user who keeps the cluster, so that nobody else's leaving stops the server.
        var user = await _scene.OpenAsync();
        await ClusterScene.ExecuteAsync(user, "CREATE TABLE kept AS SELECT 7 AS n");
        await CrashAndStopAsync(user);

        var next = await _scene.OpenAsync();

        Assert.Equal(7, await ClusterScene.ScalarAsync<int>(next, "SELECT n FROM kept"));
        await ClusterScene.LeaveAsync(next);
        await ClusterScene.LeaveAsync(user);
        await _scene.IsDownAsync();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("QUIT")]
    [InlineData("KILL")]
    public async Task A_server_that_is_ended_while_it_starts_is_started_again(string signal)
    {
        var user = await _scene.OpenAsync();
        await ClusterScene.ExecuteAsync(user, "CREATE TABLE kept AS SELECT 7 AS n");
        var server = user.ServerProcessId;
        await ClusterScene.SignalAsync("KILL", server);

        var opening = _scene.OpenAsync();
        var ended = 0;
        while (ended < 3 && !opening.IsCompleted)
        {
            if (PostmasterPid.TryReadRunning(_scene.Data) is { } started && started.ProcessId != server)
            {
                await ClusterScene.SignalAsync(signal, started.ProcessId);
                (server, ended) = (started.ProcessId, ended + 1);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), Token);
        }

        var next = await opening;

        // The last one may have been ended when it had answered already.
        await next.EnsureRunningAsync(Token);
        Assert.Equal(7, await ClusterScene.ScalarAsync<int>(next, "SELECT n FROM kept"));
        Assert.InRange(ended, 1, 3);
        await ClusterScene.LeaveAsync(next);
        await ClusterScene.LeaveAsync(user);
        await _scene.IsDownAsync();
    }

    [Fact]
    public async Task The_last_user_leaves_a_server_that_recovers_from_a_crash_and_it_is_down_then()
    {
        var user = await _scene.OpenAsync();
        await ClusterScene.ExecuteAsync(user, "CREATE TABLE kept AS SELECT 7 AS n");
        await ClusterScene.SignalAsync("KILL", _scene.AnyChildOf(user.ServerProcessId, new Random(1)));

        await ClusterScene.LeaveAsync(user);

        await _scene.IsDownAsync();
        await using var next = await _scene.OpenAsync();
        Assert.Equal(7, await ClusterScene.ScalarAsync<int>(next, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_frozen_server_is_killed_by_the_last_user()
    {
        var user = await _scene.OpenAsync(ClusterScene.Impatient with { StopTimeout = TimeSpan.FromSeconds(1) });
        await ClusterScene.SignalAsync("STOP", user.ServerProcessId);

        await ClusterScene.LeaveAsync(user);

        await _scene.IsDownAsync();
    }

    [Fact]
    public async Task A_frozen_server_is_replaced_by_the_next_user()
    {
        var user = await _scene.OpenAsync();
        await ClusterScene.ExecuteAsync(user, "CREATE TABLE kept AS SELECT 7 AS n");
        await ClusterScene.SignalAsync("STOP", user.ServerProcessId);

        var next = await _scene.OpenAsync(ClusterScene.Impatient with { StopTimeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(7, await ClusterScene.ScalarAsync<int>(next, "SELECT n FROM kept"));
        await ClusterScene.LeaveAsync(next);
        await ClusterScene.LeaveAsync(user);
    }

    [Fact]
    public async Task A_server_whose_socket_was_removed_is_started_again_at_once()
    {
        // Only who waits for a hang would wait this long.
        var patient = ClusterScene.Impatient with { HangTimeout = TimeSpan.FromMinutes(2) };
        var user = await _scene.OpenAsync(patient);
        await ClusterScene.ExecuteAsync(user, "CREATE TABLE kept AS SELECT 7 AS n");
        File.Delete(Path.Combine(_scene.Folder, "cluster", ".s.PGSQL.5432"));

        var next = await _scene.OpenAsync(patient);

        Assert.Equal(7, await ClusterScene.ScalarAsync<int>(next, "SELECT n FROM kept"));
        await ClusterScene.LeaveAsync(next);
        await ClusterScene.LeaveAsync(user);
    }

    [Fact]
    public async Task A_killed_server_is_started_again_though_one_of_its_backends_still_computes()
    {
        var user = await _scene.OpenAsync();
        await using var source = NpgsqlDataSource.Create(user.ConnectionString + ";Pooling=false;Command Timeout=0");
        await using var command = source.CreateCommand("SELECT COUNT(*) FROM generate_series(1, 100000000000) AS n WHERE n % 7 = 8");
        var computing = command.ExecuteScalarAsync(Token);
        await UntilAsync("the backend computes", async () =>
            await ClusterScene.ScalarAsync<long>(user, "SELECT COUNT(*) FROM pg_stat_activity WHERE query LIKE '%% 7 = 8' AND state = 'active' AND pid <> pg_backend_pid()") == 1);
        var killed = user.ServerProcessId;
        await ClusterScene.SignalAsync("KILL", killed);

        var begun = TimeProvider.System.GetTimestamp();
        await using var next = await _scene.OpenAsync(new LocalClusterOptions());

        Assert.True(TimeProvider.System.GetElapsedTime(begun) < Soon);
        Assert.NotEqual(killed, next.ServerProcessId);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => computing.WaitAsync(Soon, Token));
        await ClusterScene.LeaveAsync(user);
    }

    [Fact]
    public async Task A_warehouse_that_is_open_brings_its_killed_server_back()
    {
        await using var warehouse = await WarehouseDatabase.OpenAsync("local:" + _scene.Folder, ClusterScene.Impatient, NullLogger.Instance, Token);
        await warehouse.ExecuteAsync("CREATE TABLE kept AS SELECT 7 AS n");
        await ClusterScene.SignalAsync("KILL", warehouse.Cluster!.ServerProcessId);

        Assert.Equal(["7"], await warehouse.RowsAsync("SELECT n FROM kept"));

        await ClusterScene.SignalAsync("KILL", _scene.AnyChildOf(warehouse.Cluster.ServerProcessId, new Random(1)));
        Assert.Equal(["7"], await warehouse.RowsAsync("SELECT n FROM kept"));
    }

    /// <summary>
    /// Rounds of what the out-of-memory killer and impatient people do to a server, each followed by a use that must succeed. AIRPORTOPS_KILL_ROUNDS sets their
    /// number, AIRPORTOPS_KILL_SEED the seed.
    /// </summary>
    [Fact]
    public async Task After_any_kill_the_next_use_goes_on_without_a_hand()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("AIRPORTOPS_KILL_ROUNDS") ?? "10", System.Globalization.CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("AIRPORTOPS_KILL_SEED") ?? "20", System.Globalization.CultureInfo.InvariantCulture);
        var random = new Random(seed);
        TestContext.Current.SendDiagnosticMessage($"seed {seed}, {rounds} rounds");
        var first = await _scene.OpenAsync();
        await ClusterScene.ExecuteAsync(first, "CREATE TABLE kept (n INTEGER)");
        await ClusterScene.LeaveAsync(first);

        for (var round = 0; round < rounds; round++)
        {
            var user = await _scene.OpenAsync();
            Assert.Equal((long)round, await ClusterScene.ScalarAsync<long>(user, "SELECT COUNT(*) FROM kept"));
            await ClusterScene.ExecuteAsync(user, $"INSERT INTO kept VALUES ({round})");
            var server = user.ServerProcessId;
            var what = random.Next(5);
            await (what switch
            {
                0 => ClusterScene.SignalAsync("KILL", _scene.AnyChildOf(server, random)),
                1 => ClusterScene.SignalAsync("KILL", server),
                2 => CrashAndStopAsync(user),
                3 => ClusterScene.SignalAsync(random.Next(2) == 0 ? "INT" : "QUIT", server),
                _ => ClusterScene.SignalAsync("STOP", _scene.AnyChildOf(server, random)),
            });
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50)), Token);
            await ClusterScene.LeaveAsync(user);
        }

        await using var last = await _scene.OpenAsync();
        Assert.Equal((long)rounds, await ClusterScene.ScalarAsync<long>(last, "SELECT COUNT(DISTINCT n) FROM kept"));
    }

    [Fact]
    public async Task Users_who_come_while_the_last_one_leaves_find_a_server()
    {
        var users = Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var use = 0; use < 5; use++)
            {
                var user = await _scene.OpenAsync(new LocalClusterOptions());
                Assert.Equal(1, await ClusterScene.ScalarAsync<int>(user, "SELECT 1"));
                await ClusterScene.LeaveAsync(user);
            }
        });

        await Task.WhenAll(users);

        await _scene.IsDownAsync();
    }

    public void Dispose() => _scene.Dispose();

    /// <summary>What left servers shutting down for ever: a backend is killed, and the server told to stop while it recovers.</summary>
    private async Task CrashAndStopAsync(LocalCluster user)
    {
        var server = user.ServerProcessId;
        await ClusterScene.SignalAsync("KILL", _scene.AnyChildOf(server, new Random(1)));
        await UntilAsync("the server recovers or is back", async () =>
        {
            try
            {
                await ClusterScene.ScalarAsync<int>(user, "SELECT 1");
                return true;
            }
            catch (PostgresException recovering) when (recovering.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
        await ClusterScene.SignalAsync("INT", server);
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Soon, $"waited {Soon} until {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), Token);
        }
    }
}
