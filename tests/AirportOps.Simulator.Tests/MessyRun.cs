using System.Text;
using System.Text.Json;
using AirportOps.Reference;

namespace AirportOps.Simulator.Tests;

/// <summary>A run with its ledger, read back.</summary>
internal sealed record MessyRun(IReadOnlyList<MessyRun.Sent> Records, IReadOnlyList<MessyRun.Entry> Ledger)
{
    public static MessyRun Of(
        long events, ulong seed, double mess = 0.3, DateOnly? date = null, IReadOnlyDictionary<string, double>? weights = null)
    {
        var options = new SimulatorOptions
        {
            Events = events,
            Seed = seed,
            Mess = mess,
            Date = date ?? new DateOnly(2026, 11, 20),
            WithLedger = true,
            MessWeights = weights ?? new Dictionary<string, double>(),
        };
        var records = new List<Sent>();
        var ledger = new List<Entry>();
        foreach (var batch in new AirportSimulator(options, ReferenceTables.Default).Batches())
        {
            records.AddRange(batch.Records.Select(record => new Sent(record.PartitionKey, record.Data.ToArray(), record.Events)));
            ledger.AddRange(Encoding.UTF8.GetString(batch.Ledger.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read));
            batch.Dispose();
        }

        return new MessyRun(records, ledger);
    }

    /// <summary>Weights under which one kind alone happens.</summary>
    public static Dictionary<string, double> Only(params string[] kinds) =>
        SimulatorOptions.DefaultMessWeights.ToDictionary(pair => pair.Key, pair => kinds.Contains(pair.Key) ? Math.Max(pair.Value, 1) : 0);

    public Sent RecordOf(Entry entry) => Records[(int)entry.Record - 1];

    private static Entry Read(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        return new Entry(
            json.GetProperty("record").GetInt64(),
            json.GetProperty("event").GetInt32(),
            [.. json.GetProperty("mess").EnumerateArray().Select(kind => kind.GetString()!)],
            json.GetProperty("expect").GetString()!,
            Text(json, "entity"),
            json.TryGetProperty("row", out var row) ? row : null,
            Text(json, "repairs"),
            Text(json, "reason"),
            Text(json, "field"),
            Text(json, "event_id"));
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A record as it was sent.</summary>
    internal sealed record Sent(string Key, byte[] Data, int Events)
    {
        public string Text => Encoding.UTF8.GetString(Data);
    }

    /// <summary>A line of the ledger.</summary>
    internal sealed record Entry(
        long Record, int Event, string[] Mess, string Expect, string? Entity, JsonElement? Row, string? Repairs, string? Reason, string? Field, string? EventId)
    {
        public string Id => EventId ?? Row!.Value.GetProperty("event_id").GetString()!;
    }
}
