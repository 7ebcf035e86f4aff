using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AirportOps.Warehouse.Sql;
using AirportOps.Warehouse.Tests.Redshift;
using Npgsql;

namespace AirportOps.Aws.Tests.Redshift;

/// <summary>
/// Redshift on its wire protocol: a password is asked for, then every statement goes to a real PostgreSQL, rendered by the dialect step; COPY reads
/// manifest and Parquet from the lake. A command of several statements is an error, as there.
/// </summary>
internal sealed class RedshiftWire : IAsyncDisposable
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;
    private const int CancelRequest = 80877102;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly ManifestCopy _copy;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _copies;

    /// <summary>Starts on a free loopback port.</summary>
    /// <param name="connectionString">The PostgreSQL behind it, on its socket.</param>
    /// <param name="copy">Does COPY.</param>
    /// <param name="admits">Whether a user may come in with a password.</param>
    internal RedshiftWire(string connectionString, ManifestCopy copy, Func<string, string, bool> admits)
    {
        (_server, _copy, Admits) = (new NpgsqlConnectionStringBuilder(connectionString), copy, admits);
        _listener.Start();
        _serving = ServeAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Who logged in, with which password.</summary>
    internal ConcurrentQueue<(string User, string Password)> Logins { get; } = new();

    /// <summary>Every statement that ran, in order.</summary>
    internal ConcurrentQueue<string> Ran { get; } = new();

    /// <summary>For a statement: what the database says instead of running it, as SQLSTATE and message; null runs it.</summary>
    internal Func<string, (string SqlState, string Message)?> Refuse { get; set; } = _ => null;

    private Func<string, string, bool> Admits { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using var client = accepted;
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await using var down = client.GetStream();
            if (await LogInAsync(down) is not { } parameters)
            {
                return;
            }

            await server.ConnectAsync(new UnixDomainSocketEndPoint(string.Create(CultureInfo.InvariantCulture, $"{_server.Host}/.s.PGSQL.{_server.Port}")), _stop.Token);
            await using var up = new NetworkStream(server);
            parameters["user"] = _server.Username!;
            parameters["database"] = _server.Database!;
            parameters["search_path"] = "public, shims";
            // Copied rows come by another connection: see RenderAsync.
            parameters["default_transaction_isolation"] = "read committed";
            await up.WriteAsync(Startup(parameters), _stop.Token);
            var answers = up.CopyToAsync(down, _stop.Token);
            await PumpAsync(down, up);
            server.Shutdown(SocketShutdown.Both);
            await answers;
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two has left.
        }
    }

    private async Task<Dictionary<string, string>?> LogInAsync(NetworkStream client)
    {
        while (true)
        {
            var message = await ReadBodyAsync(client);
            var code = BinaryPrimitives.ReadInt32BigEndian(message);
            if (code is SslRequest or GssRequest)
            {
                await client.WriteAsync("N"u8.ToArray(), _stop.Token);
                continue;
            }

            if (code == CancelRequest)
            {
                return null;
            }

            var words = Encoding.UTF8.GetString(message.AsSpan(4)).Split('\0');
            var parameters = Enumerable.Range(0, words.Length / 2).Where(index => words[2 * index].Length > 0).ToDictionary(index => words[2 * index], index => words[(2 * index) + 1]);
            await client.WriteAsync(new byte[] { (byte)'R', 0, 0, 0, 8, 0, 0, 0, 3 }, _stop.Token);
            var kind = new byte[1];
            await client.ReadExactlyAsync(kind, _stop.Token);
            var password = Encoding.UTF8.GetString(await ReadBodyAsync(client)).TrimEnd('\0');
            Logins.Enqueue((parameters["user"], password));
            if (Admits(parameters["user"], password))
            {
                return parameters;
            }

            await client.WriteAsync(Error("FATAL", "28P01", $"password authentication failed for user \"{parameters["user"]}\""), _stop.Token);
            return null;
        }
    }

    private async Task PumpAsync(NetworkStream client, NetworkStream server)
    {
        var kind = new byte[1];
        while (await client.ReadAtLeastAsync(kind, 1, throwOnEndOfStream: false, _stop.Token) == 1)
        {
            var body = await ReadBodyAsync(client);
            if (kind[0] is (byte)'P' or (byte)'Q')
            {
                body = await RewriteAsync(kind[0] == 'P', body);
            }

            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, body.Length + 4);
            await server.WriteAsync((byte[])[.. kind, .. length, .. body], _stop.Token);
        }
    }

    private async Task<byte[]> RewriteAsync(bool isParse, byte[] body)
    {
        var start = isParse ? Array.IndexOf(body, (byte)0) + 1 : 0;
        var end = Array.IndexOf(body, (byte)0, start);
        var sql = Encoding.UTF8.GetString(body, start, end - start);
        // The driver's own questions about types.
        return sql.Contains("pg_type", StringComparison.Ordinal) || sql.Length == 0
            ? body
            : [.. body[..start], .. Encoding.UTF8.GetBytes(await RenderAsync(sql)), .. body[end..]];
    }

    private async Task<string> RenderAsync(string sql)
    {
        Ran.Enqueue(sql);
        if (Refuse(sql) is var (state, message))
        {
            return $"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}', MESSAGE = '{message}'; END $$";
        }

        if (SqlSplitter.Statements(SqlLexer.Tokens(sql)).Count() != 1)
        {
            return "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '34000', MESSAGE = 'portal \"mq0\" does not exist'; END $$";
        }

        if (ManifestCopy.Target(sql) is not var (table, columns))
        {
            return PostgresDialect.Render(sql).First().Text;
        }

        // The landing table is the client's own; so the files go through one that all see.
        var entity = table["landing_".Length..table.LastIndexOf('_')];
        var copied = string.Create(CultureInfo.InvariantCulture, $"public.copied_{Interlocked.Increment(ref _copies)}");
        await using var side = new NpgsqlConnection(_server.ConnectionString);
        await side.OpenAsync(_stop.Token);
        await using var create = new NpgsqlCommand($"CREATE TABLE {copied} (LIKE staging.{entity})", side);
        await create.ExecuteNonQueryAsync(_stop.Token);
        Assert.True(await _copy.TryRunAsync(side, sql, copied));
        return $"INSERT INTO {table} ({columns}) SELECT {columns} FROM {copied}";
    }

    private async Task<byte[]> ReadBodyAsync(NetworkStream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, _stop.Token);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return body;
    }

    private static byte[] Startup(Dictionary<string, string> parameters)
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(parameters.Select(pair => $"{pair.Key}\0{pair.Value}\0")) + "\0");
        var message = new byte[8 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), 196608);
        body.CopyTo(message, 8);
        return message;
    }

    private static byte[] Error(string severity, string state, string text)
    {
        var body = Encoding.UTF8.GetBytes($"S{severity}\0V{severity}\0C{state}\0M{text}\0\0");
        var message = new byte[5 + body.Length];
        message[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), body.Length + 4);
        body.CopyTo(message, 5);
        return message;
    }
}
