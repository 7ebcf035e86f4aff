using AirportOps.Aws.Tests.Emulators;
using AirportOps.Conformance;
using AirportOps.Streams;

namespace AirportOps.Aws.Tests.Kinesis;

public sealed class KinesisStreamConformanceTests(AwsEmulators emulators) : StreamConformanceTests
{
    protected override async Task<IEventStream> CreateStreamAsync(int shardCount)
    {
        var kinesis = await emulators.KinesisAsync();
        return TestStream.Open(kinesis, await TestStream.CreateAsync(kinesis, shardCount));
    }
}
