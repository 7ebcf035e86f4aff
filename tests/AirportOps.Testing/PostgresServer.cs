using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AirportOps.Testing;

/// <summary>
/// A PostgreSQL server of the caller's own, reached by <c>postgres://</c>: unlike a private cluster nobody but the caller starts it again. Disposing stops
/// it; its folder is the caller's to delete.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "airportops";

    /// <summary>The one that initdb makes.</summary>
    private const string Database = "postgres";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Below the ports that the kernel gives to outgoing connections: while the server is away nobody is given its own.</summary>
    private static readonly (int First, int Last) Ports = (20_000, 32_000);

    private readonly string _folder;
    private readonly string _binaries;
    private readonly int _port;

    private PostgresServer(string folder, string binaries, int port) => (_folder, _binaries, _port) = (folder, binaries, port);

    /// <summary>The warehouse as a URI: an empty database.</summary>
    public string Uri => string.Create(CultureInfo.InvariantCulture, $"postgres://{User}@127.0.0.1:{_port}/{Database}");

    /// <summary>Its data folder.</summary>
    public string Data => Path.Combine(_folder, "data");

    /// <summary>Creates a server with an empty database; it runs.</summary>
    /// <param name="folder">A folder for it, which is created.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidOperationException">A program of PostgreSQL is missing or failed.</exception>
    public static async Task<PostgresServer> CreateAsync(string folder, CancellationToken cancellationToken)
    {
        var server = new PostgresServer(folder, FindBinaries(), FreePort());
        await RunAsync(["install", "-d", "-m", "700", .. Owner(), folder], "/", cancellationToken);
        await server.RunAsync("initdb", ["-D", "data", "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions"], cancellationToken);

        // Processes are killed here, never the machine: what was written is there without being forced to disk.
        await File.AppendAllTextAsync(
            Path.Combine(server.Data, "postgresql.conf"),
            string.Create(CultureInfo.InvariantCulture, $"listen_addresses = '127.0.0.1'\nport = {server._port}\nunix_socket_directories = ''\nfsync = off\n"),
            cancellationToken);
        await server.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts the server and waits until it answers, as a supervisor of it would: again and again until it does.</summary>
    /// <exception cref="TimeoutException">It doesn't.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => Deadline.UntilAsync(
        $"the server in {_folder} has started; its log is {Path.Combine(_folder, "log")}",
        async () =>
        {
            try
            {
                // Backends of a postmaster that was killed may still be ending.
                await RunAsync("pg_ctl", ["start", "-D", "data", "-l", "log", "-w", "-s"], cancellationToken);
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        },
        Patience,
        cancellationToken);

    /// <summary>Stops the server and waits until it has ended.</summary>
    /// <param name="isImmediate">Whether as by a crash, <c>pg_ctl stop -m immediate</c>; else <c>-m fast</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task StopAsync(bool isImmediate, CancellationToken cancellationToken) => PostgresProcesses.StopAsync(Data, isImmediate, Patience, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(isImmediate: true, CancellationToken.None);

    private Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        RunAsync([.. AsOwner(), Path.Combine(_binaries, program), .. arguments], _folder, cancellationToken);

    private static async Task RunAsync(string[] words, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', words)} failed: {error.Trim()}");
        }
    }

    private static string FindBinaries()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            : Enumerable.Empty<string>();
        return new[] { Environment.GetEnvironmentVariable("AIRPORTOPS_PG_BIN") ?? string.Empty }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator))
            .Concat(debian.Select(folder => Path.Combine(folder, "bin")))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL's programs are not installed; see tests/setup");
    }

    private static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(Ports.First, Ports.Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    /// <summary>PostgreSQL does not run as root: root's server runs as an account without rights.</summary>
    private static (string User, string Group)? Account()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var account = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).OrderBy(fields => fields[0] == "postgres" ? 0 : 1)
            .First(fields => fields[0] is "postgres" or "nobody");
        return (account[2], account[3]);
    }

    private static string[] Owner() => Account() is var (user, group) ? ["-o", user, "-g", group] : [];

    private static string[] AsOwner() => Account() is var (user, group) ? ["setpriv", "--reuid", user, "--regid", group, "--clear-groups", "--"] : [];
}
