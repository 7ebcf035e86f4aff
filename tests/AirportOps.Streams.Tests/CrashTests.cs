using System.Globalization;
using AirportOps.Reliability;

namespace AirportOps.Streams.Tests;

/// <summary>The writer stopped or failed at each of its steps in the file system.</summary>
public sealed class CrashTests : IDisposable
{
    private const int PerCall = 3;
    private const int Calls = 4;

    private readonly TestDirectory _directory = new();
    private readonly FakeClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task After_a_crash_at_any_step_the_log_is_a_prefix_with_all_that_was_acknowledged()
    {
        var (steps, _) = await RunAsync("whole", FaultyFiles.None);
        Assert.InRange(steps, 20, 200);
        var lost = 0;
        foreach (var kind in (FaultKind[])[FaultKind.CrashBefore, FaultKind.CrashWithin, FaultKind.CrashAfter])
        {
            foreach (var loss in Enum.GetValues<PowerLoss>())
            {
                for (var step = 0; step < steps; step++)
                {
                    lost += await CrashAndReopenAsync(step, kind, loss);
                }
            }
        }

        // Otherwise the cuts cut nothing and this shows nothing.
        Assert.True(lost > 0);
    }

    [Fact]
    public async Task After_a_failure_at_any_step_the_writer_goes_on_and_nothing_acknowledged_is_missing_or_out_of_order()
    {
        var (steps, _) = await RunAsync("whole", FaultyFiles.None);
        for (var step = 0; step < steps; step++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"step-{step}");
            var files = new FaultyFiles(step, FaultKind.FailsOnce);
            var stream = Open(name, files);
            for (var call = 0; call < Calls; call += 2)
            {
                await using var writer = await stream.OpenWriterAsync(Token);
                await WriteStubbornlyAsync(writer, Local.Records(call * PerCall, PerCall));
                await WriteStubbornlyAsync(writer, Local.Records((call + 1) * PerCall, PerCall));
            }

            var read = await Local.ReadAsync(Open(name, FaultyFiles.None));

            Assert.True(files.HasFailed);
            Assert.Equal(Enumerable.Range(0, Calls * PerCall), read.Select(Local.Number).Distinct());
            Assert.InRange(read.Count, Calls * PerCall, (Calls + 1) * PerCall);
            AssertGrowing(read);
        }
    }

    /// <returns>Records a reader had seen and the power cut took.</returns>
    private async Task<int> CrashAndReopenAsync(int step, FaultKind kind, PowerLoss loss)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{loss}-{step}");
        var files = new FaultyFiles(step, kind);
        var (_, acknowledged) = await RunAsync(name, files);
        var seen = await Local.ReadAsync(Open(name, FaultyFiles.None));

        files.CutPower(loss);

        var survived = await Local.ReadAsync(Open(name, FaultyFiles.None));
        Assert.Equal(Enumerable.Range(0, survived.Count), survived.Select(Local.Number));
        Assert.True(
            survived.Count >= acknowledged && survived.Count <= acknowledged + PerCall,
            $"{name}: {acknowledged} records were acknowledged, {survived.Count} survived.");
        Assert.Equal(seen.Take(survived.Count).Select(record => record.Sequence), survived.Select(record => record.Sequence));

        var stream = Open(name, FaultyFiles.None);
        await using var follower = await stream.OpenReaderAsync(Local.ShardId, After(seen), Token);
        await Local.WriteAsync(stream, Local.Records(900, 2));

        // Whoever had read what the power cut took must not pass over what came in its place.
        Assert.Equal([900, 901], (await Local.ReadToTipAsync(follower)).Select(Local.Number));
        var all = await Local.ReadAsync(stream);
        Assert.Equal([.. survived.Select(Local.Number), 900, 901], all.Select(Local.Number));
        AssertGrowing(all);
        return seen.Count - survived.Count;
    }

    /// <summary>Two writers after each other, two calls each; every second call finds the segment full.</summary>
    /// <returns>The steps done and the records acknowledged before the crash.</returns>
    private async Task<(int Steps, int Acknowledged)> RunAsync(string name, FaultyFiles files)
    {
        var stream = Open(name, files);
        var acknowledged = 0;
        try
        {
            for (var call = 0; call < Calls; call += 2)
            {
                await using var writer = await stream.OpenWriterAsync(Token);
                await writer.WriteAsync(Local.Records(call * PerCall, PerCall), Token);
                acknowledged += PerCall;
                await writer.WriteAsync(Local.Records((call + 1) * PerCall, PerCall), Token);
                acknowledged += PerCall;
            }
        }
        catch (StreamException) when (files.HasFailed)
        {
            // The crash.
        }

        return (files.Steps, acknowledged);
    }

    private static async Task WriteStubbornlyAsync(IStreamWriter writer, OutgoingRecord[] records)
    {
        try
        {
            await writer.WriteAsync(records, Token);
        }
        catch (StreamException error)
        {
            Assert.Equal(Fault.Outside, error.Fault);
            Assert.Contains("the disk is full; free space and it goes on.", error.Message, StringComparison.Ordinal);
            await writer.WriteAsync(records, Token);
        }
    }

    private static StreamPosition After(List<StreamRecord> seen) =>
        seen.Count == 0 ? StreamPosition.TrimHorizon : StreamPosition.After(seen[^1].Sequence);

    private static void AssertGrowing(List<StreamRecord> records) =>
        Assert.All(records.Zip(records.Skip(1)), pair => Assert.True(pair.First.Sequence < pair.Second.Sequence));

    private LocalStream Open(string name, ILogFiles files) =>
        LocalStream.Open(_directory.PathOf(name), new LocalStreamOptions { ShardCount = 1, SegmentBytes = 100 }, _clock, files);
}
