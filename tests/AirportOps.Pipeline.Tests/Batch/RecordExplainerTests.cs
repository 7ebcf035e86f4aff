using AirportOps.Cleaning;
using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Tests.Silver;
using AirportOps.Reference;

namespace AirportOps.Pipeline.Tests.Batch;

public sealed class RecordExplainerTests : IDisposable
{
    private readonly BatchScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void An_event_id_is_found_as_row_duplicate_and_conflict()
    {
        var other = SilverScene.Reading(1, "2026-03-02T00:00:00Z");

        var found = Find(
            "s1", SilverScene.Reading(1), SilverScene.Reading(2), $"[{SilverScene.Reading(1)},{other},{SilverScene.Reading(3)},5]");

        Assert.Equal([1, 3], found.Select(record => record.Number));
        Assert.Equal(["row s1"], Outcomes(found[0]));
        Assert.Equal(["duplicate s1", "row s3", "conflicting_duplicate s1", "not_an_event "], Outcomes(found[1]));
    }

    [Fact]
    public void Each_field_is_told_as_it_came_with_its_repairs_and_as_it_is_kept()
    {
        const string record = """
            {"id":"x","type":"Ground ","ts":"2026-03-01 09:05","station":"jfk","service":"fueling","phase":"begin","flight":{"designator":"aal 100"},"gate":7.5,"n":1},
            """;

        var explained = Assert.Single(Assert.Single(Find("2", SilverScene.Reading(1), record.TrimEnd())).Events);

        var account = explained.Account!;
        Assert.Equal(("row", "x", null, null), (explained.Outcome, explained.EventId, explained.Field, explained.Detail));
        Assert.Equal(["unwrapped"], account.Repairs);
        Assert.Equal(("""{"n":1}""", 0), (account.Extras, account.ExtrasRepairs.Count));
        Assert.Equal(
            [
                """event_id: id "x" key_alias x""",
                """event_type: type "Ground " key_alias,trimmed ground""",
                """event_time: ts "2026-03-01 09:05" key_alias,local_time 2026-03-01T14:05:00Z""",
                """airport: station "jfk" key_alias,trimmed JFK""",
                "airline:    AA",
                "flight_number:    100",
                "gate: gate 7.5 dropped_gate ",
                """service: service "fueling"  fueling""",
                """phase: phase "begin" phase_alias start""",
                """designator: flight.designator "aal 100" designator """,
            ],
            account.Fields.Select(Line));
    }

    [Fact]
    public void A_refused_event_says_of_every_field_why_not()
    {
        var explained = Assert.Single(Assert.Single(Find(
            "1", """{"event_id":"x","event_type":"baggage","event_time":"soon","airport":"?","bag_tag":"12","scan_point":"Sorter"}""")).Events);

        Assert.Equal(("bad_event_time", "x", "event_time"), (explained.Outcome, explained.EventId, explained.Field));
        Assert.Equal(
            [
                """event_id: event_id "x"  x""",
                """event_type: event_type "baggage"  baggage""",
                """event_time: event_time "soon"   bad_event_time""",
                """airport: airport "?" null_token  missing_airport""",
                """bag_tag: bag_tag "12"   bad_bag_tag""",
                """scan_point: scan_point "Sorter" trimmed sorter""",
            ],
            explained.Account!.Fields.Select(Line));
    }

    private List<ExplainedRecord> Find(string target, params string[] records) =>
    [
        .. new RecordExplainer(ReferenceTables.Default).Find(
            BatchInputs.Find([_scene.Write("in.jsonl", records)], BatchScene.Now, TimeProvider.System), false, null, target, TestContext.Current.CancellationToken),
    ];

    private static string Line(FieldAccount field) =>
        $"{field.Field}: {field.Key} {field.Raw} {string.Join(',', field.Repairs)} {field.Value}{(field.Reason is null ? "" : " " + field.Reason)}";

    private static IEnumerable<string> Outcomes(ExplainedRecord record) => record.Events.Select(explained => $"{explained.Outcome} {explained.EventId}");
}
