using System.Globalization;

namespace AirportOps.Testing;

/// <summary>A process that works in a folder or below it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, which the kernel cuts at 15 characters.</param>
public sealed record FolderProcess(int Id, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Name}");
}

/// <summary>The processes that work in a folder: programs, servers and what starts those. There are none where there is no <c>/proc</c>.</summary>
public static class FolderProcesses
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(5);

    /// <summary>Finds them.</summary>
    public static IReadOnlyList<FolderProcess> Of(string folder)
    {
        var running = new List<FolderProcess>();
        foreach (var process in Directory.Exists("/proc/self") ? Directory.EnumerateDirectories("/proc") : [])
        {
            try
            {
                if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id)
                    && new FileInfo(Path.Combine(process, "cwd")).LinkTarget is { } place
                    && (place == folder || place.StartsWith(folder + "/", StringComparison.Ordinal)))
                {
                    running.Add(new FolderProcess(id, File.ReadAllText(Path.Combine(process, "comm")).Trim()));
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is another account's and none of ours.
            }
        }

        return running;
    }

    /// <summary>Ends them all, a frozen one too.</summary>
    public static async Task EndAsync(string folder)
    {
        var asked = TimeProvider.System.GetTimestamp();
        for (var left = Of(folder); left.Count > 0; left = Of(folder))
        {
            // To a PostgreSQL server QUIT is an immediate shutdown, which leaves no shared memory behind as KILL does.
            var signal = TimeProvider.System.GetElapsedTime(asked) < TimeToStop ? "QUIT" : "KILL";
            await Signals.SendAsync(signal, left.Select(process => process.Id));
            await Task.Delay(PollInterval);
        }
    }
}
