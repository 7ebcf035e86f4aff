using AirportOps.Conformance;
using AirportOps.Streams.Leases;

namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>The leases that the simulation works with behave as those of the real store.</summary>
public sealed class MemoryLeaseStoreTests : LeaseStoreConformanceTests
{
    protected override Task<ILeaseStore> CreateStoreAsync() => Task.FromResult<ILeaseStore>(new MemoryLeaseStore());
}
