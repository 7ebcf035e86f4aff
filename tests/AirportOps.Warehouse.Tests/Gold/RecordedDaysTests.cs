namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>Known figures of the recorded days, 1 to 3 January 2015, that do not come from this code.</summary>
public sealed class RecordedDaysTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Stays_are_as_known_and_the_READMEs_questions_have_its_answers()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.Database.StageRecordedAsync();

        await gold.BuildAsync();

        var questions = ReadmeQuestion.ReadAll();
        Assert.Equal(10, questions.Count);
        foreach (var question in questions)
        {
            List<string> found = [.. (await gold.Database.RowsAsync(question.Sql)).Select(Spelled)];
            Assert.True(question.Rows.SequenceEqual(found), $"{question.Title}\n{string.Join('\n', found)}");
        }

        Assert.Equal(
            ["40582|4|33814|52|102|360|46125|1054|101"],
            await gold.Database.RowsAsync(
                """
                SELECT COUNT(*), SUM(CASE WHEN is_impossible THEN 1 ELSE 0 END), COUNT(*) FILTER (WHERE turnaround_minutes > 0 AND turnaround_minutes < 360),
                    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY turnaround_minutes) FILTER (WHERE turnaround_minutes > 0 AND turnaround_minutes < 360),
                    PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY turnaround_minutes) FILTER (WHERE turnaround_minutes > 0 AND turnaround_minutes < 360),
                    (SELECT COUNT(*) FROM gold.fact_continuity_break), (SELECT COUNT(*) FROM gold.fact_flight),
                    (SELECT COUNT(*) FROM gold.fact_flight WHERE is_cancelled), (SELECT COUNT(*) FROM gold.fact_flight WHERE is_diverted)
                FROM gold.fact_turnaround
                """));
    }

    /// <summary>As <c>airportops sql</c> spells truth.</summary>
    private static string Spelled(string row) =>
        string.Join('|', row.Split('|').Select(value => value switch { "t" => "true", "f" => "false", _ => value }));
}
