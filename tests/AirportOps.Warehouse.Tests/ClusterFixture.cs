using System.Globalization;
using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(ClusterFixture))]

namespace AirportOps.Warehouse.Tests;

/// <summary>One private cluster for all tests that need a server; each test has a database of its own in it.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = TestFolder.Create();
    private LocalCluster? _cluster;
    private int _databases;

    public async ValueTask InitializeAsync() =>
        _cluster = await LocalCluster.OpenAsync(
            _folder.FullName, new LocalClusterOptions(), NullLogger.Instance, CancellationToken.None);

    /// <summary>An empty database.</summary>
    public async Task<WarehouseDatabase> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var source = NpgsqlDataSource.Create(_cluster!.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand($"CREATE DATABASE {name} TEMPLATE template0");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return WarehouseDatabase.FromConnectionString(_cluster.ConnectionStringOf(name));
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}
