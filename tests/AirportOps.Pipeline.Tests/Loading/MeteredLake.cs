using System.Runtime.CompilerServices;
using AirportOps.Lake;

namespace AirportOps.Pipeline.Tests.Loading;

/// <summary>
/// A lake in memory that counts requests as S3 bills them, and whose calls are done when they return: with a clock that a test moves, a stage's whole
/// day passes in a moment.
/// </summary>
internal sealed class MeteredLake : ILake
{
    private readonly Lock _guard = new();
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
        lock (_guard)
        {
            Puts++;
            if (mode == PutMode.IfAbsent && _objects.ContainsKey(key))
            {
                return Task.FromResult(false);
            }

            _objects[key] = content.ToArray();
            return Task.FromResult(true);
        }
    }

    public Task<byte[]?> TryGetAsync(string key, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            Gets++;
            return Task.FromResult(_objects.GetValueOrDefault(key));
        }
    }

    public async Task<byte[]> GetAsync(string key, CancellationToken cancellationToken) =>
        await TryGetAsync(key, cancellationToken) ?? throw new LakeObjectNotFoundException(Location, key, null);

    public async Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) => new MemoryStream(await GetAsync(key, cancellationToken));

    public async Task<byte[]> GetRangeAsync(string key, long offset, int count, CancellationToken cancellationToken) =>
        (await GetAsync(key, cancellationToken))[(int)offset..][..count];

    public async Task<LakeObject?> HeadAsync(string key, CancellationToken cancellationToken) =>
        await TryGetAsync(key, cancellationToken) is { } found ? new LakeObject(key, found.Length, DateTimeOffset.UnixEpoch) : null;

    public async IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var found in List(prefix, startAfter))
        {
            yield return found;
        }
    }

    public Task<LakeObject?> FirstAsync(string prefix, string? startAfter, CancellationToken cancellationToken) =>
        Task.FromResult(List(prefix, startAfter).FirstOrDefault());

    public Task<IReadOnlyList<string>> ListFoldersAsync(string folder, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(
    [
        .. List(folder, null).Where(found => found.Key.IndexOf('/', folder.Length) > 0)
            .Select(found => found.Key[folder.Length..found.Key.IndexOf('/', folder.Length)]).Distinct(),
    ]);

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            _objects.Remove(key);
            return Task.CompletedTask;
        }
    }

    public Task<LakeUpload> CreateAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    private List<LakeObject> List(string prefix, string? startAfter)
    {
        lock (_guard)
        {
            Lists++;
            return
            [
                .. _objects
                    .Where(found => found.Key.StartsWith(prefix, StringComparison.Ordinal)
                        && (startAfter is null || LakeKey.Comparer.Compare(found.Key, startAfter) > 0))
                    .Select(found => new LakeObject(found.Key, found.Value.Length, DateTimeOffset.UnixEpoch)),
            ];
        }
    }
}
