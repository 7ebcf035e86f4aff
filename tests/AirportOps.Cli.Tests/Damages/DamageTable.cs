using System.Text.RegularExpressions;

namespace AirportOps.Cli.Tests.Damages;

/// <summary>A row of the table of damages in docs/damages.md.</summary>
/// <param name="Damage">Its name.</param>
/// <param name="Verb">The command line that says so.</param>
/// <param name="Line">What it says.</param>
/// <param name="Steps">What to do then: command lines, or words.</param>
internal sealed record DamageTable(string Damage, string[] Verb, Regex Line, IReadOnlyList<string> Steps)
{
    /// <summary>The rows whose damage a verb names with exit status 1.</summary>
    internal static IReadOnlyList<DamageTable> Named { get; } = Read();

    /// <summary>How a command line begins.</summary>
    internal const string Program = "./airportops ";

    /// <summary>The lines of the first block of commands below a heading.</summary>
    internal static IReadOnlyList<string> Commands(string document, string heading) =>
    [
        .. File.ReadLines(Path.Combine(Repository(), document))
            .SkipWhile(line => line != heading).SkipWhile(line => line != "```sh").Skip(1).TakeWhile(line => line != "```")
            .Where(line => !line.StartsWith('#')),
    ];

    private static List<DamageTable> Read() =>
    [
        .. File.ReadLines(Path.Combine(Repository(), "docs", "damages.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 4)
            .Select(cells => new DamageTable(
                cells[0].Split('`')[1],
                cells[1].Trim('`')[Program.Length..].Split(' '),
                new Regex(string.Join(".*", cells[2].Split('…').Select(Regex.Escape)), RegexOptions.Singleline | RegexOptions.CultureInvariant),
                [.. cells[3].Split("<br>").Select(step => step.Trim('`'))])),
    ];

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AirportOps.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("AirportOps.sln is not above the tests.");
        }

        return folder.FullName;
    }
}
