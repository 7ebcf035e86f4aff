using AirportOps.Conformance;

namespace AirportOps.Streams.Tests;

public sealed class LocalStreamConformanceTests : StreamConformanceTests, IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override Task<IEventStream> CreateStreamAsync(int shardCount) => Task.FromResult<IEventStream>(LocalStream.Open(
        _directory.PathOf("events"), new LocalStreamOptions { ShardCount = shardCount }, TimeProvider.System));

    protected override Task<(IEventStream Stream, Func<Task> Forget)> CreateForgettingStreamAsync() => Local.CreateForgettingAsync(_directory, 64 << 20);
}

/// <summary>The same with segments so small that every write starts a new one.</summary>
public sealed class SmallSegmentsConformanceTests : StreamConformanceTests, IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override Task<IEventStream> CreateStreamAsync(int shardCount) => Task.FromResult<IEventStream>(LocalStream.Open(
        _directory.PathOf("events"), new LocalStreamOptions { ShardCount = shardCount, SegmentBytes = 1 }, TimeProvider.System));

    protected override Task<(IEventStream Stream, Func<Task> Forget)> CreateForgettingStreamAsync() => Local.CreateForgettingAsync(_directory, 1);
}
