using System.Text;
using AirportOps.Cleaning.Columns;

namespace AirportOps.Cleaning.Tests;

public sealed class BatchTests
{
    private const string Leading = "event_id Utf8! event_time Instant! arrived Instant! source Utf8 airport Utf8! ";
    private const string Trailing = " extras Utf8 repairs Utf8 shard Utf8! sequence Utf8!";

    [Theory]
    [InlineData(
        Entity.FlightEvent,
        "airline Utf8! flight_number Int32! flight_suffix Utf8 flight_date Date! origin Utf8! destination Utf8! tail_number Utf8 aircraft_type Utf8 "
            + "status Utf8! scheduled_departure Instant estimated_departure Instant actual_departure Instant scheduled_arrival Instant "
            + "estimated_arrival Instant actual_arrival Instant terminal Utf8 gate Utf8 delay_minutes Int32 delay_cause Utf8 "
            + "cancellation_cause Utf8 carrier_minutes Int32 weather_minutes Int32 nas_minutes Int32 security_minutes Int32 "
            + "late_aircraft_minutes Int32 passengers Int32 seats Int32")]
    [InlineData(
        Entity.BaggageEvent,
        "airline Utf8 flight_number Int32 flight_suffix Utf8 flight_date Date bag_tag Utf8! scan_point Utf8! weight_kg Double")]
    [InlineData(
        Entity.SecurityEvent,
        "terminal Utf8 checkpoint Utf8! wait_minutes Double queue_length Int32 lanes_open Int32 passengers_screened Int32")]
    [InlineData(
        Entity.GroundEvent,
        "airline Utf8 flight_number Int32 flight_suffix Utf8 flight_date Date tail_number Utf8 aircraft_type Utf8 gate Utf8 service Utf8! phase Utf8!")]
    public void An_entity_has_these_columns_in_this_order(Entity entity, string own) => Assert.Equal(
        Leading + own + Trailing + (entity == Entity.FlightEvent
            ? " wheels_off Instant wheels_on Instant arrival_terminal Utf8 arrival_gate Utf8 baggage_belt Utf8 diverted_to Utf8 codeshare_of Utf8"
            : ""),
        string.Join(' ', EventSchema.Columns(entity).Select(column => $"{column.Name} {column.Type}{(column.IsRequired ? "!" : "")}")));

    [Fact]
    public void Entities_have_the_names_of_silver() => Assert.Equal(
        ["flight_event", "baggage_event", "security_event", "ground_event"],
        EntityNames.All.Select(entity => entity.Name()));

    [Fact]
    public void Repair_ids_are_sorted_and_reasons_named_once()
    {
        Assert.Equal(CleaningRules.RepairIds.Order(StringComparer.Ordinal), CleaningRules.RepairIds);
        Assert.Equal(58, CleaningRules.RepairIds.Distinct().Count());
        Assert.Contains("dropped_designator", CleaningRules.RepairIds);
        Assert.DoesNotContain("dropped_airport", CleaningRules.RepairIds);
        Assert.Equal(CleaningRules.RefusalReasons.Distinct(), CleaningRules.RefusalReasons);
        Assert.Contains("bad_event_id", CleaningRules.RefusalReasons);
        Assert.DoesNotContain("missing_event_id", CleaningRules.RefusalReasons);
    }

