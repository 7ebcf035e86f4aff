using System.Globalization;
using AirportOps.Reliability;

namespace AirportOps.Warehouse.Cluster;

/// <summary>A folder with PostgreSQL's server programs.</summary>
/// <param name="Folder">Holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="MajorVersion">For instance 15.</param>
internal sealed record PostgresBinaries(string Folder, int MajorVersion)
{
    /// <summary>MERGE came with 15.</summary>
    internal const int OldestMajorVersion = 15;

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    internal string Initdb => Path.Combine(Folder, "initdb");

    /// <summary>psql of the same package; only its name where the package has it elsewhere.</summary>
    internal string Psql => Path.Combine(Folder, "psql") is var beside && File.Exists(beside) ? beside : "psql";

    internal string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>The first folder that holds all programs in a version that fits.</summary>
    /// <param name="given">The only folder to look in; null to search this machine.</param>
    /// <param name="clusterVersion">The version an existing cluster was created with; null for a new one.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Null when there is none on this machine.</returns>
    /// <exception cref="WarehouseException">The given folder has none that fits, or an existing cluster needs a version that is not here.</exception>
    internal static async Task<PostgresBinaries?> FindAsync(string? given, int? clusterVersion, CancellationToken cancellationToken)
    {
        var seen = new List<string>();
        foreach (var folder in given is null ? Candidates() : [Path.GetFullPath(given)])
        {
            if (!Programs.All(program => File.Exists(Path.Combine(folder, program))))
            {
                continue;
            }

            var version = await MajorVersionOfAsync(folder, cancellationToken).ConfigureAwait(false);
            if (clusterVersion is { } exact ? version == exact : version >= OldestMajorVersion)
            {
                return new PostgresBinaries(folder, version);
            }

            seen.Add($"{version} in {folder}");
        }

        var found = seen.Count == 0 ? "none" : string.Join(", ", seen);
        return (given, clusterVersion) switch
        {
            ({ } folder, _) => throw new WarehouseException(
                $"AIRPORTOPS_PG_BIN names {folder}, which has no PostgreSQL {Wanted(clusterVersion)} programs (initdb, pg_ctl, postgres); found {found}. Name a folder that has, or unset it.",
                Fault.Operator,
                null),
            (_, { } version) => throw new WarehouseException(
                $"The local warehouse was created by PostgreSQL {version}, but this machine has {found}. Install that version or set AIRPORTOPS_PG_BIN.",
                Fault.Operator,
                null),
            _ => null,
        };
    }

    private static string Wanted(int? clusterVersion) =>
        clusterVersion is { } exact ? exact.ToString(CultureInfo.InvariantCulture) : $"{OldestMajorVersion} or newer";

    /// <summary>PATH first, then where packages put them, greater versions first.</summary>
    private static IEnumerable<string> Candidates() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathRooted)
            .Concat(Versioned("/usr/lib/postgresql", "*", "bin"))
            .Concat(Versioned("/usr", "pgsql-*", "bin"))
            .Concat(Versioned("/opt/homebrew/opt", "postgresql*", "bin"))
            .Concat(Versioned("/usr/local/opt", "postgresql*", "bin"));

    private static IEnumerable<string> Versioned(string parent, string pattern, string below) =>
        !Directory.Exists(parent)
            ? []
            : Directory.GetDirectories(parent, pattern)
                .OrderByDescending(folder => int.TryParse(
                    new string([.. Path.GetFileName(folder).Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, below));

    /// <summary>Reads <c>pg_ctl (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)</c>; 0 when it reads otherwise.</summary>
    private static async Task<int> MajorVersionOfAsync(string folder, CancellationToken cancellationToken)
    {
        var answer = await Command.RunAsync([Path.Combine(folder, "pg_ctl"), "--version"], "/", cancellationToken).ConfigureAwait(false);
        var number = answer.Printed.Split(' ').ElementAtOrDefault(2) ?? "";
        return int.TryParse(new string([.. number.TakeWhile(char.IsAsciiDigit)]), CultureInfo.InvariantCulture, out var major) ? major : 0;
    }
}
