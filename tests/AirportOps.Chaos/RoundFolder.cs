using AirportOps.Testing;

namespace AirportOps.Chaos;

/// <summary>The folder of a round, in which all of its processes work. Disposing ends those that are left and deletes it.</summary>
internal sealed class RoundFolder : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoSettings = [];
    private static readonly string Self = System.IO.Path.Combine(AppContext.BaseDirectory, "AirportOps.Chaos.dll");

    internal RoundFolder()
    {
        Path = Directory.CreateTempSubdirectory("ao-chaos-").FullName;

        if (!OperatingSystem.IsWindows())
        {
            // Root's server runs as another account, which must be able to enter.
            File.SetUnixFileMode(Path, (UnixFileMode)0b111_101_101);
        }
    }

    internal string Path { get; }

    /// <summary>Whether the folder stays.</summary>
    internal bool IsKept { get; set; }

    internal string Stream => this[".airportops/stream/airport-events"];

    internal string Lake => this[".airportops/lake"];

    internal string Ledger => this["ledger.jsonl"];

    /// <summary>The data of the private cluster.</summary>
    internal string ClusterData => this[".airportops/warehouse/cluster/data"];

    /// <summary>Environment variables of every process.</summary>
    internal IReadOnlyDictionary<string, string> Settings { get; init; } = NoSettings;

    /// <summary>A path in the folder.</summary>
    internal string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Starts the program.</summary>
    internal ProgramProcess Start(params IReadOnlyList<string> arguments) =>
        ProgramProcess.Start(ProgramProcess.AirportOps, Path, Settings, arguments);

    /// <summary>Starts a verb of the harness's own.</summary>
    internal ProgramProcess StartSelf(params IReadOnlyList<string> arguments) => ProgramProcess.Start(Self, Path, Settings, arguments);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await FolderProcesses.EndAsync(Path);
        if (!IsKept)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
