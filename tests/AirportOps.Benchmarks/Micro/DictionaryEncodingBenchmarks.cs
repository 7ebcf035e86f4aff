using System.Text;
using AirportOps.Benchmarks.Input;
using AirportOps.Parquet.Encodings;
using BenchmarkDotNet.Attributes;

namespace AirportOps.Benchmarks.Micro;

/// <summary>A column's different values and each row's index among them: 20,000 airports as they come, one operation a value.</summary>
public class DictionaryEncodingBenchmarks : IDisposable
{
    private const int ValueCount = 20_000;
    private const long LimitBytes = 1 << 20;

    private readonly Utf8Dictionary _texts = new();
    private readonly FixedWidthDictionary<long> _numbers = new();
    private readonly int[] _indexes = new int[ValueCount];
    private readonly int[] _offsets = new int[ValueCount + 1];
    private readonly long[] _hashes = new long[ValueCount];
    private byte[] _bytes = [];

    [GlobalSetup]
    public void Setup()
    {
        var values = SampleRecords.Values(SampleRecords.Make(30_000, 0.3), "airport"u8.ToArray(), "origin"u8.ToArray()).Take(ValueCount).ToArray();
        _bytes = [.. values.SelectMany(value => value)];
        for (var i = 0; i < ValueCount; i++)
        {
            _offsets[i + 1] = _offsets[i] + values[i].Length;
            _hashes[i] = values[i].Aggregate(17L, (hash, c) => (hash * 31) + c);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = ValueCount, Description = "Dictionary<string, int>")]
    public int Naive()
    {
        var entries = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < ValueCount; i++)
        {
            var text = Encoding.UTF8.GetString(_bytes, _offsets[i], _offsets[i + 1] - _offsets[i]);
            if (!entries.TryGetValue(text, out _indexes[i]))
            {
                entries.Add(text, _indexes[i] = entries.Count);
            }
        }

        return entries.Count;
    }

    [Benchmark(OperationsPerInvoke = ValueCount, Description = "Utf8Dictionary")]
    public bool Texts() => _texts.TryEncode(_bytes, _offsets, _indexes, LimitBytes);

    [Benchmark(OperationsPerInvoke = ValueCount, Description = "FixedWidthDictionary of 64-bit values")]
    public bool Numbers() => _numbers.TryEncode(_hashes, _indexes, LimitBytes);

    public void Dispose()
    {
        _texts.Dispose();
        _numbers.Dispose();
        GC.SuppressFinalize(this);
    }
}
