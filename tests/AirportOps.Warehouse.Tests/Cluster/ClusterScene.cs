using System.Diagnostics;
using System.Globalization;
using AirportOps.Warehouse.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AirportOps.Warehouse.Tests.Cluster;

/// <summary>A folder with a private cluster, what is done to its server from outside, and what is asked of it.</summary>
internal sealed class ClusterScene : IDisposable
{
    /// <summary>Bounds short enough to wait for, on a machine that is busy with other tests.</summary>
    internal static readonly LocalClusterOptions Impatient = new() { HangTimeout = TimeSpan.FromSeconds(3), StopTimeout = TimeSpan.FromSeconds(5) };

    /// <summary>What any call may take; who takes longer hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = TestFolder.Create();

    internal string Folder => _folder.FullName;

    internal string Data => Path.Combine(Folder, "cluster", "data");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal Task<LocalCluster> OpenAsync(LocalClusterOptions? options = null, string? folder = null) =>
        LocalCluster.OpenAsync(folder ?? Folder, options ?? Impatient, NullLogger.Instance, Token).WaitAsync(Patience, Token);

    /// <summary>Leaves the cluster, within the patience of a test.</summary>
    internal static Task LeaveAsync(LocalCluster cluster) => cluster.DisposeAsync().AsTask().WaitAsync(Patience, Token);

    /// <summary>The line that opening the cluster fails with.</summary>
    internal async Task<string> RefusalAsync(LocalClusterOptions? options = null)
    {
        var message = (await Assert.ThrowsAsync<WarehouseException>(() => OpenAsync(options))).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    /// <summary>The processes of the cluster's server.</summary>
    internal IReadOnlyList<int> ServerProcesses() => AirportOps.Warehouse.Cluster.ServerProcesses.Of(Data);

    /// <summary>Waits until no process of the server is left: the last of them ends a moment after its lock file.</summary>
    internal async Task IsDownAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (ServerProcesses() is { Count: > 0 } left)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10), $"processes {string.Join(", ", left)} are left");
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }
    }

    /// <summary>A backend of the server that works for nobody: its checkpointer, writer or the like.</summary>
    internal int AnyChildOf(int server, Random random)
    {
        var children = ServerProcesses().Where(process => process != server).ToList();
        return children[random.Next(children.Count)];
    }

    internal static async Task SignalAsync(string signal, int process) =>
        await RunAsync("kill", "-s", signal, process.ToString(CultureInfo.InvariantCulture));

    /// <summary>Runs a program, which must succeed.</summary>
    internal static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Token).WaitAsync(Patience, Token);
        Assert.Equal(0, process.ExitCode);
    }

    internal static async Task ExecuteAsync(LocalCluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token).WaitAsync(Patience, Token);
    }

    internal static async Task<T> ScalarAsync<T>(LocalCluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Token).WaitAsync(Patience, Token))!;
    }

    public void Dispose()
    {
        foreach (var left in ServerProcesses())
        {
            using var process = Process.GetProcessById(left);
            process.Kill();
        }

        _folder.Delete(recursive: true);
    }
}
