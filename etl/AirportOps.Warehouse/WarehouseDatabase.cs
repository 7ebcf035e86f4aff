using AirportOps.Reliability;
using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Redshift;
using AirportOps.Warehouse.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirportOps.Warehouse;

/// <summary>
/// A warehouse reached by PostgreSQL's wire protocol: PostgreSQL, or Redshift. Safe for concurrent use; ends its use of a private cluster when disposed.
/// </summary>
public sealed class WarehouseDatabase : IWarehouse
{
    private const string Local = "local:";

    private readonly LocalCluster? _cluster;
    private readonly NpgsqlDataSource? _source;
    private readonly NpgsqlDataSource? _readingSource;
    private readonly Func<CancellationToken, Task<string>>? _connectionString;
    private readonly IDisposable? _logins;
    private readonly Lock _guard = new();
    private readonly Dictionary<string, NpgsqlDataSource> _sources = new(StringComparer.Ordinal);
    private readonly AsyncLocal<string?> _password = new();

    private WarehouseDatabase(LocalCluster? cluster, string connectionString)
    {
        _cluster = cluster;
        var settings = SettingsOf(connectionString);
        _source = NpgsqlDataSource.Create(settings);
        _readingSource = cluster is null ? null : NpgsqlDataSource.Create(SettingsOf(cluster.ReaderConnectionString));
        Location = $"{settings.Host}:{settings.Port}/{settings.Database}";
    }

    private WarehouseDatabase(string location, Func<CancellationToken, Task<string>> connectionString, IDisposable? logins) =>
        (Engine, Location, _connectionString, _logins) = (WarehouseEngine.Redshift, location, connectionString, logins);

    /// <summary>Where it is, for messages: host or socket folder, port and database, without user and password.</summary>
    public string Location { get; }

    /// <inheritdoc/>
    public WarehouseEngine Engine { get; }

    /// <summary>The private cluster, or null for a server elsewhere.</summary>
    public LocalCluster? Cluster => _cluster;

    /// <summary>Opens a warehouse.</summary>
    /// <param name="place"><c>local:DIR</c> or <c>postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full</c>.</param>
    /// <param name="options">For <c>local:</c>.</param>
    /// <param name="logger">Told what happens to a private cluster.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="UsageException">The place is of another kind or can't be read.</exception>
    /// <exception cref="WarehouseException">The private cluster can't be had.</exception>
    public static async Task<WarehouseDatabase> OpenAsync(
        string place,
        LocalClusterOptions options,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        if (!IsLocal(place))
        {
            return new WarehouseDatabase(null, PostgresUri.ToConnectionString(place));
        }

        var cluster = await LocalCluster.OpenAsync(place[Local.Length..], options, logger, cancellationToken).ConfigureAwait(false);
        return new WarehouseDatabase(cluster, cluster.ConnectionString);
    }

    /// <summary>Refuses what is no place of a warehouse; nothing is opened.</summary>
    /// <param name="place">As for <see cref="OpenAsync"/>.</param>
    /// <exception cref="UsageException">It is of another kind or can't be read.</exception>
    public static void CheckPlace(string place)
    {
        if (!IsLocal(place))
        {
            PostgresUri.ToConnectionString(place);
        }
    }

    /// <summary>Whether a place is a private cluster of this machine.</summary>
    public static bool IsLocal(string place) => place.StartsWith(Local, StringComparison.Ordinal);

    /// <summary>Opens Redshift by its wire protocol.</summary>
    /// <param name="location">Where it is, for messages: no secrets.</param>
    /// <param name="connectionString">
    /// Gives the connection string of the next connection, made by <see cref="RedshiftConnection"/>: temporary credentials count at
    /// login only, so every connection has its own.
    /// </param>
    /// <param name="logins">What gives the credentials, disposed with the warehouse; may be null.</param>
    public static WarehouseDatabase OpenRedshift(string location, Func<CancellationToken, Task<string>> connectionString, IDisposable? logins) =>
        new(location, connectionString, logins);

