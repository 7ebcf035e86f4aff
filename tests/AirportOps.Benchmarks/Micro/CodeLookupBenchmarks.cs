using System.Text;
using AirportOps.Benchmarks.Input;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Text;
using AirportOps.Reference;
using BenchmarkDotNet.Attributes;

namespace AirportOps.Benchmarks.Micro;

/// <summary>The IATA code of an airport given as IATA code, ICAO code or name: 10,000 values as they come, one call a value.</summary>
public class CodeLookupBenchmarks
{
    private const int ValueCount = 10_000;

    private readonly CodeTables _tables = new(ReferenceTables.Default);
    private Dictionary<string, string> _naive = [];
    private byte[][] _values = [];

    [GlobalSetup]
    public void Setup()
    {
        _values = [.. SampleRecords.Values(SampleRecords.Make(16_000, 0.3), "airport"u8.ToArray(), "origin"u8.ToArray()).Take(ValueCount)];
        _naive = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var airport in ReferenceTables.Default.Airports)
        {
            _naive.TryAdd(airport.Iata, airport.Iata);
            _naive.TryAdd(airport.Icao ?? airport.Iata, airport.Iata);
            _naive.TryAdd(airport.Name, airport.Iata);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = ValueCount, Description = "string, Dictionary without case")]
    public int Naive()
    {
        var found = 0;
        foreach (var value in _values)
        {
            found += _naive.ContainsKey(Encoding.UTF8.GetString(value).Trim()) ? 1 : 0;
        }

        return found;
    }

    [Benchmark(OperationsPerInvoke = ValueCount, Description = "CodeTable")]
    public int Ours()
    {
        var airports = _tables.Airports;
        var found = 0;
        foreach (var value in _values)
        {
            found += airports.TryFindIata(value, out _) || airports.TryFindIcao(value, out _)
                || airports.TryFindName(NameFolding.FoldUtf8(value), out _) ? 1 : 0;
        }

        return found;
    }
}
