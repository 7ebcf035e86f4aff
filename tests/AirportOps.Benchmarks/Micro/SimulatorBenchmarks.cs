using System.Text.Json;
using AirportOps.Benchmarks.Input;
using AirportOps.Reference;
using AirportOps.Simulator;
using BenchmarkDotNet.Attributes;

namespace AirportOps.Benchmarks.Micro;

/// <summary>
/// 50,000 events simulated and written, one operation an event. The baseline serialises as many equal flights: no traffic, no mess.
/// </summary>
public class SimulatorBenchmarks
{
    private const int EventCount = 50_000;

    private readonly Dictionary<string, object> _flight = new(StringComparer.Ordinal)
    {
        ["event_id"] = "fl-935475b1df51ffc6",
        ["event_type"] = "flight",
        ["event_time"] = SampleRecords.Arrived,
        ["airline"] = "AA",
        ["flight_number"] = 98,
        ["flight_date"] = SampleRecords.Day,
        ["origin"] = "AUS",
        ["destination"] = "DFW",
        ["status"] = "scheduled",
        ["seats"] = 100,
    };

    /// <summary>The share of events that get something done to them.</summary>
    [Params(0.0, 0.3)]
    public double Mess { get; set; }

    [Benchmark(Baseline = true, OperationsPerInvoke = EventCount, Description = "JsonSerializer, one flight again and again")]
    public long Naive()
    {
        var bytes = 0L;
        for (var i = 0; i < EventCount; i++)
        {
            bytes += JsonSerializer.SerializeToUtf8Bytes(_flight).Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = EventCount, Description = "AirportSimulator")]
    public long Ours()
    {
        var options = new SimulatorOptions { Events = EventCount, Mess = Mess, Date = SampleRecords.Day };
        var bytes = 0L;
        foreach (var batch in new AirportSimulator(options, ReferenceTables.Default).Batches())
        {
            using (batch)
            {
                bytes += batch.Records.Sum(record => (long)record.Data.Length);
            }
        }

        return bytes;
    }
}