    /// <summary>A warehouse on a server that somebody else looks after.</summary>
    internal static WarehouseDatabase FromConnectionString(string connectionString) => new(null, connectionString);

    /// <inheritdoc/>
    public async Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken) =>
        new NpgsqlSession(this, await ConnectAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    /// <remarks>
    /// The query's transaction reads only and is never committed. On a private cluster it is a reader's, who has no right to change anything; elsewhere the given
    /// user takes on the group airportops_read where that may be.
    /// </remarks>
    public async Task<QueryResult> ReadAsync(string query, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(isReading: true, cancellationToken).ConfigureAwait(false);
        // Values come as text: the driver misreads Redshift's binary decimals, and has no type for many values of PostgreSQL's (infinity, 24:00, the year 0).
        var command = new NpgsqlCommand(query, connection) { AllResultTypesAreUnknown = true };
        try
        {
            foreach (var statement in ReadOnlyTransaction.Begin(Engine, timeout, mayAssumeReader: _cluster is null))
            {
                var begin = new NpgsqlCommand(statement, connection);
                await using var _ = begin.ConfigureAwait(false);
                await begin.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            return NpgsqlQuery.Result(this, connection, command, await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failed)
        {
            await command.DisposeAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
            throw failed switch
            {
                PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } when !cancellationToken.IsCancellationRequested =>
                    QueryRunner.TooLong(timeout!.Value, failed),
                PostgresException refused => QueryRunner.Refused($"{refused.MessageText} ({refused.SqlState})", query, refused.Position, failed),
                NpgsqlException trouble => Failure("could not run the query", trouble),
                _ => failed,
            };
        }
    }

    /// <summary>Opens a connection; the caller's to dispose.</summary>
    /// <exception cref="WarehouseException">The server can't be reached or refuses.</exception>
    internal Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => ConnectAsync(isReading: false, cancellationToken);

    private async Task<NpgsqlConnection> ConnectAsync(bool isReading, CancellationToken cancellationToken)
    {
        try
        {
            var source = isReading ? _readingSource ?? _source : _source;
            if (source is null)
            {
                var settings = new NpgsqlConnectionStringBuilder(await _connectionString!(cancellationToken).ConfigureAwait(false));
                _password.Value = settings.Password;
                settings.Password = null;
                source = SourceOf(settings.ConnectionString);
            }

            try
            {
                return await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException down) when (_cluster is not null && IsDown(down))
            {
                // A private server has nobody but its users to look after it.
                await _cluster.EnsureRunningAsync(cancellationToken).ConfigureAwait(false);
                return await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            }
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
        var fault = NpgsqlSession.FaultOf(cause);
        return new WarehouseException(
            $"The warehouse at {Location} {what}: {reason}. {StatementException.Advice((cause as PostgresException)?.SqlState, fault)}",
            fault,
            cause);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var source in new[] { _source, _readingSource }.OfType<NpgsqlDataSource>().Concat(_sources.Values))
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }

        _logins?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>One source for all passwords: a source each would be kept by the driver for ever.</summary>
    private NpgsqlDataSource SourceOf(string connectionString)
    {
        lock (_guard)
        {
            if (!_sources.TryGetValue(connectionString, out var source))
            {
                _sources[connectionString] = source = new NpgsqlDataSourceBuilder(connectionString)
                    .UsePasswordProvider(_ => _password.Value!, (_, _) => ValueTask.FromResult(_password.Value!))
                    .Build();
            }

            return source;
        }
    }

    /// <remarks>
    /// Connections are not pooled: one transaction a connection leaves no temporary table or setting behind, as on Redshift, and a
    /// private server that is about to stop has none to wait for. A connection over the socket costs 2 ms.
    /// </remarks>
    private static NpgsqlConnectionStringBuilder SettingsOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = "public,shims",
            Pooling = false,
            CommandTimeout = 0,
        };
        settings.ApplicationName ??= "airportops";
        return settings;
    }

    /// <summary>Whether there is no server, or one that is starting or stopping.</summary>
    private static bool IsDown(NpgsqlException trouble) => trouble is not PostgresException answer
        || answer.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown;
}
