using AirportOps.Testing;

namespace AirportOps.Cli.Tests.Support;

/// <summary>
/// A folder for runs of the program, where each works and has its data. Disposing ends whatever still runs in it, also a PostgreSQL server that
/// nobody stopped, and deletes it.
/// </summary>
internal sealed class TestFolder : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoSettings = [];
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TimeToIdle = TimeSpan.FromMinutes(3);

    private readonly List<RunningProgram> _programs = [];

    internal TestFolder()
    {
        Path = Directory.CreateTempSubdirectory("ao-").FullName;

        if (!OperatingSystem.IsWindows())
        {
            // Root's server runs as another account, which must be able to enter.
            File.SetUnixFileMode(Path, (UnixFileMode)0b111_101_101);
        }
    }

    internal string Path { get; }

    /// <summary>A path in the folder.</summary>
    internal string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Runs the program to its end.</summary>
    internal Task<Outcome> RunAsync(params string[] arguments) => Start(NoSettings, arguments, withInput: false).WaitAsync();

    /// <summary>Runs the program with environment variables to its end.</summary>
    internal Task<Outcome> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments) => Start(settings, arguments, withInput: false).WaitAsync();

    /// <summary>Runs another of the built programs with environment variables to its end.</summary>
    internal Task<Outcome> RunOtherAsync(string program, IReadOnlyDictionary<string, string> settings, params string[] arguments) =>
        Start(settings, arguments, withInput: false, program).WaitAsync();

    /// <summary>Starts the program.</summary>
    internal RunningProgram Start(params string[] arguments) => Start(NoSettings, arguments, withInput: false);

    /// <summary>Starts the program with environment variables.</summary>
    internal RunningProgram Start(IReadOnlyDictionary<string, string> settings, params string[] arguments) => Start(settings, arguments, withInput: false);

    /// <summary>Starts the program with a standard input that stays open.</summary>
    internal RunningProgram StartWithInput(params string[] arguments) => Start(NoSettings, arguments, withInput: true);

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    internal string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    /// <summary>Waits until something is so, or a program that was to make it so has ended.</summary>
    internal static async Task UntilAsync(Func<bool> isSo, RunningProgram program)
    {
        while (!isSo() && !program.HasEnded)
        {
            await Task.Delay(PollInterval, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until no process works in the folder any more.</summary>
    internal Task UntilIdleAsync() =>
        Deadline.UntilAsync("no process works in the folder", () => Processes().Count == 0, TimeToIdle, TestContext.Current.CancellationToken);

    /// <summary>Whether there is a file below a folder of the lake or stream.</summary>
    internal bool HasFile(string folder) =>
        Directory.Exists(this[folder]) && Directory.EnumerateFiles(this[folder], "*", SearchOption.AllDirectories).Any();

    /// <summary>The processes that work in the folder, as id and name: programs, servers and what starts those. Empty where there is no /proc.</summary>
    internal IReadOnlyList<string> Processes() => [.. FolderProcesses.Of(Path).Select(process => process.ToString())];

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            await program.DisposeAsync();
        }

        await FolderProcesses.EndAsync(Path);
        Directory.Delete(Path, recursive: true);
    }

    private RunningProgram Start(IReadOnlyDictionary<string, string> settings, string[] arguments, bool withInput, string? other = null)
    {
        var program = RunningProgram.Start(Path, settings, arguments, withInput, other ?? RunningProgram.Whole);
        _programs.Add(program);
        return program;
    }
}
