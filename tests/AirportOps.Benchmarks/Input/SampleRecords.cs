using System.Buffers;
using System.Text.Json;
using AirportOps.Reference;
using AirportOps.Simulator;

namespace AirportOps.Benchmarks.Input;

/// <summary>Simulated records and what stands in them: the input of every benchmark. The same arguments give the same bytes.</summary>
internal static class SampleRecords
{
    /// <summary>The day of every run.</summary>
    internal static readonly DateOnly Day = new(2026, 3, 2);

    /// <summary>An arrival after every event of a run but those that lie in the future on purpose.</summary>
    internal static readonly DateTimeOffset Arrived = new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Records of at least a number of events, broken ones among them.</summary>
    /// <param name="events">How many events.</param>
    /// <param name="mess">The share of events that get something done to them, 0 to 1.</param>
    internal static List<SimulatedRecord> Make(int events, double mess)
    {
        var simulator = new AirportSimulator(new SimulatorOptions { Events = events, Mess = mess, Date = Day }, ReferenceTables.Default);

        // The batches are not given back, so their records stay.
        return [.. simulator.Batches().SelectMany(batch => batch.Records)];
    }

    /// <summary>Every key of the records' outermost objects, as often as it occurs.</summary>
    internal static byte[][] Keys(IEnumerable<SimulatedRecord> records) =>
        [.. Members(records).Select(member => member.Key)];

    /// <summary>Every value under a key that holds a part of some names, as its characters stand in the record.</summary>
    internal static byte[][] Values(IEnumerable<SimulatedRecord> records, params byte[][] keyParts) =>
        [.. Members(records).Where(member => keyParts.Any(part => member.Key.AsSpan().IndexOf(part) >= 0)).Select(member => member.Value)];

    private static List<(byte[] Key, byte[] Value)> Members(IEnumerable<SimulatedRecord> records)
    {
        var members = new List<(byte[], byte[])>();
        foreach (var record in records)
        {
            AddMembers(record.Data.Span, members);
        }

        return members;
    }

    private static void AddMembers(ReadOnlySpan<byte> record, List<(byte[] Key, byte[] Value)> members)
    {
        var reader = new Utf8JsonReader(record);
        try
        {
            var key = Array.Empty<byte>();
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                {
                    key = reader.ValueSpan.ToArray();
                }
                else if (reader.CurrentDepth == 1 && reader.TokenType is JsonTokenType.String or JsonTokenType.Number && key.Length > 0)
                {
                    members.Add((key, reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan.ToArray()));
                }
            }
        }
        catch (JsonException)
        {
            // A broken record's members up to the break are as good an input as any.
        }
    }
}
