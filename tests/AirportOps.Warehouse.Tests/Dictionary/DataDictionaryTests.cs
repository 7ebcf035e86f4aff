namespace AirportOps.Warehouse.Tests.Dictionary;

public sealed class DataDictionaryTests(ClusterFixture cluster)
{
    /// <summary>Set by <c>./dev dictionary</c>: the page is written instead of compared.</summary>
    private const string Write = "AIRPORTOPS_WRITE_DICTIONARY";

    [Fact]
    public async Task The_data_dictionary_is_what_the_comments_say()
    {
        var token = TestContext.Current.CancellationToken;
        await using var database = await cluster.CreateMigratedDatabaseAsync();
        var page = Path.Combine(RepositoryFolder(), "docs", "data-dictionary.md");

        var expected = await DataDictionary.WriteAsync(database);

        if (Environment.GetEnvironmentVariable(Write) is not null)
        {
            await File.WriteAllTextAsync(page, expected, token);
        }

        Assert.True(expected == await File.ReadAllTextAsync(page, token), "docs/data-dictionary.md is not up to date: run './dev dictionary'.");
    }

    [Fact]
    public async Task Every_table_and_column_of_the_warehouse_is_in_it_with_its_meaning()
    {
        await using var database = await cluster.CreateMigratedDatabaseAsync();
        var page = await DataDictionary.WriteAsync(database);

        var columns = await database.RowsAsync(
            "SELECT table_schema || '.' || table_name, column_name FROM information_schema.columns WHERE table_schema IN ('bi', 'gold', 'staging', 'ops')");

        var lines = page.Split('\n');
        Assert.Equal(columns.Count, lines.Count(line => line.StartsWith("| ", StringComparison.Ordinal)) - (2 * columns.Select(row => row.Split('|')[0]).Distinct().Count()));
        Assert.DoesNotContain(lines, line => line.EndsWith("| |", StringComparison.Ordinal) && !line.StartsWith("| column", StringComparison.Ordinal));
        Assert.All(columns.Select(row => row.Split('|')[0]).Distinct(), table => Assert.Contains($"### {table}", lines));
    }

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AirportOps.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
