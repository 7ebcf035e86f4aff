using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AirportOps.Reliability;

namespace AirportOps.Aws.Redshift;

/// <summary>
/// A Redshift warehouse as a URI names it: <c>redshift://WORKGROUP/DATABASE?…</c> of Redshift Serverless, or <c>redshift:///DATABASE?cluster=ID&amp;…</c>
/// of a provisioned cluster. <c>docs/redshift.md</c> says all.
/// </summary>
public sealed partial record RedshiftPlace
{
    private const string Scheme = "redshift://";
    private const string Grammar = "redshift://WORKGROUP/DATABASE or redshift:///DATABASE?cluster=ID";
    private const int DefaultPort = 5439;

    private static readonly string[] Options = ["via", "cluster", "dbuser", "secret", "host", "port", "sslmode", "sslrootcert"];

    private RedshiftPlace()
    {
    }

    /// <summary>The serverless workgroup; null with a cluster.</summary>
    public string? Workgroup { get; private init; }

    /// <summary>The provisioned cluster; null with a workgroup.</summary>
    public string? Cluster { get; private init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>How SQL gets there. Default: the Data API.</summary>
    public RedshiftRoute Route { get; private init; }

    /// <summary>The database user whose password is asked for, with a cluster; null: who the AWS credentials belong to.</summary>
    public string? DbUser { get; private init; }

    /// <summary>The ARN or name of a secret with user and password; null: temporary ones.</summary>
    public string? Secret { get; private init; }

    /// <summary>The host for Npgsql; null: the secret's, or the workgroup's own.</summary>
    public string? Host { get; private init; }

    /// <summary>The port for Npgsql; null: the secret's, the workgroup's own, or 5439.</summary>
    public int? Port { get; private init; }

    /// <summary>Whether Npgsql goes without TLS, which only a loopback host may.</summary>
    public bool IsPlain { get; private init; }

    /// <summary>The file with the certificates that Npgsql trusts; null: the system's.</summary>
    public string? RootCertificate { get; private init; }

    /// <summary>Where it is, for messages.</summary>
    public string Location => Cluster is null ? $"{Scheme}{Workgroup}/{Database}" : $"{Scheme}/{Database}?cluster={Cluster}";

    /// <summary>The warehouse as policies name it.</summary>
    public string Resource => Cluster is null ? $"workgroup {Workgroup}" : $"cluster {Cluster}";

    /// <summary>The port where nothing says another.</summary>
    internal static int UsualPort => DefaultPort;

    /// <summary>Reads a place.</summary>
    /// <exception cref="UsageException">It can't be read. The message says which part and what is expected.</exception>
    public static RedshiftPlace Parse(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var (path, query) = uri.StartsWith(Scheme, StringComparison.Ordinal) ? Cut(uri[Scheme.Length..], '?') : throw Wrong($"'{uri}' is no such place");
        var options = ReadOptions(query);
        var (workgroup, database) = Cut(path, '/');
        var cluster = options.GetValueOrDefault("cluster");
        if (!Identifier().IsMatch(database))
        {
            throw Wrong(database.Length == 0 ? $"'{uri}' names no database" : $"'{database}' can't be a database");
        }

        if (workgroup.Length == 0 == cluster is null)
        {
            throw Wrong(cluster is null ? $"'{uri}' names neither a workgroup nor a cluster" : $"'{uri}' names both a workgroup and a cluster");
        }

        if (!Identifier().IsMatch(cluster ?? workgroup))
        {
            throw Wrong($"'{cluster ?? workgroup}' can't be a {(cluster is null ? "workgroup" : "cluster")}");
        }

        var place = new RedshiftPlace
        {
            Workgroup = cluster is null ? workgroup : null,
            Cluster = cluster,
            Database = database,
            DbUser = options.GetValueOrDefault("dbuser"),
            Secret = options.GetValueOrDefault("secret"),
            Host = options.GetValueOrDefault("host"),
            RootCertificate = options.GetValueOrDefault("sslrootcert"),
            Route = options.GetValueOrDefault("via") switch
            {
                null or "dataapi" => RedshiftRoute.DataApi,
                "npgsql" => RedshiftRoute.Npgsql,
                var other => throw Wrong($"via={other} is none; expected dataapi or npgsql"),
            },
            Port = options.GetValueOrDefault("port") switch
            {
                null => null,
                var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 => port,
                var other => throw Wrong($"port={other} is none; expected 1 to 65535"),
            },
            IsPlain = options.GetValueOrDefault("sslmode") switch
            {
                null or "verify-full" => false,
                "disable" => true,
                var other => throw Wrong($"sslmode={other} is not offered; expected verify-full, or disable on this very machine"),
            },
        };
        return place.Checked(options.Keys);
    }

    private RedshiftPlace Checked(IEnumerable<string> given)
    {
        if (Route == RedshiftRoute.DataApi && given.FirstOrDefault(option => option is "host" or "port" or "sslmode" or "sslrootcert") is { } needless)
        {
            throw Wrong($"{needless} is for via=npgsql; the Data API finds the warehouse by its name");
        }

        if (DbUser is not null && (Cluster is null || Secret is not null))
        {
            throw Wrong(Cluster is null
                ? "dbuser goes with a cluster; on Redshift Serverless the user follows from the AWS credentials"
                : "dbuser and secret are two ways to say who logs in; give one");
        }

        if (Route == RedshiftRoute.Npgsql && Cluster is not null && Host is null && Secret is null)
        {
            throw Wrong("a cluster by npgsql needs its host: add &host=ENDPOINT");
        }

        return IsPlain && !IsLoopback(Host)
            ? throw Wrong("sslmode=disable is for this very machine; elsewhere TLS with a verified name is a must")
            : this;
    }

    private static bool IsLoopback(string? host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static Dictionary<string, string> ReadOptions(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = Cut(pair, '=');
            if (!Options.Contains(key) || value.Length == 0)
            {
                throw Wrong(value.Length == 0 && Options.Contains(key) ? $"{key} has no value" : $"'{key}' is no option; expected {string.Join(", ", Options)}");
            }

            options[key] = Uri.UnescapeDataString(value);
        }

        return options;
    }

    private static (string Before, string Behind) Cut(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    private static UsageException Wrong(string what) => new($"The warehouse can't be read: {what}. Expected {Grammar}, then ?via=…&secret=… and so on.");

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,126}$")]
    private static partial Regex Identifier();
}
