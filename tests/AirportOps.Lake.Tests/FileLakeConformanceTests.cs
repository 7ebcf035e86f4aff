using AirportOps.Conformance;

namespace AirportOps.Lake.Tests;

public sealed class FileLakeConformanceTests : LakeConformanceTests, IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override Task<ILake> OpenAsync() => Task.FromResult<ILake>(FileLake.Open(_directory.PathOf("lake"), TimeProvider.System));
}
