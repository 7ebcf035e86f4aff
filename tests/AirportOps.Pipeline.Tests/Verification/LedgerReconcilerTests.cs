using AirportOps.Pipeline.Tests.Quarantine;
using AirportOps.Pipeline.Tests.Silver;
using AirportOps.Pipeline.Verification;

namespace AirportOps.Pipeline.Tests.Verification;

public sealed class LedgerReconcilerTests : IDisposable
{
    private const string Refused = """{"event_id":"w","event_type":"weather"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_ledger_that_tells_what_happened_agrees()
    {
        var report = await ReconcileAsync([Row(1), Row(2), Duplicate, Refusal]);

        Assert.Empty(report.Differences);
        Assert.Equal((4, 2, 1, 1), (report.LedgerEvents, report.ExpectedRows, report.ExpectedDuplicates, report.ExpectedRefused));
        Assert.Equal((2, 1), (report.MatchingRows, report.MatchingRefused));
        Assert.Equal(4, report.Windows.Events);
    }

    [Theory]
    [InlineData("\"wait_minutes\":1.5", "\"wait_minutes\":1.6", "has other content than the ledger expects")]
    [InlineData("\"repairs\":null", "\"repairs\":\"trimmed\"", "has other content than the ledger expects")]
    [InlineData("\"checkpoint\":\"CP-1\"", "\"terminal\":\"1\",\"checkpoint\":\"CP-1\"", "has other content than the ledger expects")]
    [InlineData("\"event_id\":\"s1\"", "\"event_id\":\"s9\"", "has a row that no ledger expects")]
    public async Task A_row_that_is_not_as_expected_is_named(string told, string tampered, string message)
    {
        Assert.Contains(told, Row(1), StringComparison.Ordinal);

        var report = await ReconcileAsync([Row(1).Replace(told, tampered, StringComparison.Ordinal), Row(2), Duplicate, Refusal]);

        Assert.Contains(report.Differences, difference => difference.Contains(message, StringComparison.Ordinal)
            && difference.Contains("event_id=s1 ", StringComparison.Ordinal));
        Assert.Equal(1, report.MatchingRows);
    }

    [Fact]
    public async Task Rows_refusals_and_duplicates_that_are_missing_or_too_many_are_counted()
    {
        var tooFew = await ReconcileAsync([Row(1), Refusal]);
        Assert.Equal(
            ["unexpected", "duplicates"],
            tooFew.Differences.Select(difference => difference.Contains("no ledger expects", StringComparison.Ordinal) ? "unexpected" : "duplicates"));

        var tooMany = await ReconcileAsync([Row(1), Row(2), Row(3), Row(4), Duplicate, Refusal, Refusal]);
        Assert.Equal(3, tooMany.DifferenceCount);
        Assert.Equal(
            [
                "2 rows that the ledger expects are not in Silver",
                "1 refused as unknown_type, event_id w, are not in the quarantine",
            ],
            tooMany.Differences);
    }

    [Fact]
    public async Task An_event_refused_for_another_reason_is_one_difference()
    {
        var report = await ReconcileAsync([Row(1), Row(2), Duplicate, Refusal.Replace("\"reason\":\"unknown_type\"", "\"reason\":\"bad_status\"", StringComparison.Ordinal)]);

        Assert.EndsWith(", the ledger expects bad_status", Assert.Single(report.Differences), StringComparison.Ordinal);
        Assert.Equal(1, report.DifferenceCount);
    }

    [Fact]
    public async Task The_score_says_for_each_kind_of_mess_what_was_expected_given_and_right()
    {
        var report = await ReconcileAsync(
        [
            Messy(Row(1), "trimmed", "trimmed,unit"),
            Messy(Row(2), "extras", null).Replace("2.5", "2.6", StringComparison.Ordinal),
            Duplicate,
            Refusal,
        ]);

        Assert.Equal(
            [
                new MessScore { Kind = "clean", Events = 0, Expected = 1, Given = 2, Right = 1, Rows = 0, EqualRows = 0 },
                new MessScore { Kind = "duplicate", Events = 1, Expected = 1, Given = 1, Right = 1, Rows = 0, EqualRows = 0 },
                new MessScore { Kind = "extras", Events = 1, Expected = 0, Given = 0, Right = 0, Rows = 1, EqualRows = 0 },
                new MessScore { Kind = "trimmed", Events = 1, Expected = 1, Given = 0, Right = 0, Rows = 1, EqualRows = 1 },
                new MessScore { Kind = "unit", Events = 0, Expected = 1, Given = 0, Right = 0, Rows = 0, EqualRows = 0 },
                new MessScore { Kind = "unknown_type", Events = 1, Expected = 1, Given = 1, Right = 1, Rows = 0, EqualRows = 0 },
            ],
            report.Scores);
        var clean = report.Scores[0];
        Assert.Equal((0.5, 1.0, null), (clean.Precision, clean.Recall, clean.Equality));

        static string Messy(string line, string mess, string? repairs) => line
            .Replace("\"mess\":[]", $"\"mess\":[\"{mess}\"]", StringComparison.Ordinal)
            .Replace("\"repairs\":null", repairs is null ? "\"repairs\":null" : $"\"repairs\":\"{repairs}\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_sources_the_ledger_does_not_speak_of_are_only_counted()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(
            SilverScene.Reading(1),
            SilverScene.Reading(2).Replace("\"airport\"", "\"source\":\"bts\",\"airport\"", StringComparison.Ordinal));
        await scene.CleanAsync(SilverScene.Windows(100));

        var report = await RunAsync(scene, [Row(1)]);

        Assert.Empty(report.Differences);
        Assert.Equal(new Dictionary<string, long> { ["bts"] = 1 }, report.OtherRows);
    }

    [Fact]
    public async Task What_was_refused_and_then_replayed_counts_as_the_row_or_duplicate_it_became()
    {
        await using var scene = new ReplayScene();
        await scene.SendInOrderAsync(ReplayScene.Large(SilverScene.Reading(1)), ReplayScene.Large(SilverScene.Reading(1)), SilverScene.Reading(2), Refused);
        await scene.Silver.CleanAsync(ReplayScene.Strict());
        Assert.NotEmpty((await RunAsync(scene.Silver, [Row(1), Row(2), Duplicate, Refusal])).Differences);
        await scene.ReplayAsync();

        var report = await RunAsync(scene.Silver, [Row(1), Row(2), Duplicate, Refusal]);

        Assert.Empty(report.Differences);
        Assert.True(report.Windows.Balances);
        Assert.Equal((4, 4, 2, 1), (report.Windows.Records, report.Windows.Events, report.Windows.Rows, report.Windows.Duplicates));
        Assert.Equal([KeyValuePair.Create("unknown_type", 1L)], report.Windows.Refused);
    }

    [Theory]
    [InlineData("{}", "line 1 is no line of a ledger")]
    [InlineData("not json", "line 1 is no line of a ledger")]
    [InlineData("""{"expect":"row","entity":"weather_event","row":{}}""", "line 1 is no line of a ledger")]
    public async Task What_is_no_ledger_is_said_with_its_line(string line, string message)
    {
        await using var scene = new SilverScene();

        var wrong = await Assert.ThrowsAsync<PipelineException>(() => RunAsync(scene, [line]));

        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    private static string Row(int n) =>
        $$"""{"record":{{n}},"event":1,"mess":[],"expect":"row","entity":"security_event","row":{"event_id":"s{{n}}","event_time":"2026-03-01T14:05:00Z","airport":"JFK","checkpoint":"CP-{{n % 3}}","wait_minutes":{{n}}.5},"repairs":null}""";

    private const string Duplicate = """{"record":3,"event":1,"mess":["duplicate"],"expect":"duplicate","event_id":"s1"}""";

    private const string Refusal = """{"record":4,"event":1,"mess":["unknown_type"],"expect":"refused","reason":"unknown_type","event_id":"w"}""";

    private async Task<ReconciliationReport> ReconcileAsync(string[] ledger)
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(SilverScene.Reading(1), SilverScene.Reading(2));
        await scene.SendAsync(SilverScene.Reading(1), Refused);
        await scene.CleanAsync(SilverScene.Windows(100));
        return await RunAsync(scene, ledger);
    }

    private async Task<ReconciliationReport> RunAsync(SilverScene scene, string[] ledger)
    {
        var path = Path.Combine(_folder.Path, "ledger.jsonl");
        await File.WriteAllLinesAsync(path, ledger, TestContext.Current.CancellationToken);
        return await new LedgerReconciler(scene.Lake)
            .RunAsync([path], null, new StageProgress("verify"), TestContext.Current.CancellationToken);
    }
}
