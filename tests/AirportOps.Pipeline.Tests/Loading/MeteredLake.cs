using System.Runtime.CompilerServices;
using AirportOps.Lake;

namespace AirportOps.Pipeline.Tests.Loading;

/// <summary>
/// A lake in memory that counts requests as S3 bills them, and whose calls are done when they return: with a clock that a test moves, a stage's whole day passes in a moment.
/// </summary>
internal sealed class MeteredLake : ILake
{
    private readonly SortedDictionary<string, byte[]> _objects = new(LakeKey.Comparer);

    public string Location => "s3://metered";

    public LookPace Pace => LookPace.OfPaidRequests;

    /// <summary>Requests since the count began.</summary>
    internal int Gets { get; private set; }

    internal int Lists { get; private set; }

    internal int Puts { get; private set; }

    internal int Requests => Gets + Lists + Puts;

    internal void BeginCount() => (Gets, Lists, Puts) = (0, 0, 0);

    public Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        Puts++;
        if (mode == PutMode.IfAbsent && _objects.ContainsKey(key))
        {
            return Task.FromResult(false);
        }

        _objects[key] = content.ToArray();
        return Task.FromResult(true);
    }

    public Task<byte[]?> TryGetAsync(string key, CancellationToken cancellationToken)
    {
        Gets++;
        return Task.FromResult(_objects.GetValueOrDefault(key));
    }

    public async Task<byte[]> GetAsync(string key, CancellationToken cancellationToken) =>
        await TryGetAsync(key, cancellationToken) ?? throw new LakeObjectNotFoundException(Location, key, null);

    public async Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) => new MemoryStream(await GetAsync(key, cancellationToken));

    public async Task<byte[]> GetRangeAsync(string key, long offset, int count, CancellationToken cancellationToken) =>
        (await GetAsync(key, cancellationToken))[(int)offset..][..count];

    public Task<LakeObject?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        Gets++;
        return Task.FromResult(_objects.TryGetValue(key, out var found) ? new LakeObject(key, found.Length, DateTimeOffset.UnixEpoch) : null);
    }

    public async IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Lists++;
        await Task.CompletedTask;
        foreach (var (key, content) in _objects.Where(found => IsListed(found.Key, prefix, startAfter)).ToList())
        {
            yield return new LakeObject(key, content.Length, DateTimeOffset.UnixEpoch);
        }
    }

    public Task<LakeObject?> FirstAsync(string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        Lists++;
        var found = _objects.FirstOrDefault(found => IsListed(found.Key, prefix, startAfter));
        return Task.FromResult(found.Key is null ? null : new LakeObject(found.Key, found.Value.Length, DateTimeOffset.UnixEpoch));
    }

    public Task<IReadOnlyList<string>> ListFoldersAsync(string folder, CancellationToken cancellationToken)
    {
        Lists++;
        return Task.FromResult<IReadOnlyList<string>>(
        [
            .. _objects.Keys.Where(key => key.StartsWith(folder, StringComparison.Ordinal) && key.IndexOf('/', folder.Length) > 0)
                .Select(key => key[folder.Length..key.IndexOf('/', folder.Length)]).Distinct(),
        ]);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        _objects.Remove(key);
        return Task.CompletedTask;
    }

    public Task<LakeUpload> CreateAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static bool IsListed(string key, string prefix, string? startAfter) =>
        key.StartsWith(prefix, StringComparison.Ordinal) && (startAfter is null || LakeKey.Comparer.Compare(key, startAfter) > 0);
}
