using System.Text.Json;

namespace AirportOps.Cli.Tests;

[Collection(typeof(OnePipeline))]
public sealed class JsonTests(PipelineFixture pipeline)
{
    [Theory]
    [InlineData("bronze --once", "bronze")]
    [InlineData("silver --once --no-load", "silver")]
    [InlineData("run --once", "bronze silver load gold")]
    [InlineData("load", "batches rows duplicates")]
    [InlineData("gold build", "batches legs_touched legs_inserted legs_changed keys_set_aside tables seconds")]
    [InlineData("gold retry", "keys_tried keys_set_aside batches legs_inserted legs_changed")]
    [InlineData("gold test", "passed warned failed skipped seconds tests")]
    [InlineData("migrate up", "applied")]
    [InlineData("migrate status", "scripts")]
    [InlineData("migrate plan", "scripts")]
    [InlineData("migrate plan --engine redshift", "scripts")]
    [InlineData("migrate baseline V0001", "noted")]
    [InlineData("generation show", "live_generation restores")]
    [InlineData("generation begin --dry-run", "generation begun reason shards")]
    [InlineData("quarantine list", "refused groups")]
    [InlineData("quarantine show --limit 3", "events")]
    [InlineData("quarantine show --reason none", "events")]
    [InlineData("ingest flights flights.csv --check", "files")]
    [InlineData("ingest flights flights.csv --to file:events.jsonl", "files")]
    [InlineData("ingest events ledger.jsonl --to file:records.jsonl", "files")]
    [InlineData("simulate --events 10 --to file:events.jsonl", "records events bytes seconds events_per_second ledger")]
    [InlineData("sql TABLE\u00a0ops.gold_build", "columns rows")]
    [InlineData("status", "stream shards loaders warehouse warehouse_away")]
    [InlineData("doctor", "healthy findings")]
    public async Task A_result_is_one_json_object_on_standard_output(string arguments, string members)
    {
        var result = await pipeline.JsonAsync([.. arguments.Split(' ').Select(word => word.Replace('\u00a0', ' '))]);

        Assert.Equal(members, string.Join(' ', result.EnumerateObject().Select(member => member.Name)));
    }

    [Fact]
    public async Task A_plan_holds_every_statement_of_a_warehouse_that_has_none()
    {
        var plan = await pipeline.JsonAsync("migrate", "plan", "--warehouse", "local:other");

        var scripts = plan.GetProperty("scripts").EnumerateArray().ToList();
        Assert.Contains("V0001__create_schemas.sql", scripts.Select(script => script.GetProperty("name").GetString()));
        Assert.All(scripts, script => Assert.NotEmpty(script.GetProperty("statements").EnumerateArray()));
    }

    [Fact]
    public async Task The_quarantine_shows_as_many_events_of_a_reason_as_asked_for()
    {
        var list = await pipeline.JsonAsync("quarantine", "list");
        var shown = await pipeline.JsonAsync("quarantine", "show", "--reason", "unknown_type", "--limit", "5");

        var group = Assert.Single(list.GetProperty("groups").EnumerateArray(), group => group.GetProperty("reason").GetString() == "unknown_type");
        Assert.InRange(group.GetProperty("count").GetInt32(), 6, 100);
        Assert.Equal(
            Enumerable.Repeat("unknown_type", 5),
            shown.GetProperty("events").EnumerateArray().Select(refused => refused.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Progress_goes_to_standard_error_only()
    {
        var outcome = (await pipeline.Folder.RunAsync("silver", "--once", "--no-load", "--json")).Done();

        using var result = JsonDocument.Parse(outcome.Output);
        Assert.NotEmpty(outcome.ErrorLines);
        Assert.All(outcome.ErrorLines, line => Assert.Contains(" silver ", line, StringComparison.Ordinal));
    }
}
