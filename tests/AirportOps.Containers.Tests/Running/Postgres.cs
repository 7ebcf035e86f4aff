using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AirportOps.Containers.Tests.Running;

/// <summary>A PostgreSQL server on a loopback port, as compose.yaml's: reached over TCP, with a password.</summary>
internal sealed class Postgres : IAsyncDisposable
{
    private const string User = "airportops";
    private const string Password = "laptop";

    private readonly Process _process;

    private Postgres(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Its port.</summary>
    internal int Port { get; }

    /// <summary>Makes and starts one.</summary>
    /// <param name="folder">Where its files go; opened to the account that the server runs as.</param>
    internal static async Task<Postgres> StartAsync(string folder)
    {
        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin"
            : Path.GetDirectoryName((await Shell.RunAsync("readlink -f \"$(command -v initdb)\"", "/")).Trim())!;
        var data = Path.Combine(folder, "postgres");
        Directory.CreateDirectory(data);
        await Shell.RunAsync(
            $"chmod 755 '{folder}' && chown nobody '{data}' && cd '{data}' && printf {Password} > password && chmod 644 password"
            + $" && setpriv --reuid=nobody --clear-groups '{binaries}/initdb' --no-sync -D '{data}/cluster' -U {User} --pwfile=password -A scram-sha-256 -E UTF8 --locale=C",
            folder);
        var port = FreePort();
        var start = new ProcessStartInfo(
            "setpriv",
            [
                "--reuid=nobody", "--clear-groups", $"{binaries}/postgres", "-D", $"{data}/cluster", "-h", "127.0.0.1",
                "-p", port.ToString(CultureInfo.InvariantCulture), "-k", data, "-c", "fsync=off",
            ])
        {
            WorkingDirectory = data,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        var server = new Postgres(process, port);
        await Shell.RunAsync(
            $"until '{binaries}/pg_isready' -q -h 127.0.0.1 -p {port}; do kill -0 {process.Id} && sleep 0.1; done;"
            + $" PGPASSWORD={Password} '{binaries}/createdb' -h 127.0.0.1 -p {port} -U {User} airportops",
            "/");
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // To the server QUIT is an immediate shutdown, which leaves no shared memory behind as KILL does.
            await Shell.RunAsync($"kill -s QUIT {_process.Id}", "/");
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
