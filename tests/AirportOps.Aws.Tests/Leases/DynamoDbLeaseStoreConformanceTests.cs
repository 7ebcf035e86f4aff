using AirportOps.Aws.Leases;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Conformance;
using AirportOps.Streams.Leases;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Tests.Leases;

public sealed class DynamoDbLeaseStoreConformanceTests(AwsEmulators emulators) : LeaseStoreConformanceTests
{
    protected override async Task<ILeaseStore> CreateStoreAsync() => DynamoDbLeaseStore.Open(
        $"leases-{Guid.NewGuid():N}",
        TestAws.Options(await emulators.DynamoDbAsync()),
        new DynamoDbLeaseOptions { CallTimeout = TimeSpan.FromMinutes(1) },
        NullLogger.Instance,
        TimeProvider.System);
}
