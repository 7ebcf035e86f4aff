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
    public void A_number_is_a_record_with_its_repairs_and_clean_fields()
    {
        var found = Assert.Single(Find("2", SilverScene.Reading(1), """{"id":"x","type":"Ground ","ts":"2026-03-01T14:05:00Z","station":"jfk","service":"fueling","phase":"begin"}"""));

        Assert.Equal(
            "event_id=x event_time=2026-03-01T14:05:00Z arrived=2026-03-04T00:00:00Z airport=JFK service=fueling phase=start "
                + "repairs=key_alias,phase_alias,trimmed shard=in.jsonl sequence=2",
            string.Join(' ', Assert.Single(found.Events).Fields.Select(field => $"{field.Key}={field.Value}")));
    }

    private List<ExplainedRecord> Find(string target, params string[] records) =>
    [
        .. new RecordExplainer(ReferenceTables.Default).Find(
            BatchInputs.Find([_scene.Write("in.jsonl", records)], BatchScene.Now, TimeProvider.System), false, target, TestContext.Current.CancellationToken),
    ];

    private static IEnumerable<string> Outcomes(ExplainedRecord record) => record.Events.Select(explained => $"{explained.Outcome} {explained.EventId}");
}
