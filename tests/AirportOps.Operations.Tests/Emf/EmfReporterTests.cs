using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Operations.Emf;
using AirportOps.Pipeline.Tests.Bronze;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Operations.Tests.Emf;

public sealed class EmfReporterTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly KeyValuePair<string, object?> Silver = new("stage", "silver");
    private static readonly KeyValuePair<string, object?> Events = new("stream", "events");

    /// <summary>Of a name of its own, so that tests side by side don't hear one another.</summary>
    private readonly Meter _meter = new($"test{Guid.NewGuid():N}");
    private readonly ManualClock _clock = new(Noon);
    private readonly Channel<string> _written = Channel.CreateUnbounded<string>();

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task A_counter_is_summed_a_gauge_at_its_worst_and_a_histogram_kept_whole()
    {
        var rows = _meter.CreateCounter<long>($"{_meter.Name}.late_rows", "{row}");
        var duration = _meter.CreateHistogram<double>($"{_meter.Name}.window.duration", "s");
        _meter.CreateObservableGauge($"{_meter.Name}.lag", () => new Measurement<double>[] { Lag("a", 3.5), Lag("b", 12.25), Lag("c", 0) }, "s");
        var reporter = Start();

        rows.Add(2, Silver, Events, new("shard", "a"));
        rows.Add(3, Silver, Events, new("shard", "b"));
        duration.Record(1.5, Silver, Events);
        duration.Record(0.5, Silver, Events);
        duration.Record(double.NaN, Silver, Events);
        await reporter.DisposeAsync();

        Assert.Equal(
            """
            {"_aws":{"Timestamp":1772366400000,"CloudWatchMetrics":[{"Namespace":"AirportOps","Dimensions":[["Stage","Stream"]],"Metrics":[{"Name":"LateRows","Unit":"Count"},{"Name":"WindowDuration","Unit":"Seconds"},{"Name":"Lag","Unit":"Seconds"}]}]},"Stage":"silver","Stream":"events","LateRows":5,"WindowDuration":[1.5,0.5],"Lag":12.25}
            """,
            Assert.Single(Lines()));
    }

    [Fact]
    public async Task A_reason_is_a_dimension_besides_and_other_tags_are_none()
    {
        var refused = _meter.CreateCounter<long>($"{_meter.Name}.refused", "{event}");
        var failed = _meter.CreateCounter<long>($"{_meter.Name}.failed_tests", "{test}");
        var reporter = Start();

        refused.Add(2, Silver, Events, new("reason", "not_json"));
        refused.Add(1, Silver, Events, new("reason", "bad_status"));
        failed.Add(0, new("stage", "test"), new("test", "gold.fact_flight.status.not_null"));
        await reporter.DisposeAsync();

        Assert.Equal(
            [
                """[["Stage","Stream"],["Stage","Stream","Reason"]] silver events not_json 2""",
                """[["Stage","Stream"],["Stage","Stream","Reason"]] silver events bad_status 1""",
                """[["Stage"]] test 0""",
            ],
            Lines().Select(Brief));
    }

    [Fact]
    public async Task Shards_are_a_dimension_when_asked_for()
    {
        var rows = _meter.CreateCounter<long>($"{_meter.Name}.rows", "{row}");
        var reporter = Start(new EmfOptions { ByShard = true });

        rows.Add(1, Silver, Events, new("shard", "a"));
        rows.Add(2, Silver, Events, new("shard", "b"));
        await reporter.DisposeAsync();

        Assert.Equal(
            [
                """[["Stage","Stream"],["Stage","Stream","Shard"]] silver events a 1""",
                """[["Stage","Stream"],["Stage","Stream","Shard"]] silver events b 2""",
            ],
            Lines().Select(Brief));
    }

    [Fact]
    public async Task It_writes_every_interval_what_was_measured_since_and_nothing_when_nothing_was()
    {
        var rows = _meter.CreateCounter<long>($"{_meter.Name}.rows", "{row}");
        await using var reporter = Start();

        rows.Add(1, Silver);
        await PassAsync();
        var first = await ReadAsync();
        await PassAsync();
        rows.Add(5, Silver);
        await PassAsync();
        var third = await ReadAsync();

        Assert.EndsWith("\"Rows\":1}", first, StringComparison.Ordinal);
        Assert.EndsWith("\"Rows\":5}", third, StringComparison.Ordinal);
        Assert.Contains($"\"Timestamp\":{Noon.AddMinutes(3).ToUnixTimeMilliseconds()}", third, StringComparison.Ordinal);
        Assert.False(_written.Reader.TryRead(out _));
    }

    [Fact]
    public async Task An_output_that_fails_is_told_of_once_and_tried_again()
    {
        var logger = new RecordingLogger();
        var rows = _meter.CreateCounter<long>($"{_meter.Name}.rows", "{row}");
        var fails = 2;
        await using var reporter = EmfReporter.Start(
            Options(new EmfOptions()),
            async text =>
            {
                await _written.Writer.WriteAsync(fails-- > 0 ? string.Empty : text);
                if (fails >= 0)
                {
                    throw new IOException("No space left on device.");
                }
            },
            logger,
            _clock);

        for (var minute = 1; minute <= 3; minute++)
        {
            rows.Add(minute, Silver);
            await PassAsync();
            Assert.Equal(minute == 3, (await ReadAsync()).EndsWith("\"Rows\":3}", StringComparison.Ordinal));
        }

        Assert.Equal(
            ["7001 Warning: Metrics can't be written: No space left on device. The stages go on; the next metrics are tried again."], logger.Lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_measured_is_written_whole_in_lines_that_hold_to_the_specification(int seed)
    {
        var random = new Random(seed);
        var counters = Enumerable.Range(0, 130).Select(n => _meter.CreateCounter<long>($"{_meter.Name}.c{n}", "{x}")).ToList();
        var histograms = Enumerable.Range(0, 3).Select(n => _meter.CreateHistogram<double>($"{_meter.Name}.h{n}", n == 0 ? "s" : "furlong")).ToList();
        string[] streams = ["events", "Größe\n", "", "   ", new('x', 3000), "\"quoted\\"];
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var reporter = Start();

        for (var i = 0; i < 5_000; i++)
        {
            KeyValuePair<string, object?>[] tags =
                [Silver, new("stream", streams[random.Next(streams.Length)]), new("shard", $"{random.Next(4)}"), new("reason", $"r{random.Next(3)}")];
            if (random.Next(2) == 0)
            {
                var (number, value) = (random.Next(counters.Count), random.Next(-3, 1000));
                counters[number].Add(value, tags);
                sums[$"C{number}"] = sums.GetValueOrDefault($"C{number}") + value;
            }
            else
            {
                var number = random.Next(histograms.Count);
                histograms[number].Record(random.NextDouble() * Math.Pow(10, random.Next(-9, 9)), tags);
                counts[$"H{number}"] = counts.GetValueOrDefault($"H{number}") + 1;
            }
        }

        await reporter.DisposeAsync();

        var lines = Lines();
        Assert.All(lines, line => Assert.Empty(EmfValidator.Faults(line, Noon)));
        var roots = lines.Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.All(sums, sum => Assert.Equal(sum.Value, roots.Sum(root => (long?)root[sum.Key] ?? 0)));
        Assert.All(counts, count => Assert.Equal(
            count.Value, roots.Sum(root => root[count.Key] switch { JsonArray values => values.Count, null => 0, _ => 1 })));
    }

    private static Measurement<double> Lag(string shard, double seconds) => new(seconds, Silver, Events, new("shard", shard));

    /// <summary>Sets of dimensions, their values, and the metric's value.</summary>
    private static string Brief(string line)
    {
        var root = JsonNode.Parse(line)!.AsObject();
        var sets = root["_aws"]!["CloudWatchMetrics"]![0]!["Dimensions"]!.ToJsonString();
        return $"{sets} {string.Join(' ', root.Where(member => member.Key != "_aws").Select(member => member.Value!.ToString()))}";
    }

    private EmfOptions Options(EmfOptions options) => options with { MeterName = _meter.Name };

    private EmfReporter Start(EmfOptions? options = null) => EmfReporter.Start(
        Options(options ?? new EmfOptions()), text => _written.Writer.WriteAsync(text).AsTask(), NullLogger.Instance, _clock);

    private List<string> Lines()
    {
        var lines = new List<string>();
        while (_written.Reader.TryRead(out var text))
        {
            lines.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        Assert.All(lines, line => Assert.Empty(EmfValidator.Faults(line, _clock.GetUtcNow())));
        return lines;
    }

    /// <summary>A minute passes, and what is due at its end is done.</summary>
    private async Task PassAsync()
    {
        await _clock.WaitForTimerAsync(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _clock.WaitForTimerAsync(TimeSpan.FromMinutes(1));
    }

    private async Task<string> ReadAsync() => (await _written.Reader.ReadAsync(TestContext.Current.CancellationToken)).TrimEnd('\n');
}
