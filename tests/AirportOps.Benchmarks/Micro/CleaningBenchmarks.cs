using System.Text.Json;
using AirportOps.Benchmarks.Input;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Seen;
using AirportOps.Reference;
using AirportOps.Simulator;
using BenchmarkDotNet.Attributes;

namespace AirportOps.Benchmarks.Micro;

/// <summary>
/// 20,000 events from bytes to rows, on one core. The baseline only reads: it makes a document of each record and takes every value out of it,
/// without knowing what any of them means.
/// </summary>
public class CleaningBenchmarks
{
    private const int EventCount = 20_000;

    private static readonly long ArrivedMicros = (SampleRecords.Arrived.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private readonly EventCleaner _cleaner = new(new CodeTables(ReferenceTables.Default), new CleanerOptions());
    private readonly CleanBatch _batch = new();
    private List<SimulatedRecord> _records = [];

    /// <summary>The share of events that get something done to them.</summary>
    [Params(0.0, 0.3, 1.0)]
    public double Mess { get; set; }

    [GlobalSetup]
    public void Setup() => _records = SampleRecords.Make(EventCount, Mess);

    [Benchmark(Baseline = true, OperationsPerInvoke = EventCount, Description = "JsonDocument, values only")]
    public int Naive()
    {
        var values = 0;
        foreach (var record in _records)
        {
            try
            {
                using var document = JsonDocument.Parse(record.Data);
                values += document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement).Count : 0;
            }
            catch (JsonException)
            {
                // Not JSON: nothing to read.
            }
        }

        return values;
    }

    [Benchmark(OperationsPerInvoke = EventCount, Description = "EventCleaner")]
    public long Ours()
    {
        _batch.Clear();
        var seen = new SeenEvents(null);
        foreach (var record in _records)
        {
            _cleaner.Clean(record.Data.Span, new RecordOrigin("shard-0"u8, "1"u8, ArrivedMicros), seen, _batch);
        }

        return _batch.Rows;
    }

    private static Dictionary<string, object?> Read(JsonElement root)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            values[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.Number => member.Value.GetDouble(),
                JsonValueKind.String => Text(member.Value),
                _ => member.Value.GetRawText(),
            };
        }

        return values;
    }

    private static object? Text(JsonElement value)
    {
        try
        {
            return value.TryGetDateTimeOffset(out var instant) ? instant : value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Bytes that are not UTF-8.
            return null;
        }
    }
}
