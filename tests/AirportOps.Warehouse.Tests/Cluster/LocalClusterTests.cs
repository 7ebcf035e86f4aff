using System.Diagnostics;
using AirportOps.Warehouse.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AirportOps.Warehouse.Tests.Cluster;

/// <summary>The life of a private cluster, on real servers.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LocalClusterTests : IDisposable
{
    private readonly DirectoryInfo _folder = TestFolder.Create();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_user_starts_the_server_and_the_last_one_stops_it()
    {
        var first = await OpenAsync(_folder.FullName);
        using var server = Process.GetProcessById(first.ServerProcessId);
        var second = await OpenAsync(_folder.FullName);
        Assert.Equal(first.ServerProcessId, second.ServerProcessId);

        await first.DisposeAsync();
        Assert.Equal("airportops", await ScalarAsync<string>(second, "SELECT current_database()::text"));
        await second.DisposeAsync();

        await server.WaitForExitAsync(Token);
    }

    [Fact]
    public async Task Users_who_come_at_once_share_one_server()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync(_folder.FullName)));

        Assert.Single(users.Select(user => user.ServerProcessId).Distinct());

        using var server = Process.GetProcessById(users[0].ServerProcessId);
        await Task.WhenAll(users.Select(user => user.DisposeAsync().AsTask()));
        await server.WaitForExitAsync(Token);
    }

    [Fact]
    public async Task A_user_in_another_process_keeps_the_server_and_is_forgotten_when_killed()
    {
        var first = await OpenAsync(_folder.FullName);
        using var server = Process.GetProcessById(first.ServerProcessId);
        using var other = Process.Start(new ProcessStartInfo(
            "flock", ["-s", Path.Combine(_folder.FullName, "users.lock"), "sh", "-c", "echo in; exec sleep 600"])
        { RedirectStandardOutput = true })!;
        Assert.Equal("in", await other.StandardOutput.ReadLineAsync(Token));

        await first.DisposeAsync();
        Assert.False(server.HasExited);

        other.Kill(entireProcessTree: true);
        await other.WaitForExitAsync(Token);
        var next = await OpenAsync(_folder.FullName);
        Assert.Equal(server.Id, next.ServerProcessId);
        await next.DisposeAsync();
        await server.WaitForExitAsync(Token);
    }

    [Fact]
    public async Task A_killed_server_is_started_again_and_has_what_was_committed()
    {
        await using (var user = await OpenAsync(_folder.FullName))
        {
            await ExecuteAsync(user, "CREATE TABLE kept (n INTEGER); INSERT INTO kept VALUES (7)");
            using var server = Process.GetProcessById(user.ServerProcessId);
            server.Kill();
            await server.WaitForExitAsync(Token);
        }

        await using var next = await OpenAsync(_folder.FullName);
        Assert.Equal(7, await ScalarAsync<int>(next, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_lock_file_whose_process_is_somebody_else_does_not_stop_the_start()
    {
        string data;
        await using (var user = await OpenAsync(_folder.FullName))
        {
            data = Path.Combine(_folder.FullName, "cluster", "data");
        }

        await File.WriteAllTextAsync(Path.Combine(data, "postmaster.pid"), $"{Environment.ProcessId}\n{data}\n", Token);

        await using var next = await OpenAsync(_folder.FullName);
        Assert.Equal(1, await ScalarAsync<int>(next, "SELECT 1"));
    }

    [Fact]
    public async Task What_an_interrupted_creation_left_is_swept()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "cluster", "data.new", "base"));

        await using var user = await OpenAsync(_folder.FullName);

        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "cluster", "data.new")));
    }

    [Theory]
    [InlineData("data.new-*")]
    [InlineData("data")]
    public async Task Given_up_while_it_is_created_or_started_nothing_is_left_running(string seen)
    {
        using var giveUp = new CancellationTokenSource();
        var opening = LocalCluster.OpenAsync(_folder.FullName, new LocalClusterOptions(), NullLogger.Instance, giveUp.Token);
        var cluster = Path.Combine(_folder.FullName, "cluster");
        var began = TimeProvider.System.GetTimestamp();
        while (!opening.IsCompleted && !(Directory.Exists(cluster) && Directory.EnumerateDirectories(cluster, seen).Any()))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(1), $"not within a minute: the folder {seen}");
            await Task.Delay(1, Token);
        }

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.Empty(ProcessesIn(_folder.FullName));
    }

    [Fact]
    public async Task A_folder_too_long_for_a_socket_gets_one_elsewhere()
    {
        var deep = Path.Combine(_folder.FullName, new string('d', 90));

        await using var user = await OpenAsync(deep);

        Assert.Equal(1, await ScalarAsync<int>(user, "SELECT 1"));
    }

    [Fact]
    public async Task The_server_listens_on_its_socket_only_and_never_runs_as_root()
    {
        await using var user = await OpenAsync(_folder.FullName);

        Assert.Equal("", await ScalarAsync<string>(user, "SHOW listen_addresses"));
        var owner = File.ReadLines($"/proc/{user.ServerProcessId}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.NotEqual("0", owner.Split('\t')[1]);
        var mode = File.GetUnixFileMode(Path.Combine(_folder.FullName, "cluster"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
    }

    [Fact]
    public async Task The_server_has_a_session_of_its_own_that_no_terminal_interrupts()
    {
        await using var user = await OpenAsync(_folder.FullName);

        Assert.NotEqual(SessionOf(Environment.ProcessId), SessionOf(user.ServerProcessId));

        static string SessionOf(int process) => File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ')[3];
    }

    [Fact]
    public async Task A_folder_the_account_can_not_enter_sends_the_cluster_elsewhere()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root's server runs as another account");
        var closed = Directory.CreateDirectory(Path.Combine(_folder.FullName, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var redirect = Path.Combine(closed.FullName, "warehouse", "cluster-home");
        await using (var user = await OpenAsync(Path.Combine(closed.FullName, "warehouse")))
        {
            await ExecuteAsync(user, "CREATE TABLE kept (n INTEGER)");
        }

        await using (var again = await OpenAsync(Path.Combine(closed.FullName, "warehouse")))
        {
            Assert.Equal(0L, await ScalarAsync<long>(again, "SELECT COUNT(*) FROM kept"));
        }

        Directory.Delete((await File.ReadAllTextAsync(redirect, Token)).Trim(), recursive: true);
    }

    [Fact]
    public async Task A_cluster_elsewhere_that_lost_its_folder_is_swept_a_day_after_its_last_use()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root's server runs as another account");
        var homes = new[] { (Days: 2, Origin: "/nowhere"), (Days: 0, Origin: "/nowhere"), (Days: 2, Origin: _folder.FullName) }.Select(each =>
        {
            var home = Directory.CreateDirectory(Path.Combine("/var/lib/airportops", Guid.NewGuid().ToString("N")));
            var data = home.CreateSubdirectory("data");
            File.WriteAllText(Path.Combine(home.FullName, "origin"), each.Origin);
            data.LastWriteTimeUtc = home.LastWriteTimeUtc = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-each.Days);
            return home;
        }).ToList();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "cluster-home"), homes[2].FullName + "\n", Token);
        var closed = Directory.CreateDirectory(Path.Combine(_folder.FullName, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await (await OpenAsync(Path.Combine(closed.FullName, "warehouse"))).DisposeAsync();

        Assert.Equal([false, true, true], homes.Select(home => Directory.Exists(home.FullName)));
        homes[1].Delete(recursive: true);
        homes[2].Delete(recursive: true);
        Directory.Delete((await File.ReadAllTextAsync(Path.Combine(closed.FullName, "warehouse", "cluster-home"), Token)).Trim(), recursive: true);
    }

    [Fact]
    public async Task A_folder_without_the_programs_is_named()
    {
        var options = new LocalClusterOptions { BinaryFolder = "/nowhere" };

        var refused = await Assert.ThrowsAsync<WarehouseException>(
            () => LocalCluster.OpenAsync(_folder.FullName, options, NullLogger.Instance, Token));

        Assert.Equal(
            "AIRPORTOPS_PG_BIN names /nowhere, which has no PostgreSQL 15 or newer programs (initdb, pg_ctl, postgres); found none. Name a folder that has, or unset it.",
            refused.Message);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static List<string> ProcessesIn(string folder) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0]))
            .Where(process => new FileInfo(Path.Combine(process, "cwd")).LinkTarget is { } works && works.StartsWith(folder, StringComparison.Ordinal))];

    private static Task<LocalCluster> OpenAsync(string folder) =>
        LocalCluster.OpenAsync(folder, new LocalClusterOptions(), NullLogger.Instance, Token);

    private static async Task ExecuteAsync(LocalCluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<T> ScalarAsync<T>(LocalCluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }
}
