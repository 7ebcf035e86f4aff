using System.Runtime.CompilerServices;
using AirportOps.Lake;

namespace AirportOps.Pipeline.Tests.Bronze;

/// <summary>A lake in a directory of a test's own, of which each operation is told before and after, so that a test can stop it there.</summary>
internal sealed class WatchedLake : ILake, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airportops-bronze-").FullName;
    private readonly FileLake _lake;

    public WatchedLake() => _lake = FileLake.Open(_directory, TimeProvider.System);

    /// <summary>Called before an operation, with its name and key.</summary>
    public Func<string, string, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Called after an operation took effect.</summary>
    public Func<string, string, Task> After { get; set; } = (_, _) => Task.CompletedTask;

    public string Location => _lake.Location;

    public LookPace Pace => _lake.Pace;

    public string PathOf(string key) => Path.Combine(_directory, key);

    public async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var found in _lake.ListAsync("", null, cancellationToken))
        {
            // An archiver's notes on its shards are no part of the archive.
            if (!found.Key.StartsWith("bronze/_shards/", StringComparison.Ordinal)) keys.Add(found.Key);
        }
        return keys;
    }

    public Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken) =>
        WatchAsync("put", key, () => _lake.PutAsync(key, content, mode, cancellationToken));

    public Task<LakeUpload> CreateAsync(string key, CancellationToken cancellationToken) => _lake.CreateAsync(key, cancellationToken);

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        WatchAsync("read", key, () => _lake.OpenReadAsync(key, cancellationToken));

    public Task<byte[]> GetAsync(string key, CancellationToken cancellationToken) => _lake.GetAsync(key, cancellationToken);

    public Task<byte[]?> TryGetAsync(string key, CancellationToken cancellationToken) => _lake.TryGetAsync(key, cancellationToken);

    public Task<byte[]> GetRangeAsync(string key, long offset, int count, CancellationToken cancellationToken) =>
        _lake.GetRangeAsync(key, offset, count, cancellationToken);

    public Task<LakeObject?> HeadAsync(string key, CancellationToken cancellationToken) => _lake.HeadAsync(key, cancellationToken);

    public async IAsyncEnumerable<LakeObject> ListAsync(
        string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Before("list", prefix);
        await foreach (var found in _lake.ListAsync(prefix, startAfter, cancellationToken)) yield return found;
        await After("list", prefix);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => _lake.DeleteAsync(key, cancellationToken);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task<T> WatchAsync<T>(string operation, string key, Func<Task<T>> run)
    {
        await Before(operation, key);
        var result = await run();
        await After(operation, key);
        return result;
    }
}