    [Fact]
    public void Rows_go_to_their_entity_and_utc_date_and_counts_add_up()
    {
        var run = new CleaningRun();
        string[] records =
        [
            Events.Flight(("event_id", "\"1\""), ("event_time", "\"2026-03-01T23:59:59Z\"")),
            Events.Flight(("event_id", "\"2\""), ("event_time", "\"2026-03-01T19:00:00-05:00\"")),
            Events.Baggage(("event_id", "\"3\""), ("weight", "\"44 lb\"")),
            Events.Flight(("event_id", "\"4\""), ("event_time", "\"2026-03-01T00:00:00Z\""), ("gate", "\"b4\"")),
            Events.Flight(("event_id", "\"1\""), ("event_time", "\"2026-03-01T23:59:59Z\"")),
            "[1]",
            "oops",
        ];
        foreach (var record in records)
        {
            run.Clean(Encoding.UTF8.GetBytes(record));
        }

        var batch = run.Batch;
        Assert.Equal(
            [(Entity.FlightEvent, new DateOnly(2026, 3, 1), 2), (Entity.FlightEvent, new DateOnly(2026, 3, 2), 1), (Entity.BaggageEvent, new DateOnly(2026, 3, 1), 1)],
            batch.RowSets.Select(set => (set.Entity, set.EventDate, set.Count)));
        Assert.Equal((7, 7, 4, 1, 2), (batch.Records, batch.Events, batch.Rows, batch.Duplicates, batch.Refused));
        Assert.Equal(["not_an_event 1", "not_json 1"], batch.RefusedByReason.Select(count => $"{count.Key} {count.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(["key_alias 1", "time_format 1", "trimmed 1", "unit 1"], batch.Repairs.Select(count => $"{count.Key} {count.Value}"));
        Assert.Equal(CleaningRun.Micros("2026-03-02T00:00:00Z"), batch.WatermarkMicros);
        Assert.Equal(4, batch.AcceptedEvents.Length);
        Assert.Equal(batch.RowSets.Sum(set => set.ApproximateBytes) + 7, batch.ApproximateBytes);

        batch.Clear();
        Assert.Equal((0, 0, 0, 0, null, 0, 0), (batch.RowSets.Count, batch.Records, batch.Events, batch.Refused, batch.WatermarkMicros, batch.AcceptedEvents.Length, batch.ApproximateBytes));
    }

    [Fact]
    public void A_cleared_batch_takes_other_rows_as_a_new_one_does()
    {
        var used = new CleaningRun();
        used.Clean(Encoding.UTF8.GetBytes(Events.Flight(("event_id", "\"other\""), ("gate", "\"B4\""), ("source", "\"long enough to be seen\""))));
        used.Batch.Clear();
        used.Clean(Encoding.UTF8.GetBytes(Events.Flight()));
        var fresh = new CleaningRun();
        fresh.Clean(Encoding.UTF8.GetBytes(Events.Flight()));

        Assert.Equal(
            CleaningRun.Row(fresh.Batch.RowSets[0], 0).ToJsonString(),
            CleaningRun.Row(used.Batch.RowSets[0], 0).ToJsonString());
    }

    [Fact]
    public void A_row_tells_where_it_came_from()
    {
        var run = new CleaningRun();
        run.Clean(Encoding.UTF8.GetBytes(Events.Ground()));
        run.Clean(Encoding.UTF8.GetBytes(Events.Ground(("event_id", "\"g2\""))));
        var columns = run.Batch.RowSets[0].Columns.ToDictionary(column => column.Schema.Name);

        Assert.Equal([CleaningRun.Arrival, CleaningRun.Arrival], ((Int64Column)columns["arrived"]).Values.ToArray());
        Assert.Equal(
            ["shard-0 1", "shard-0 2"],
            Enumerable.Range(0, 2).Select(row => $"{CleaningRun.Value(columns["shard"], row)} {CleaningRun.Value(columns["sequence"], row)}"));
    }

    [Fact]
    public void A_column_added_at_the_end_disturbs_no_other()
    {
        SchemaColumn[] schema = [.. EventSchema.Columns(Entity.SecurityEvent), new("made_up", ColumnType.Utf8, false)];
        var run = new CleaningRun();
        run.Clean(Encoding.UTF8.GetBytes(Events.Security(("gate", "\"B4\""), ("lanes_open", "\"3\""))));
        var expected = Assert.Single(run.Batch.RowSets);

        // What the cleaner reads back by itself: the id, the origin and the times of a row, and all values.
        var set = new RowSet(Entity.SecurityEvent, schema);
        CopyOf(expected, set);

        Assert.Equal("s1", Encoding.UTF8.GetString(set.EventIdOf(0)));
        Assert.Equal(expected.EventTimes.ToArray(), set.EventTimes.ToArray());
        Assert.Equal(
            (Encoding.UTF8.GetString(expected.OriginOf(0).Shard), Encoding.UTF8.GetString(expected.OriginOf(0).Sequence), expected.OriginOf(0).ArrivedMicros),
            (Encoding.UTF8.GetString(set.OriginOf(0).Shard), Encoding.UTF8.GetString(set.OriginOf(0).Sequence), set.OriginOf(0).ArrivedMicros));
        Assert.Equal(CleaningRun.Row(expected, 0).ToJsonString(), CleaningRun.Row(set, 0).ToJsonString());
        Assert.Null(CleaningRun.Value(set.Columns[^1], 0));
    }

    /// <summary>Reads the same event into a set of other columns.</summary>
    private static void CopyOf(RowSet row, RowSet set)
    {
        var workspace = new Text.Workspace();
        var document = new Json.EventDocument(workspace, Profiles.SourceProfiles.Default.Keys);
        var reader = new Reading.EventReader(workspace, CleaningRun.Codes);
        var record = workspace.Reset(Encoding.UTF8.GetBytes(Events.Security(("gate", "\"B4\""), ("lanes_open", "\"3\""))));
        Assert.Equal(Json.JsonOutcome.Complete, document.Read(record));
        Assert.True(reader.TryRead(document, null, 0, CleaningRun.Arrival, CleaningRun.Arrival));
        set.Add(reader.Values, workspace.Append("number_text"u8), workspace, row.OriginOf(0));
    }
}
