using AirportOps.Reliability;
using Npgsql;

namespace AirportOps.Warehouse;

/// <summary>Reads <c>postgres://USER:PASSWORD@HOST:PORT/DATABASE?key=value</c>, as psql does.</summary>
internal static class PostgresUri
{
    private const int DefaultPort = 5432;

    /// <exception cref="UsageException">It is of another kind or a part can't be read. The message repeats no password.</exception>
    internal static string ToConnectionString(string place)
    {
        if (!Uri.TryCreate(place, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.Host.Length == 0)
        {
            throw new UsageException(
                "The warehouse must be local:DIR, postgres://USER:PASSWORD@HOST:PORT/DATABASE or redshift://WORKGROUP/DATABASE.");
        }

        var login = uri.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port < 0 ? DefaultPort : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(login[0]),
            Password = login.Length > 1 ? Uri.UnescapeDataString(login[1]) : null,

            // By default the driver first looks for Kerberos' library at every connection; where that is missing, as in a container, the runtime complains on
            // standard error. Who wants it writes gssencryptionmode=prefer behind the address.
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var name, var text] ? (name, Uri.UnescapeDataString(text)) : (pair, "");
            try
            {
                // psql writes verify-full where Npgsql wants VerifyFull.
                settings[key == "sslmode" ? "SSL Mode" : key] = key == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
            }
            catch (ArgumentException unknown)
            {
                throw new UsageException($"The warehouse's postgres:// address has a setting '{key}' that can't be read: {unknown.Message}");
            }
        }

        return settings.ConnectionString;
    }
}
