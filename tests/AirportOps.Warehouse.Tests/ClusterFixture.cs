using System.Globalization;
using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Migrations;
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

    public async ValueTask InitializeAsync()
    {
        _cluster = await LocalCluster.OpenAsync(_folder.FullName, new LocalClusterOptions(), NullLogger.Instance, CancellationToken.None);
        await using var migrated = WarehouseDatabase.FromConnectionString(_cluster.ConnectionString);
        await new MigrationRunner(migrated, ScriptFolder.Shipped, TimeProvider.System, NullLogger.Instance).UpAsync(CancellationToken.None);
    }

    /// <summary>An empty database.</summary>
    public Task<WarehouseDatabase> CreateDatabaseAsync() => CreateDatabaseAsync("template0");

    /// <summary>A database at the version of the shipped scripts; a copy, which is ten times as fast as migrating one.</summary>
    public Task<WarehouseDatabase> CreateMigratedDatabaseAsync() => CreateDatabaseAsync(new NpgsqlConnectionStringBuilder(_cluster!.ConnectionString).Database!);

    /// <summary>A copy of a database that nobody is connected to.</summary>
    public Task<WarehouseDatabase> CopyAsync(WarehouseDatabase database) => CreateDatabaseAsync(database.Location[(database.Location.LastIndexOf('/') + 1)..]);

    /// <summary>Connects to a database that was made here.</summary>
    public string ConnectionStringOf(WarehouseDatabase database) =>
        _cluster!.ConnectionStringOf(database.Location[(database.Location.LastIndexOf('/') + 1)..]) + ";Pooling=false";

    /// <summary>The same database as somebody who has no more rights than a role.</summary>
    public WarehouseDatabase As(WarehouseDatabase database, string role) => WarehouseDatabase.FromConnectionString(
        $"{_cluster!.ConnectionStringOf(database.Location[(database.Location.LastIndexOf('/') + 1)..])};Options=-c role={role}");

    private async Task<WarehouseDatabase> CreateDatabaseAsync(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var source = NpgsqlDataSource.Create(_cluster!.ConnectionStringOf("postgres") + ";Pooling=false");
        await using var command = source.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template}");
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
