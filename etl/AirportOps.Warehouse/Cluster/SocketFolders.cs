using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AirportOps.Reliability;

namespace AirportOps.Warehouse.Cluster;

/// <summary>Finds the folder of a cluster's socket: its home, or one with a short and plain path.</summary>
internal static class SocketFolders
{
    /// <summary>Remembers, in the home, the folder that its first user chose: others may have another temporary folder.</summary>
    private const string ChoiceFile = "socket-folder";

    // sun_path has 108 bytes on Linux and 104 on macOS, its closing zero included.
    private const int MaxSocketPathBytes = 103;

    // PostgreSQL and its clients take a list of folders, with commas between them; clients read what is behind a colon as a port.
    private static readonly SearchValues<char> NotInPaths = SearchValues.Create(",:'\"\\\n\r\t");

    internal static readonly string SocketName = string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{ClusterHome.Port}");

    /// <summary>Where a user without rights can have a folder, in order of preference; the temporary folder may be closed or absent.</summary>
    internal static string[] OfThisUser =>
        [.. new[] { Path.GetTempPath(), Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), "/tmp", "/var/tmp", "/dev/shm" }
            .OfType<string>()
            .Where(Directory.Exists)
            .Select(Path.TrimEndingDirectorySeparator)
            .Distinct(StringComparer.Ordinal)];

    /// <summary>The folder of the socket, private to the account.</summary>
    /// <param name="home">The cluster's home, which is there.</param>
    /// <param name="account">Who the server runs as.</param>
    /// <param name="places">Folders to create a folder in, in order of preference.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WarehouseException">None of the places takes one.</exception>
    internal static async Task<string> PrepareAsync(string home, ServerAccount account, IReadOnlyList<string> places, CancellationToken cancellationToken)
    {
        if (Fits(home))
        {
            return home;
        }

        var choice = Path.Combine(home, ChoiceFile);
        var name = NameFor(home);
        var chosen = File.Exists(choice) ? (await File.ReadAllTextAsync(choice, cancellationToken).ConfigureAwait(false)).Trim() : "";
        var reasons = new List<string>();

        // A home that was copied has a name of its own and keeps away from the folder of the first.
        foreach (var folder in places.Select(place => Path.Combine(place, name)).OrderByDescending(folder => folder == chosen).Where(Fits))
        {
            if (await account.TryCreatePrivateFolderAsync(folder, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                reasons.Add(reason);
                continue;
            }

            if (folder != chosen)
            {
                await File.WriteAllTextAsync(choice, folder + "\n", cancellationToken).ConfigureAwait(false);
            }

            return folder;
        }

        throw new WarehouseException(
            $"The path of {home} does not fit a socket ({MaxSocketPathBytes} bytes, no commas, colons or quotes), and no folder for one can be made: {string.Join("; ", reasons)}. Use a shorter path, or set TMPDIR.",
            Fault.Operator,
            null);
    }

    internal static string NameFor(string home) => $"airportops-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..16]}";

    private static bool Fits(string folder) =>
        Encoding.UTF8.GetByteCount(Path.Combine(folder, SocketName)) <= MaxSocketPathBytes && !folder.AsSpan().ContainsAny(NotInPaths);
}
