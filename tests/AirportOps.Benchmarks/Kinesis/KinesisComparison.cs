using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AirportOps.Aws.Connecting;
using AirportOps.Aws.Kinesis;
using AirportOps.Benchmarks.Comparison;
using AirportOps.Benchmarks.Input;
using AirportOps.Streams;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Benchmarks.Kinesis;

/// <summary>
/// Our writer and reader of a Kinesis stream against the same emulator hammered with ready-made bodies over as many connections, and read without looking
/// at what comes. Simulated records with the simulator's keys. Prints; passes no judgement.
/// </summary>
internal static class KinesisComparison
{
    private const int Shards = 4;
    private const int ReadBytes = 16 << 20;

    /// <summary>No pauses: the emulator takes any number of reads a second.</summary>
    private static readonly KinesisStreamOptions StreamOptions = new() { ReadInterval = TimeSpan.Zero };

    /// <summary>Runs all contestants in turn, prints medians and ratios.</summary>
    /// <exception cref="ComparisonException">A step fails.</exception>
    internal static async Task<int> RunAsync(KinesisOptions options, CancellationToken cancellationToken)
    {
        var records = SampleRecords.Make(options.Events, mess: 0.3)
            .Where(record => record.Data.Length < 1 << 20)
            .Select(record => new OutgoingRecord(record.PartitionKey, record.Data)).ToList();
        using var kinesalite = await Kinesalite.StartAsync(cancellationToken);
        var aws = new AwsOptions { Endpoint = kinesalite.Url.AbsoluteUri, Credentials = new BasicAWSCredentials("test", "test") };
        using var client = new AwsClients(aws).Kinesis();
        using var raw = new RawKinesis(kinesalite.Url, StreamOptions.MaxRequests);
        var figures = new Dictionary<Contestant, List<Figure>>();
        for (var run = 0; run <= options.Runs; run++)
        {
            // The first round warms both programs up. Who begins changes, so that the emulator's growing heap falls on both alike.
            await Console.Error.WriteLineAsync(run == 0 ? "bench: warming up" : $"bench: run {run} of {options.Runs}");
            foreach (var ours in run % 2 == 0 ? new[] { true, false } : [false, true])
            {
                var name = await CreateAsync(client, cancellationToken);
                await using var stream = KinesisStream.Open(name, aws, StreamOptions, NullLogger.Instance, TimeProvider.System);
                var bodies = ours ? [] : RawKinesis.Bodies(name, records);
                var written = await MeasureAsync(kinesalite, () => ours ? WriteAsync(stream, records, options.Call, cancellationToken) : raw.WriteAsync(bodies, cancellationToken));
                var counts = await CountAsync(stream, cancellationToken);
                if (counts.Values.Sum() != records.Count)
                {
                    throw new ComparisonException($"{counts.Values.Sum()} of {records.Count} records were written");
                }

                var read = await MeasureAsync(kinesalite, () => Task.WhenAll(counts.Select(shard =>
                    ours ? ReadAsync(stream, shard.Key, cancellationToken) : raw.ReadAsync(name, shard.Key, shard.Value, cancellationToken))));
                await client.DeleteStreamAsync(new DeleteStreamRequest { StreamName = name }, cancellationToken);
                if (run > 0)
                {
                    Add(figures, new Contestant("write", ours), written);
                    Add(figures, new Contestant("read", ours), read);
                }
            }
        }

        Print(options, records, figures);
        return 0;
    }

