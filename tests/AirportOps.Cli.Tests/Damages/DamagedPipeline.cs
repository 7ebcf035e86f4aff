using System.Diagnostics;
using AirportOps.Cli.Tests.Support;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Cli.Tests.Damages;

/// <summary>
/// A pipeline that every damage starts from: a stream, Bronze and Silver of three deliveries, and the warehouse as it was after the first, after all, and
/// what it holds in the end.
/// </summary>
public sealed class DamagedPipeline : IAsyncLifetime
{
    /// <summary>Small enough that each shard has a chain of windows, some of which the early warehouse has not.</summary>
    private const string WindowRecords = "120";

    internal TestFolder Folder { get; } = new();

    /// <summary>What staging and Gold hold after an undisturbed run.</summary>
    internal IReadOnlyList<string> Expected { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            await DoAsync("simulate", "--events", "1200", "--mess", "0.3", "--seed", $"{delivery}", "--date", "2024-05-17", "--shards", "2");
            await DoAsync("bronze", "--once");
            await DoAsync("silver", "--once", "--no-load", "--window-records", WindowRecords);
            if (delivery == 1)
            {
                await LoadAsync();
                await SaveAsync("early");
            }
        }

        await DoAsync("simulate", "--events", "9600", "--mess", "0.3", "--seed", "9", "--date", "2024-05-17", "--shards", "2", "--data", "elsewhere");
        await DoAsync("silver", "--once", "--no-load", "--window-records", WindowRecords, "--data", "elsewhere", "--lake", "file:other");
        await SaveAsync("behind");
        await LoadAsync();
        await SaveAsync("whole");
        Expected = await WarehouseDump.ReadAsync(Folder);
        await Folder.UntilIdleAsync();
    }

    public ValueTask DisposeAsync() => Folder.DisposeAsync();

    /// <summary>Brings a saved state back.</summary>
    /// <param name="state"><c>early</c>, <c>behind</c> (all but the warehouse is at the end) or <c>whole</c>.</param>
    internal async Task RestoreAsync(string state)
    {
        await Folder.UntilIdleAsync();
        Remove(".airportops", "rebuilt", "fresh");
        await CopyAsync(state, ".airportops");
    }

    /// <summary>Puts a part of a saved state in the place of what is there.</summary>
    internal async Task PutBackAsync(string state, string part)
    {
        await Folder.UntilIdleAsync();
        Remove($".airportops/{part}");
        await CopyAsync($"{state}/{part}", $".airportops/{part}");
    }

    internal void Remove(params string[] names)
    {
        foreach (var path in names.Select(name => Folder[name]).Where(Path.Exists))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Loads and builds all there is.</summary>
    internal async Task LoadAsync()
    {
        await DoAsync("load");
        await DoAsync("gold", "build");
    }

    /// <summary>Changes the warehouse behind the program's back.</summary>
    internal async Task ExecuteAsync(string statement)
    {
        var token = TestContext.Current.CancellationToken;
        await using var warehouse = await WarehouseDatabase.OpenAsync(
            $"local:{Folder[".airportops/warehouse"]}", new LocalClusterOptions { Clock = TimeProvider.System }, NullLogger.Instance, token);
        await using var session = await warehouse.OpenSessionAsync(token);
        await session.ExecuteAsync(statement, token);
    }

    /// <summary>Types a line of a shell, in which <c>./airportops</c> is the program under test.</summary>
    internal async Task TypeAsync(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-e", "-c", line.Replace("./airportops", $"dotnet {RunningProgram.Whole}", StringComparison.Ordinal)])
        {
            WorkingDirectory = Folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(shell.ExitCode == 0, $"{line} ended with {shell.ExitCode}\n{await output}\n{error}");
    }

    internal async Task DoAsync(params string[] arguments) => (await Folder.RunAsync(arguments)).Done();

    private async Task SaveAsync(string state)
    {
        await Folder.UntilIdleAsync();
        await CopyAsync(".airportops", state);
    }

    /// <summary>Copies with owners and rights: the server is picky about those of its files.</summary>
    private async Task CopyAsync(string from, string to)
    {
        using var copy = Process.Start("cp", ["-a", Folder[from], Folder[to]]);
        await copy.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, copy.ExitCode);
    }
}
