using System.Diagnostics;
using System.Globalization;

namespace AirportOps.Cli.Tests.Support;

/// <summary>
/// A folder for runs of the program, where each works and has its data. Disposing ends whatever still runs in it, also a PostgreSQL server that
/// nobody stopped, and deletes it.
/// </summary>
internal sealed class TestFolder : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoSettings = [];
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(5);

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
    internal async Task UntilIdleAsync()
    {
        while (Running().Count > 0)
        {
            await Task.Delay(PollInterval, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Whether there is a file below a folder of the lake or stream.</summary>
    internal bool HasFile(string folder) =>
        Directory.Exists(this[folder]) && Directory.EnumerateFiles(this[folder], "*", SearchOption.AllDirectories).Any();

    /// <summary>The processes that work in the folder, as id and name: programs, servers and what starts those. Empty where there is no /proc.</summary>
    internal IReadOnlyList<string> Processes() => [.. Running().Select(process => $"{process.Id} {process.Name}")];

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            await program.DisposeAsync();
        }

        var asked = TimeProvider.System.GetTimestamp();
        for (var left = Running(); left.Count > 0; left = Running())
        {
            // To a PostgreSQL server QUIT is an immediate shutdown, which leaves no shared memory behind as KILL does.
            var signal = TimeProvider.System.GetElapsedTime(asked) < TimeToStop ? "QUIT" : "KILL";
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -s {signal} {string.Join(' ', left.Select(process => process.Id))} 2>/dev/null"]);
            await kill.WaitForExitAsync(CancellationToken.None);
            await Task.Delay(PollInterval, CancellationToken.None);
        }

        Directory.Delete(Path, recursive: true);
    }

    private RunningProgram Start(IReadOnlyDictionary<string, string> settings, string[] arguments, bool withInput, string? other = null)
    {
        var program = RunningProgram.Start(Path, settings, arguments, withInput, other ?? RunningProgram.Whole);
        _programs.Add(program);
        return program;
    }

    private List<(int Id, string Name)> Running()
    {
        var running = new List<(int, string)>();
        foreach (var process in Directory.Exists("/proc/self") ? Directory.EnumerateDirectories("/proc") : [])
        {
            try
            {
                if (int.TryParse(System.IO.Path.GetFileName(process), CultureInfo.InvariantCulture, out var id)
                    && new FileInfo(System.IO.Path.Combine(process, "cwd")).LinkTarget is { } folder
                    && (folder == Path || folder.StartsWith(Path + "/", StringComparison.Ordinal)))
                {
                    running.Add((id, File.ReadAllText(System.IO.Path.Combine(process, "comm")).Trim()));
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is another account's and none of ours.
            }
        }

        return running;
    }
}