    private static async Task<string> CreateAsync(IAmazonKinesis client, CancellationToken cancellationToken)
    {
        var name = $"bench-{Guid.NewGuid():N}";
        await client.CreateStreamAsync(new CreateStreamRequest { StreamName = name, ShardCount = Shards }, cancellationToken);
        while ((await client.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = name }, cancellationToken))
            .StreamDescriptionSummary!.StreamStatus != StreamStatus.ACTIVE)
        {
            await Task.Delay(20, cancellationToken);
        }

        return name;
    }

    private static async Task WriteAsync(KinesisStream stream, List<OutgoingRecord> records, int call, CancellationToken cancellationToken)
    {
        await using var writer = await stream.OpenWriterAsync(cancellationToken);
        for (var first = 0; first < records.Count; first += call)
        {
            await writer.WriteAsync(records.GetRange(first, Math.Min(call, records.Count - first)), cancellationToken);
        }
    }

    private static async Task<Dictionary<string, int>> CountAsync(KinesisStream stream, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var shard in await stream.ListShardsAsync(cancellationToken))
        {
            counts.Add(shard.Id, await ReadAsync(stream, shard.Id, cancellationToken));
        }

        return counts;
    }

    private static async Task<int> ReadAsync(KinesisStream stream, string shard, CancellationToken cancellationToken)
    {
        await using var reader = await stream.OpenReaderAsync(shard, StreamPosition.TrimHorizon, cancellationToken);
        for (var read = 0; ;)
        {
            using var batch = await reader.ReadAsync(10_000, ReadBytes, cancellationToken);
            read += batch.Records.Count;
            if (batch.EndOfShard || batch.Lag == TimeSpan.Zero)
            {
                return read;
            }
        }
    }

    private static async Task<Figure> MeasureAsync(Kinesalite kinesalite, Func<Task> work)
    {
        // Nobody pays for the garbage of the other.
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var (own, emulator, watch) = (self.TotalProcessorTime, kinesalite.ProcessorTime, Stopwatch.StartNew());
        await work();
        var seconds = watch.Elapsed.TotalSeconds;
        self.Refresh();
        return new Figure(seconds, (self.TotalProcessorTime - own).TotalSeconds, (kinesalite.ProcessorTime - emulator).TotalSeconds);
    }

    private static void Add(Dictionary<Contestant, List<Figure>> figures, Contestant contestant, Figure figure)
    {
        if (!figures.TryGetValue(contestant, out var list))
        {
            figures.Add(contestant, list = []);
        }

        list.Add(figure);
    }

    private static void Print(KinesisOptions options, List<OutgoingRecord> records, Dictionary<Contestant, List<Figure>> figures)
    {
        var bytes = records.Sum(record => (long)record.Data.Length);
        var keys = records.DistinctBy(record => record.PartitionKey).Count();
        Line($"{records.Count:N0} records, {bytes / 1e6:N1} MB, {keys:N0} keys, {Shards} shards");
        Line($"{StreamOptions.MaxRequests} connections, {options.Call:N0} records a call, medians of {options.Runs} runs");
        Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores");
        Line($"");
        Line($"{"",-28} {"records/s",12} {"own CPU µs",11} {"emulator µs",12} {"slowest s",10}");
        foreach (var what in new[] { "write", "read" })
        {
            foreach (var ours in new[] { true, false })
            {
                var list = figures[new Contestant(what, ours)];
                var rate = records.Count / Median(list, figure => figure.Seconds);
                var (own, emulator) = (Median(list, figure => figure.OwnSeconds), Median(list, figure => figure.EmulatorSeconds));
                var name = what + (ours ? ", ours" : ", ready-made bodies");
                Line($"{name,-28} {rate,12:N0} {1e6 * own / records.Count,11:N1} {1e6 * emulator / records.Count,12:N1} {list.Max(figure => figure.Seconds),10:N2}");
            }
        }

        Line($"");
        foreach (var what in new[] { "write", "read" })
        {
            var (ours, raw) = (figures[new Contestant(what, true)], figures[new Contestant(what, false)]);
            Line($"{what}: ours has {100 * Median(raw, figure => figure.Seconds) / Median(ours, figure => figure.Seconds):N0} % of the ready-made bodies' records a second");
        }
    }

    private static double Median(List<Figure> figures, Func<Figure, double> of)
    {
        var sorted = figures.Select(of).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <param name="What">Writing or reading.</param>
    /// <param name="IsOurs">Whether by our client, or by ready-made bodies.</param>
    private readonly record struct Contestant(string What, bool IsOurs);

    /// <param name="Seconds">By the clock.</param>
    /// <param name="OwnSeconds">Processor time of this process.</param>
    /// <param name="EmulatorSeconds">Processor time of the emulator.</param>
    private readonly record struct Figure(double Seconds, double OwnSeconds, double EmulatorSeconds);
}
