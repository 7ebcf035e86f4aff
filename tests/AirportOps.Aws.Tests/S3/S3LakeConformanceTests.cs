using AirportOps.Aws.Lakes;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Conformance;
using AirportOps.Lake;

namespace AirportOps.Aws.Tests.S3;

public sealed class S3LakeConformanceTests(AwsEmulators emulators) : LakeConformanceTests, IDisposable
{
    private S3Lake? _lake;

    public void Dispose() => _lake?.Dispose();

    protected override async Task<ILake> OpenAsync()
    {
        var moto = await emulators.MotoAsync();
        return _lake ??= TestBucket.Open(moto, await TestBucket.CreateAsync(moto));
    }
}
