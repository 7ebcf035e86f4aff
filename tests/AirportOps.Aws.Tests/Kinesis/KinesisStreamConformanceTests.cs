using AirportOps.Aws.Tests.Emulators;
using AirportOps.Conformance;
using AirportOps.Streams;

namespace AirportOps.Aws.Tests.Kinesis;

public sealed class KinesisStreamConformanceTests(AwsEmulators emulators) : StreamConformanceTests, IAsyncDisposable
{
    /// <summary>One that keeps records for 24 hours by a clock of its own.</summary>
    private EmulatorProcess? _forgetful;

    public async ValueTask DisposeAsync()
    {
        if (_forgetful is not null)
        {
            await _forgetful.DisposeAsync();
        }
    }

    protected override async Task<(IEventStream Stream, Func<Task> Forget)> CreateForgettingStreamAsync()
    {
        var kinesalite = _forgetful = await AwsEmulators.StartKinesaliteAsync();
        var clock = new ShiftedClock();
        var stream = TestStream.Open(kinesalite.Url, await TestStream.CreateAsync(kinesalite.Url, 1), clock: clock);
        Assert.Equal(TimeSpan.FromHours(24), await stream.GetRetentionAsync(Token));
        return (stream, async () =>
        {
            var time = TimeSpan.FromHours(25);
            await kinesalite.TellAsync(FormattableString.Invariant($"forward {time.TotalSeconds}"), Token);
            clock.Shift = time;
        });
    }

    protected override async Task<IEventStream> CreateStreamAsync(int shardCount)
    {
        var kinesis = await emulators.KinesisAsync();
        return TestStream.Open(kinesis, await TestStream.CreateAsync(kinesis, shardCount));
    }
}
