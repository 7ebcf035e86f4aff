using System.IO.Compression;
using System.Text.Json;
using AirportOps.Benchmarks.Input;
using AirportOps.Parquet;
using BenchmarkDotNet.Attributes;

namespace AirportOps.Benchmarks.Micro;

/// <summary>
/// 20,000 rows of an identifier, an airport, an instant and a number with a null now and then into a file, one operation a row. The baseline
/// writes the same rows as lines of JSON through gzip's fastest level.
/// </summary>
public class PageWritingBenchmarks : IDisposable
{
    private const int RowCount = 20_000;

    private static readonly ParquetSchema Schema = new(
    [
        new ParquetColumn("event_id", ParquetType.Utf8, false),
        new ParquetColumn("airport", ParquetType.Utf8, false),
        new ParquetColumn("event_time", ParquetType.TimestampMicros, false),
        new ParquetColumn("weight_kg", ParquetType.Double, true),
    ]);

    private readonly ParquetWriterScratch _scratch = new();
    private readonly byte[] _levels = new byte[RowCount];
    private readonly long[] _instants = new long[RowCount];
    private (byte[] Bytes, int[] Offsets) _ids;
    private (byte[] Bytes, int[] Offsets) _airports;
    private double[] _weights = [];

    [GlobalSetup]
    public void Setup()
    {
        var records = SampleRecords.Make(40_000, 0);
        var random = new Random(1);
        _ids = Column(SampleRecords.Values(records, "event_id"u8.ToArray()));
        _airports = Column(SampleRecords.Values(records, "airport"u8.ToArray(), "origin"u8.ToArray()));
        var weights = new List<double>();
        for (var i = 0; i < RowCount; i++)
        {
            _instants[i] = 1_772_323_200_000_000 + (i * 4_321_000L);
            _levels[i] = (byte)(random.Next(20) == 0 ? 0 : 1);
            if (_levels[i] == 1)
            {
                weights.Add(random.Next(80, 300) / 10.0);
            }
        }

        _weights = [.. weights];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = RowCount, Description = "Utf8JsonWriter and gzip")]
    public long Naive()
    {
        var counted = new MemoryStream();
        using (var output = new GZipStream(counted, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true }))
        {
            var weight = 0;
            for (var i = 0; i < RowCount; i++)
            {
                writer.WriteStartObject();
                writer.WriteString("event_id"u8, _ids.Bytes.AsSpan(_ids.Offsets[i].._ids.Offsets[i + 1]));
                writer.WriteString("airport"u8, _airports.Bytes.AsSpan(_airports.Offsets[i].._airports.Offsets[i + 1]));
                writer.WriteString("event_time"u8, DateTimeOffset.UnixEpoch.AddTicks(_instants[i] * TimeSpan.TicksPerMicrosecond));
                if (_levels[i] == 1)
                {
                    writer.WriteNumber("weight_kg"u8, _weights[weight++]);
                }

                writer.WriteEndObject();
                writer.Flush();
                writer.Reset();
                output.WriteByte((byte)'\n');
            }
        }

        return counted.Length;
    }

    [Benchmark(OperationsPerInvoke = RowCount, Description = "ParquetWriter, Snappy")]
    public long Ours()
    {
        using var output = new MemoryStream();
        using var writer = new ParquetWriter(output, Schema, new ParquetWriterOptions(), _scratch);
        var group = writer.StartRowGroup(RowCount);
        group.WriteUtf8(_ids.Bytes, _ids.Offsets, []);
        group.WriteUtf8(_airports.Bytes, _airports.Offsets, []);
        group.WriteInt64(_instants, []);
        group.WriteDouble(_weights, _levels);
        writer.Finish();
        return output.Length;
    }

    public void Dispose()
    {
        _scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    private static (byte[] Bytes, int[] Offsets) Column(byte[][] values)
    {
        var offsets = new int[RowCount + 1];
        for (var i = 0; i < RowCount; i++)
        {
            offsets[i + 1] = offsets[i] + values[i].Length;
        }

        return ([.. values.Take(RowCount).SelectMany(value => value)], offsets);
    }
}
