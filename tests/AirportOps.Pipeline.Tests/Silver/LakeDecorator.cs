using AirportOps.Lake;

namespace AirportOps.Pipeline.Tests.Silver;

/// <summary>Passes everything on; tests override what they disturb.</summary>
internal abstract class LakeDecorator(ILake lake) : ILake
{
    public string Location => lake.Location;

    public LookPace Pace => lake.Pace;

    public virtual Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken) =>
        lake.PutAsync(key, content, mode, cancellationToken);

    public virtual Task DeleteAsync(string key, CancellationToken cancellationToken) => lake.DeleteAsync(key, cancellationToken);

    public Task<LakeUpload> CreateAsync(string key, CancellationToken cancellationToken) => lake.CreateAsync(key, cancellationToken);

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) => lake.OpenReadAsync(key, cancellationToken);

    public Task<byte[]> GetAsync(string key, CancellationToken cancellationToken) => lake.GetAsync(key, cancellationToken);

    public Task<byte[]?> TryGetAsync(string key, CancellationToken cancellationToken) => lake.TryGetAsync(key, cancellationToken);

    public Task<byte[]> GetRangeAsync(string key, long offset, int count, CancellationToken cancellationToken) =>
        lake.GetRangeAsync(key, offset, count, cancellationToken);

    public Task<LakeObject?> HeadAsync(string key, CancellationToken cancellationToken) => lake.HeadAsync(key, cancellationToken);

    public IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken) =>
        lake.ListAsync(prefix, startAfter, cancellationToken);
}
