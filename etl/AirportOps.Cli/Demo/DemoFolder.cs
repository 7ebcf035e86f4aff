namespace AirportOps.Cli.Demo;

/// <summary>
/// The demo's own folder under the data folder, so that starting clean touches nothing else. Held by a lock: two demos at once would clear each
/// other's ground.
/// </summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly FileStream _lock;

    private DemoFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    internal string Path { get; }

    internal string Stream => System.IO.Path.Combine(Path, "stream", "airport-events");

    internal string Lake => System.IO.Path.Combine(Path, "lake");

    internal string Warehouse => System.IO.Path.Combine(Path, "warehouse");

    internal string Ledger => System.IO.Path.Combine(Path, "ledger.jsonl");

    /// <summary>Takes the folder and clears the last run's stream, lake and ledger. The warehouse's cluster stays, to be emptied when it runs.</summary>
    /// <exception cref="IOException">Another demo is using it, or it can't be cleared.</exception>
    internal static DemoFolder Take(string data)
    {
        var path = System.IO.Path.Combine(data, "demo");
        FileModes.CreateFolder(path, FileModes.Passage);
        FileStream held;
        try
        {
            held = new FileStream(System.IO.Path.Combine(path, "demo.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new IOException($"Another demo is running in {path}; wait for it, or give this one another --data.", taken);
        }

        var folder = new DemoFolder(path, held);
        try
        {
            foreach (var directory in new[] { System.IO.Path.Combine(path, "stream"), folder.Lake }.Where(Directory.Exists))
            {
                Directory.Delete(directory, recursive: true);
            }

            File.Delete(folder.Ledger);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
