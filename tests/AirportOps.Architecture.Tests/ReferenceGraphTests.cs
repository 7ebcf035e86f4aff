using System.Xml.Linq;

namespace AirportOps.Architecture.Tests;

/// <summary>The shape of the solution: who may know whom.</summary>
public sealed class ReferenceGraphTests
{
    /// <summary>Every project and all it may reference of ours; what is not listed here does not build into a release.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["AirportOps.Reliability"] = [],
        ["AirportOps.Reference"] = [],
        ["AirportOps.Files"] = ["AirportOps.Reliability"],
        ["AirportOps.Streams"] = ["AirportOps.Reliability"],
        ["AirportOps.Lake"] = ["AirportOps.Reliability"],
        ["AirportOps.Parquet"] = ["AirportOps.Reliability"],
        ["AirportOps.Operations"] = ["AirportOps.Reliability", "AirportOps.Lake"],
        ["AirportOps.Aws"] = ["AirportOps.Reliability", "AirportOps.Streams", "AirportOps.Lake", "AirportOps.Operations"],
        ["AirportOps.Cleaning"] = ["AirportOps.Reference"],
        ["AirportOps.Ingest"] = ["AirportOps.Reliability", "AirportOps.Reference", "AirportOps.Files"],
        ["AirportOps.Simulator"] = ["AirportOps.Reference"],
        ["AirportOps.Pipeline"] =
        [
            "AirportOps.Reliability", "AirportOps.Reference", "AirportOps.Files", "AirportOps.Streams", "AirportOps.Lake", "AirportOps.Parquet",
            "AirportOps.Cleaning",
        ],
        ["AirportOps.Warehouse"] =
            ["AirportOps.Reliability", "AirportOps.Reference", "AirportOps.Pipeline", "AirportOps.Cleaning", "AirportOps.Lake", "AirportOps.Parquet"],
        ["AirportOps.Cli"] =
        [
            "AirportOps.Reliability", "AirportOps.Reference", "AirportOps.Files", "AirportOps.Streams", "AirportOps.Lake", "AirportOps.Cleaning",
            "AirportOps.Ingest", "AirportOps.Pipeline", "AirportOps.Warehouse", "AirportOps.Simulator", "AirportOps.Aws", "AirportOps.Operations",
        ],
        ["AirportOps.Cli.Clean"] =
        [
            "AirportOps.Reliability", "AirportOps.Reference", "AirportOps.Streams", "AirportOps.Lake", "AirportOps.Cleaning", "AirportOps.Pipeline",
            "AirportOps.Aws", "AirportOps.Operations",
        ],
    };

    [Fact]
    public void Projects_reference_only_what_the_architecture_allows()
    {
        var projects = ProductProjects();

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), projects.Keys.Order(StringComparer.Ordinal));
        Assert.All(projects, project => Assert.Subset(Allowed[project.Key].ToHashSet(), References(project.Value).ToHashSet()));
    }

    [Fact]
    public void The_simulator_knows_nothing_of_the_cleaner()
    {
        var projects = ProductProjects();
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var toVisit = new Queue<string>(["AirportOps.Simulator"]);
        while (toVisit.TryDequeue(out var name))
        {
            if (reached.Add(name))
            {
                References(projects[name]).ToList().ForEach(toVisit.Enqueue);
            }
        }

        Assert.DoesNotContain("AirportOps.Cleaning", reached);
    }

    /// <summary>
    /// An import resolver that gives every caller the same handle has the library unloaded under the thread that wins the first call: the loser's is given back.
    /// Only machine code shows it, in one run in three.
    /// </summary>
    [Fact]
    public void No_import_of_a_native_library_is_resolved_by_hand()
    {
        var sources = new[] { "etl", "simulator" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories));

        Assert.DoesNotContain(sources, path => File.ReadAllText(path).Contains("SetDllImportResolver", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> ProductProjects() =>
        new[] { "etl", "simulator" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.csproj", SearchOption.AllDirectories))
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AirportOps.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
