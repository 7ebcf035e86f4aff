using AirportOps.Warehouse.Cluster;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirportOps.Warehouse;

/// <summary>A warehouse on PostgreSQL, and how to connect to it. Safe for concurrent use; ends its use of a private cluster when disposed.</summary>
public sealed class WarehouseDatabase : IAsyncDisposable
{
    private readonly LocalCluster? _cluster;
    private readonly NpgsqlDataSource _source;

    private WarehouseDatabase(LocalCluster? cluster, string connectionString)
    {
        _cluster = cluster;
        // Connections are not pooled: one transaction a connection leaves no temporary table or setting behind, as on Redshift, and a
        // private server that is about to stop has none to wait for. A connection over the socket costs 2 ms.
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = "public,shims",
            Pooling = false,
            CommandTimeout = 0,
        };
        settings.ApplicationName ??= "airportops";
        _source = NpgsqlDataSource.Create(settings);
        Location = $"{settings.Host}:{settings.Port}/{settings.Database}";
    }

    /// <summary>Where it is, for messages: host or socket folder, port and database, without user and password.</summary>
    public string Location { get; }

    /// <summary>The private cluster, or null for a server elsewhere.</summary>
    public LocalCluster? Cluster => _cluster;

    /// <summary>Opens a warehouse.</summary>
    /// <param name="place"><c>local:DIR</c> or <c>postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full</c>.</param>
    /// <param name="options">For <c>local:</c>.</param>
    /// <param name="logger">Told what happens to a private cluster.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">The place is of another kind or can't be read.</exception>
    /// <exception cref="WarehouseException">The private cluster can't be had.</exception>
    public static async Task<WarehouseDatabase> OpenAsync(
        string place,
        LocalClusterOptions options,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        const string Local = "local:";
        if (!place.StartsWith(Local, StringComparison.Ordinal))
        {
            return new WarehouseDatabase(null, PostgresUri.ToConnectionString(place));
        }

        var cluster = await LocalCluster.OpenAsync(place[Local.Length..], options, logger, cancellationToken).ConfigureAwait(false);
        return new WarehouseDatabase(cluster, cluster.ConnectionString);
    }

    /// <summary>A warehouse on a server that somebody else looks after.</summary>
    internal static WarehouseDatabase FromConnectionString(string connectionString) => new(null, connectionString);

    /// <summary>Opens a connection; the caller's to dispose.</summary>
    /// <exception cref="WarehouseException">The server can't be reached or refuses.</exception>
    internal async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException refused)
        {
            throw Failure("can't be reached", refused);
        }
    }

    /// <summary>The exception for trouble at the server.</summary>
    /// <param name="what">What goes behind "The warehouse at LOCATION".</param>
    /// <param name="cause">What the driver threw.</param>
    internal WarehouseException Failure(string what, NpgsqlException cause)
    {
        var reason = cause is PostgresException answer ? $"{answer.MessageText} ({answer.SqlState})" : cause.Message;
        var advice = (cause as PostgresException)?.SqlState switch
        {
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn =>
                "Run './airportops migrate up' first.",
            _ when cause.IsTransient => "Try again a little later.",
            _ => "Check the warehouse's setting and its server.",
        };
        return new WarehouseException($"The warehouse at {Location} {what}: {reason}. {advice}", cause.IsTransient, cause);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync().ConfigureAwait(false);
        }
    }
}
