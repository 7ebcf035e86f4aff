using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Columns;
using AirportOps.Cleaning.Seen;
using AirportOps.Reference;

namespace AirportOps.Cleaning.Tests;

/// <summary>A fresh cleaner with its ids and batch; records arrive at 2026-03-20T00:00:00Z unless told otherwise.</summary>
internal sealed class CleaningRun
{
    internal static readonly CodeTables Codes = new(ReferenceTables.Default);
    internal static readonly long Arrival = Micros("2026-03-20T00:00:00Z");

    private readonly EventCleaner _cleaner = new(Codes, new CleanerOptions());
    private long _sequence;

    internal SeenEvents Seen { get; } = new(TimeSpan.FromHours(24));

    internal CleanBatch Batch { get; } = new();

    internal static long Micros(string instant) =>
        (DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    internal void Clean(ReadOnlySpan<byte> record, long? arrived = null)
    {
        var sequence = Encoding.ASCII.GetBytes((++_sequence).ToString(CultureInfo.InvariantCulture));
        _cleaner.Clean(record, new RecordOrigin("shard-0"u8, sequence, arrived ?? Arrival), Seen, Batch);
    }

    /// <summary>Cleans one record alone and gives the outcomes of its events, in their order.</summary>
    internal static List<JsonObject> Outcomes(ReadOnlySpan<byte> record)
    {
        var run = new CleaningRun();
        return run.Next(record);
    }

    internal static List<JsonObject> Outcomes(string record) => Outcomes(Encoding.UTF8.GetBytes(record));

    /// <summary>The extras of a record's only row, as bytes kept.</summary>
    internal static string? Extras(ReadOnlySpan<byte> record)
    {
        var run = new CleaningRun();
        run.Clean(record);
        var set = Assert.Single(run.Batch.RowSets);
        return (string?)Value(set.Columns.Single(column => column.Schema.Name == "extras"), 0);
    }

    internal static string? Extras(string record) => Extras(Encoding.UTF8.GetBytes(record));

    /// <summary>The single outcome of a record.</summary>
    internal static JsonObject Outcome(string record) => Assert.Single(Outcomes(record));

    /// <summary>Cleans a record and gives what it added, rows before duplicates before refusals.</summary>
    internal List<JsonObject> Next(ReadOnlySpan<byte> record)
    {
        var rows = Batch.RowSets.ToDictionary(set => set, set => set.Count);
        var (duplicates, refused) = (Batch.Duplicates, Batch.Refusals.Count);
        Clean(record);
        var outcomes = new List<JsonObject>();
        foreach (var set in Batch.RowSets)
        {
            for (var row = rows.GetValueOrDefault(set); row < set.Count; row++)
            {
                outcomes.Add(Row(set, row));
            }
        }

        for (; duplicates < Batch.Duplicates; duplicates++)
        {
            outcomes.Add(new JsonObject { ["duplicate"] = true });
        }

        outcomes.AddRange(Batch.Refusals.Skip(refused).Select(refusal => refusal.Field is null
            ? new JsonObject { ["refused"] = refusal.Reason }
            : new JsonObject { ["refused"] = refusal.Reason, ["field"] = refusal.Field }));
        return outcomes;
    }

    /// <summary>A row as the examples write one: entity and every field that is not null, extras as JSON; beside it the repairs.</summary>
    internal static JsonObject Row(RowSet set, int row)
    {
        var fields = new JsonObject { ["entity"] = set.Entity.Name() };
        string? repairs = null;
        foreach (var column in set.Columns)
        {
            var value = Value(column, row);
            if (column.Schema.Name == "repairs")
            {
                repairs = (string?)value;
            }
            else if (value is not null && column.Schema.Name is not ("arrived" or "shard" or "sequence"))
            {
                fields[column.Schema.Name] = column.Schema.Name == "extras" ? JsonNode.Parse((string)value!) : value;
            }
        }

        return new JsonObject { ["row"] = fields, ["repairs"] = repairs };
    }

    internal static JsonNode? Value(Column column, int row)
    {
        var index = row;
        if (!column.Schema.IsRequired)
        {
            if (column.Levels[row] == 0)
            {
                return null;
            }

            index = column.Levels[..row].Count((byte)1);
        }

        return column switch
        {
            Utf8Column text => Encoding.UTF8.GetString(text.Bytes[text.Offsets[index]..text.Offsets[index + 1]]),
            DoubleColumn number => number.Values[index],
            Int64Column instant => Instant(instant.Values[index]),
            Int32Column { Schema.Type: ColumnType.Date } date =>
                DateTime.UnixEpoch.AddDays(date.Values[index]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Int32Column number => number.Values[index],
            _ => throw new InvalidOperationException(column.GetType().Name),
        };
    }

    private static string Instant(long micros)
    {
        var time = DateTime.UnixEpoch.AddMicroseconds(micros);
        var format = micros % 1_000_000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
        return time.ToString(format, CultureInfo.InvariantCulture);
    }
}
