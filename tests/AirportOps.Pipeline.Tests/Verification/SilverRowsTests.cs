using System.Text;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Columns;
using AirportOps.Parquet;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Verification;
using AirportOps.Reference;

namespace AirportOps.Pipeline.Tests.Verification;

/// <summary>Files of other versions read as this one's: columns are found by name.</summary>
public sealed class SilverRowsTests
{
    private const string Flight =
        """{"event_id":"f1","event_type":"flight","event_time":"2026-03-01T14:05:00Z","airline":"AA","flight_number":100,"flight_date":"2026-03-01","origin":"JFK","destination":"LHR","status":"departed","wheels_off":"2026-03-01T14:00:00Z"}""";

    [Fact]
    public void Columns_in_another_order_with_more_behind_them_read_the_same()
    {
        var now = SilverSchema.Of(Entity.FlightEvent).Columns;

        Assert.Equal(
            Text(now),
            Text([new("made_up_first", ParquetType.Utf8, true), .. now.Reverse(), new("made_up", ParquetType.Int32, true)]));
        Assert.Contains("wheels_off=2026-03-01T14:00:00Z\n", Text(now), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_the_later_columns_reads_them_as_null() => Assert.Equal(
        Text(SilverSchema.Of(Entity.FlightEvent).Columns).Replace("wheels_off=2026-03-01T14:00:00Z\n", "", StringComparison.Ordinal),
        Text([.. SilverSchema.Of(Entity.FlightEvent).Columns.TakeWhile(column => column.Name != "wheels_off")]));

    private static string Text(IReadOnlyList<ParquetColumn> columns)
    {
        var batch = new CleanBatch();
        new EventCleaner(new CodeTables(ReferenceTables.Default), new CleanerOptions())
            .Clean(Encoding.UTF8.GetBytes(Flight), new RecordOrigin("s"u8, "1"u8, 1_773_964_800_000_000), null, batch);
        using var file = new ParquetReader(Written(Assert.Single(batch.RowSets), columns));
        var rows = new SilverRows(file, 0, Entity.FlightEvent);
        var row = new CanonicalRow();
        Assert.True(rows.Read(row));
        Assert.Equal("f1", Encoding.UTF8.GetString(rows.EventId));
        return row.Text;
    }

    private static byte[] Written(RowSet rows, IReadOnlyList<ParquetColumn> columns)
    {
        using var output = new MemoryStream();
        using var writer = new ParquetWriter(output, new ParquetSchema(columns), new ParquetWriterOptions());
        var group = writer.StartRowGroup(rows.Count);
        foreach (var column in columns)
        {
            switch (rows.Columns.SingleOrDefault(known => known.Schema.Name == column.Name))
            {
                case Utf8Column text:
                    group.WriteUtf8(text.Bytes, text.Offsets, text.Levels);
                    break;
                case Int32Column integers:
                    group.WriteInt32(integers.Values, integers.Levels);
                    break;
                case Int64Column instants:
                    group.WriteInt64(instants.Values, instants.Levels);
                    break;
                case DoubleColumn numbers:
                    group.WriteDouble(numbers.Values, numbers.Levels);
                    break;
                default:
                    WriteMadeUp(group, column);
                    break;
            }
        }

        writer.Finish();
        return output.ToArray();
    }

    private static void WriteMadeUp(RowGroupWriter group, ParquetColumn column)
    {
        if (column.Type == ParquetType.Utf8)
        {
            group.WriteUtf8("x"u8, [0, 1], []);
        }
        else
        {
            group.WriteInt32([7], []);
        }
    }
}
