using System.Text.RegularExpressions;
using AirportOps.Reliability;

namespace AirportOps.Warehouse.Migrations;

/// <summary>The warehouse's SQL files: <c>postgres/</c>, <c>migrations/</c>, <c>repeatable/</c>, <c>reference/</c>, <c>build/</c> and <c>tests/</c> of a folder.</summary>
/// <param name="root">The folder.</param>
public sealed partial class ScriptFolder(string root)
{
    /// <summary>The files that lie beside the running program.</summary>
    public static ScriptFolder Shipped { get; } = new(Path.Combine(AppContext.BaseDirectory, "warehouse-sql"));

    /// <summary>All that a migration may run, in the order of running.</summary>
    /// <param name="engine">What runs it; the shims are PostgreSQL's.</param>
    /// <exception cref="MigrationException">A file is named otherwise, or two have the same number.</exception>
    internal IReadOnlyList<Script> Migrations(WarehouseEngine engine)
    {
        var versioned = Read("migrations", ScriptKind.Versioned, VersionedName());
        for (var index = 1; index < versioned.Count; index++)
        {
            if (Number(versioned[index - 1].Name) == Number(versioned[index].Name))
            {
                throw new MigrationException(
                    $"{versioned[index - 1].Name} and {versioned[index].Name} have the same number. Give one the next free number.", Fault.Operator, null)
                { Script = versioned[index].Name };
            }
        }

        var shims = engine == WarehouseEngine.Postgres ? Read("postgres", ScriptKind.Shim, AnyName()) : [];
        return [.. shims, .. versioned, .. Read("repeatable", ScriptKind.Repeatable, RepeatableName())];
    }

    /// <summary>The scripts of a build of the star schema, in the order of running; <c>01_range.sql</c> is the first.</summary>
    internal IReadOnlyList<Script> Build() => Read("build", ScriptKind.Repeatable, AnyName());

    /// <summary>The scripts around the copy of the reference rows: the tables they land in, then what is made of them.</summary>
    internal IReadOnlyList<Script> Reference() => Read("reference", ScriptKind.Repeatable, AnyName());

    /// <summary>The declarations of data tests.</summary>
    internal IReadOnlyList<Script> TestFiles() => Read("tests", ScriptKind.Repeatable, DeclarationName(), "*.yml");

    /// <summary>The queries that declarations of data tests may name.</summary>
    internal IReadOnlyList<Script> TestQueries() => Read("tests", ScriptKind.Repeatable, AnyName());

    /// <summary>The file that creates the journal.</summary>
    internal Script Journal() => ReadFile(Path.Combine(root, "journal.sql"), ScriptKind.Shim);

    /// <summary>What orders versioned scripts: <c>V0001</c>.</summary>
    internal static string Number(string name) => name.Split("__", 2)[0];

    private List<Script> Read(string folder, ScriptKind kind, Regex names, string pattern = "*.sql")
    {
        var path = Path.Combine(root, folder);
        if (!Directory.Exists(path))
        {
            return [];
        }

        var scripts = new List<Script>();
        foreach (var file in Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal))
        {
            if (!names.IsMatch(Path.GetFileName(file)))
            {
                throw new MigrationException($"{folder}/{Path.GetFileName(file)} is not named as {names} wants. Rename it.", Fault.Operator, null);
            }

            scripts.Add(ReadFile(file, kind));
        }

        return scripts;
    }

    private static Script ReadFile(string path, ScriptKind kind)
    {
        try
        {
            return new Script(Path.GetFileName(path), kind, File.ReadAllText(path).ReplaceLineEndings("\n"));
        }
        catch (IOException missing)
        {
            throw new MigrationException($"The warehouse's SQL can't be read: {missing.Message} It lies beside the program: install it anew.", Fault.Operator, missing);
        }
    }

    [GeneratedRegex(@"^V\d{4}__[a-z0-9_]+\.sql$")]
    private static partial Regex VersionedName();

    [GeneratedRegex(@"^R__[a-z0-9_]+\.sql$")]
    private static partial Regex RepeatableName();

    [GeneratedRegex(@"^[a-z0-9_]+\.yml$")]
    private static partial Regex DeclarationName();

    [GeneratedRegex(@"^[a-z0-9_]+\.sql$")]
    private static partial Regex AnyName();
}
