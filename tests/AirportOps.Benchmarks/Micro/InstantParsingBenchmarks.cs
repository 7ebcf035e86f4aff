using System.Globalization;
using System.Text;
using AirportOps.Benchmarks.Input;
using AirportOps.Cleaning.Values;
using BenchmarkDotNet.Attributes;

namespace AirportOps.Benchmarks.Micro;

/// <summary>Instants in the forms and proportions in which they come: 10,000 texts, one call a text.</summary>
public class InstantParsingBenchmarks
{
    private const int TextCount = 10_000;

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd HH:mm:ss'Z'",
        "yyyyMMdd'T'HHmmss'Z'", "r", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss",
        "MM/dd/yyyy h:mm tt", "dd-MMM-yyyy HH:mm",
    ];

    private byte[][] _texts = [];

    /// <summary>The share of events that get something done to them.</summary>
    [Params(0.0, 1.0)]
    public double Mess { get; set; }

    [GlobalSetup]
    public void Setup() =>
        _texts = [.. SampleRecords.Values(SampleRecords.Make(12_000, Mess), "event_time"u8.ToArray(), "departure"u8.ToArray()).Take(TextCount)];

    [Benchmark(Baseline = true, OperationsPerInvoke = TextCount, Description = "DateTimeOffset.TryParseExact")]
    public long Naive()
    {
        var sum = 0L;
        foreach (var bytes in _texts)
        {
            var text = Encoding.UTF8.GetString(bytes);
            if (DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            {
                sum += instant.UtcTicks;
            }
            else if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                sum += (long)number;
            }
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = TextCount, Description = "InstantText")]
    public long Ours()
    {
        var sum = 0L;
        foreach (var text in _texts)
        {
            sum += InstantText.TryParse(text, out var micros, out _) ? micros : 0;
        }

        return sum;
    }
}
