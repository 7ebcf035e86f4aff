using System.Globalization;
using System.Text;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Columns;
using AirportOps.Cleaning.Seen;
using AirportOps.Reference;

namespace AirportOps.Cleaning.Oracle.Tests;

/// <summary>The product's cleaner with its ids; what it makes of each record as lines of text.</summary>
internal sealed class ProductCleaner
{
    private static readonly CodeTables Codes = new(ReferenceTables.Default);

    private readonly EventCleaner _cleaner = new(Codes, new CleanerOptions());
    private readonly CleanBatch _batch = new();

    private SeenEvents Seen { get; } = new(Comparison.Horizon);

    /// <summary>What comes of a record: its rows by entity and date, its duplicates, its refusals.</summary>
    public IReadOnlyList<string> Clean(byte[] record, string sequence, long arrivedMicros)
    {
        _batch.Clear();
        _cleaner.Clean(record, new RecordOrigin("shard-0"u8, Encoding.ASCII.GetBytes(sequence), arrivedMicros), Seen, _batch);
        var lines = new List<string>();
        foreach (var set in _batch.RowSets)
        {
            lines.AddRange(Enumerable.Range(0, set.Count).Select(row => Lines.Row(
                set.Entity, set.EventDate, set.Columns.Select(column => (column.Schema.Name, Value(column, row))))));
        }

        lines.AddRange(Enumerable.Repeat(Lines.Duplicate, (int)_batch.Duplicates));
        lines.AddRange(_batch.Refusals.Select(refusal =>
            Lines.Refusal(refusal.Reason, refusal.Field, refusal.EventId, refusal.Sequence, refusal.ArrivedMicros, refusal.Raw.Span)));
        Assert.Equal(_batch.Rows + _batch.Duplicates + _batch.Refused, _batch.Events);
        Assert.Equal(_batch.RowSets.Sum(set => set.Count), _batch.Rows);
        Assert.Equal(_batch.Rows, _batch.AcceptedEvents.Length);
        Assert.Equal(_batch.Refused, _batch.RefusedByReason.Values.Sum());
        return lines;
    }

    private static string? Value(Column column, int row)
    {
        if (!column.Schema.IsRequired && column.Levels[row] == 0)
        {
            return null;
        }

        var index = column.Schema.IsRequired ? row : column.Levels[..row].Count((byte)1);
        return column switch
        {
            Utf8Column text => Encoding.UTF8.GetString(text.Bytes[text.Offsets[index]..text.Offsets[index + 1]]),
            DoubleColumn number => number.Values[index].ToString("R", CultureInfo.InvariantCulture),
            Int64Column instant => instant.Values[index].ToString(CultureInfo.InvariantCulture),
            Int32Column { Schema.Type: ColumnType.Date } date =>
                DateTime.UnixEpoch.AddDays(date.Values[index]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Int32Column number => number.Values[index].ToString(CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException(column.GetType().Name),
        };
    }
}
