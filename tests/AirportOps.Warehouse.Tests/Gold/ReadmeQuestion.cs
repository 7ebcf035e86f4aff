using System.Text.RegularExpressions;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>A question of the README's section for analysts.</summary>
/// <param name="Title">The question.</param>
/// <param name="Sql">Its SQL.</param>
/// <param name="Rows">The rows of its answer, their values with a bar between them.</param>
internal sealed partial record ReadmeQuestion(string Title, string Sql, IReadOnlyList<string> Rows)
{
    private const int HeaderLines = 2;

    /// <summary>Reads them, in their order.</summary>
    internal static List<ReadmeQuestion> ReadAll()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AirportOps.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} lies in no checkout.");
        }

        return [.. Question().Matches(File.ReadAllText(Path.Combine(folder.FullName, "README.md")).ReplaceLineEndings("\n"))
            .Select(match => new ReadmeQuestion(match.Groups["title"].Value, match.Groups["sql"].Value, Answer(match.Groups["answer"].Value)))];
    }

    /// <summary>The rule under the header says where the columns lie; values don't hold its signs.</summary>
    private static List<string> Answer(string table)
    {
        var lines = table.TrimEnd('\n').Split('\n');
        var columns = Rule().Matches(lines[1]);
        return [.. lines.Skip(HeaderLines).Select(line => string.Join('|', columns.Select(column => Cell(line, column.Index, column.Length))))];
    }

    private static string Cell(string line, int start, int length) =>
        start >= line.Length ? "" : line.Substring(start, Math.Min(length, line.Length - start)).Trim();

    [GeneratedRegex(@"\*\*(?<title>[^*\n]+)\*\*\n\n```sql\n(?<sql>.*?)```\n\n```text\n(?<answer>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Question();

    [GeneratedRegex("─+")]
    private static partial Regex Rule();
}
