using AirportOps.Benchmarks.Input;
using AirportOps.Streams;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace AirportOps.Benchmarks.Micro;

/// <summary>
/// 1,000 records appended durably in one call, and 1,000 read, one operation a record. The baseline appends lines to a file and flushes them to
/// the disk, and reads lines.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class StreamBenchmarks
{
    private const int RecordCount = 1_000;

    private readonly string _folder = Path.Combine(RepositoryFolder.Results, "stream");
    private OutgoingRecord[] _records = [];
    private LocalStream? _stream;
    private IStreamWriter? _writer;

    private string LinesPath => Path.Combine(_folder, "lines.jsonl");

    /// <summary>Blocks: BenchmarkDotNet 0.14.0 does not wait for a setup's task in process.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Remove();
        Directory.CreateDirectory(_folder);
        _records = [.. SampleRecords.Make(2_000, 0.3).Take(RecordCount).Select(record => new OutgoingRecord(record.PartitionKey, record.Data))];
        var options = new LocalStreamOptions { ShardCount = 1, RetentionBytes = 256 << 20 };
        _stream = LocalStream.Open(Path.Combine(_folder, "events"), options, TimeProvider.System);
        _writer = _stream.OpenWriterAsync(CancellationToken.None).GetAwaiter().GetResult();
        _writer.WriteAsync(_records, CancellationToken.None).GetAwaiter().GetResult();
        AppendLines();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _writer!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stream!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Remove();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = RecordCount, Description = "file of lines")]
    [BenchmarkCategory("append")]
    public void AppendLines()
    {
        using var file = new FileStream(LinesPath, FileMode.Create);
        foreach (var record in _records)
        {
            file.Write(record.Data.Span);
            file.WriteByte((byte)'\n');
        }

        file.Flush(flushToDisk: true);
    }

    [Benchmark(OperationsPerInvoke = RecordCount, Description = "LocalStream")]
    [BenchmarkCategory("append")]
    public async Task<int> AppendAsync()
    {
        await _writer!.WriteAsync(_records, CancellationToken.None);
        return _records.Length;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = RecordCount, Description = "file of lines")]
    [BenchmarkCategory("read")]
    public long ReadLines() => File.ReadLines(LinesPath).Sum(line => (long)line.Length);

    [Benchmark(OperationsPerInvoke = RecordCount, Description = "LocalStream")]
    [BenchmarkCategory("read")]
    public async Task<long> ReadAsync()
    {
        var shards = await _stream!.ListShardsAsync(CancellationToken.None);
        await using var reader = await _stream.OpenReaderAsync(shards[0].Id, StreamPosition.TrimHorizon, CancellationToken.None);
        long bytes = 0;
        for (var left = RecordCount; left > 0;)
        {
            using var batch = await reader.ReadAsync(left, long.MaxValue, CancellationToken.None);
            bytes += batch.Records.Sum(record => (long)record.Data.Length);
            left -= batch.Records.Count;
        }

        return bytes;
    }

    private void Remove()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
