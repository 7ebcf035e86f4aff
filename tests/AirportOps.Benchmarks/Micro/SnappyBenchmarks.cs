using System.Runtime.InteropServices;
using AirportOps.Benchmarks.Input;
using AirportOps.Parquet;
using AirportOps.Parquet.Compression;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using IronSnappy;

namespace AirportOps.Benchmarks.Micro;

/// <summary>Pages of 1 MiB compressed and read again, one operation a page.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class SnappyBenchmarks : IDisposable
{
    private const int PageBytes = 1 << 20;

    private readonly PooledBuffer _output = new();
    private readonly byte[] _decoded = new byte[PageBytes];
    private byte[] _page = [];
    private byte[] _compressed = [];

    /// <summary>What the page holds.</summary>
    [Params("instants", "records")]
    public string Content { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _page = Content == "instants" ? Instants() : [.. SampleRecords.Make(6_000, 0.3).SelectMany(record => record.Data.ToArray()).Take(PageBytes)];
        _compressed = Snappy.Encode(_page);
    }

    [Benchmark(Baseline = true, Description = "IronSnappy")]
    [BenchmarkCategory("compress")]
    public int NaiveEncode() => Snappy.Encode(_page).Length;

    [Benchmark(Description = "SnappyEncoder")]
    [BenchmarkCategory("compress")]
    public int Encode()
    {
        _output.Clear();
        SnappyEncoder.Encode(_page, _output);
        return _output.Length;
    }

    [Benchmark(Baseline = true, Description = "IronSnappy")]
    [BenchmarkCategory("read")]
    public int NaiveDecode() => Snappy.Decode(_compressed).Length;

    [Benchmark(Description = "SnappyDecoder")]
    [BenchmarkCategory("read")]
    public bool Decode() => SnappyDecoder.TryDecode(_compressed, _decoded.AsSpan(0, _page.Length));

    public void Dispose()
    {
        _output.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Instants a few seconds apart, as a PLAIN page holds them.</summary>
    private static byte[] Instants()
    {
        var random = new Random(1);
        var instant = 1_772_323_200_000_000L;
        var values = new long[PageBytes / sizeof(long)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = instant += random.Next(0, 4_000) * 1_000L;
        }

        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}
