namespace AirportOps.Cleaning.Tests;

/// <summary>The page on cleaning says what the cleaner does.</summary>
public sealed class DocumentTests
{
    private const string ExampleHeader = "| field | arrives | becomes | repairs or reason |";
    private const string AliasHeader = "| field | aliases, the preferred first |";

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root(), "docs", "cleaning.md"));

    [Fact]
    public void Its_examples_come_out_as_written()
    {
        var examples = TablesUnder(ExampleHeader).ToList();
        Assert.True(examples.Count > 30, $"{examples.Count} examples were found");
        Assert.All(examples, example =>
        {
            var (field, arrives, becomes, repairs) = (example[0], example[1].Trim('`'), example[2], example[3]);
            var isDesignator = repairs == "designator" && field == "flight_number";
            var outcome = CleaningRun.Outcome(isDesignator ? Events.Flight((field, arrives), ("airline", null)) : Events.WithField(field, arrives));
            var told = outcome["row"] is { } row
                ? (row[field]?.ToString() ?? "", (string?)outcome["repairs"] ?? "")
                : ("", (string)outcome["refused"]!);
            Assert.Equal((becomes, repairs), told);
        });
    }

    [Fact]
    public void Its_records_come_out_as_written()
    {
        var records = Lines.SkipWhile(line => line != "| a record | outcome |").Skip(2).TakeWhile(line => line.StartsWith('|')).ToList();
        Assert.True(records.Count > 5, $"{records.Count} records were found");
        Assert.All(records, line =>
        {
            var cells = line.Split("` | ");
            var outcome = CleaningRun.Outcome(cells[0][3..]);
            Assert.Equal(cells[1].TrimEnd(' ', '|'), (string?)outcome["repairs"] ?? (string?)outcome["refused"]);
        });
    }

    [Fact]
    public void It_names_every_profile_that_ships() => Assert.Equal(
        Profiles.SourceProfiles.Default.Names,
        TablesUnder("| profile | told by | what its source means |").Select(row => row[0]));

    [Fact]
    public void Its_aliases_are_those_of_the_tables() => Assert.Equal(
        Fields.FieldTable.All.Where(info => info.Aliases.Length > 0).Select(info => (info.Name, string.Join(", ", info.Aliases))).Order(),
        TablesUnder(AliasHeader).Select(row => (row[0], row[1])).Order());

    [Fact]
    public void It_names_every_repair_and_reason() => Assert.All(
        CleaningRules.RepairIds.Where(id => !id.StartsWith("dropped_", StringComparison.Ordinal))
            .Concat(CleaningRules.RefusalReasons.Where(id => !id.StartsWith("missing_", StringComparison.Ordinal) && !id.StartsWith("bad_", StringComparison.Ordinal))),
        id => Assert.Contains(Lines, line => line.Contains($"`{id}`", StringComparison.Ordinal)));

    private static IEnumerable<string[]> TablesUnder(string header) =>
        Enumerable.Range(0, Lines.Length).Where(i => Lines[i] == header)
            .SelectMany(i => Lines.Skip(i + 2).TakeWhile(line => line.StartsWith('|')))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AirportOps.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
