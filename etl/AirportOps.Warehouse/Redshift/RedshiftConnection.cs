using AirportOps.Reliability;
using Npgsql;

namespace AirportOps.Warehouse.Redshift;

/// <summary>Connections to Redshift by its wire protocol.</summary>
public static class RedshiftConnection
{
    private const int DefaultPort = 5439;

    /// <summary>
    /// The settings for Redshift: TLS with the server's name verified, nothing pooled, prepared or multiplexed, no time limit on a statement, and keepalives
    /// under a long COPY.
    /// </summary>
    /// <param name="connectionString">Host, database, user and password; what it says of the rest is overridden, but a trust bundle and a port are kept.</param>
    /// <param name="isPlain">Without TLS, for a stand-in on this very machine.</param>
    public static string ConnectionString(string connectionString, bool isPlain = false)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SslMode = isPlain ? SslMode.Disable : SslMode.VerifyFull,
            Pooling = false,
            NoResetOnClose = true,
            MaxAutoPrepare = 0,
            Multiplexing = false,
            CommandTimeout = 0,
            TcpKeepAlive = true,
        };
        settings.Port = settings.Port == NpgsqlConnection.DefaultPort ? DefaultPort : settings.Port;
        return settings.ConnectionString;
    }

    /// <summary>The same from its parts.</summary>
    /// <param name="host">The host.</param>
    /// <param name="port">The port.</param>
    /// <param name="database">The database.</param>
    /// <param name="user">The user.</param>
    /// <param name="password">The password.</param>
    /// <param name="rootCertificate">The file with the certificates to trust; null for the system's.</param>
    /// <param name="isPlain">Without TLS, for a stand-in on this very machine.</param>
    public static string ConnectionString(string host, int port, string database, string user, string password, string? rootCertificate, bool isPlain) =>
        ConnectionString(
            new NpgsqlConnectionStringBuilder
            {
                Host = host,
                Port = port,
                Database = database,
                Username = user,
                Password = password,
                RootCertificate = rootCertificate,
                ApplicationName = "airportops",
            }.ConnectionString,
            isPlain);

    /// <summary>Checks that decimals arrive as they are: some releases of the driver read 12.34 as 123400000000 (npgsql/npgsql#3843).</summary>
    /// <exception cref="WarehouseException">They don't; nothing may be loaded or built through this driver.</exception>
    public static async Task CheckDecimalsAsync(IWarehouseSql sql, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync("SELECT CAST(12.34 AS DECIMAL(8,2)) AS amount", cancellationToken).ConfigureAwait(false);
        if (rows is not [["12.34"]])
        {
            var arrived = rows is [[{ } other, ..], ..] ? other : "nothing";
            throw new WarehouseException(
                $"The driver misreads decimals of {sql.Location}: 12.34 arrived as {arrived}. Use the Data API.", Fault.Operator, null);
        }
    }
}
