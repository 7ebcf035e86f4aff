using System.Text.RegularExpressions;

namespace AirportOps.Containers.Tests.Rules;

/// <summary>The folder that a build sees: a directory less what its <c>.dockerignore</c> leaves out.</summary>
/// <param name="root">The directory.</param>
/// <param name="ignoreFile">The text of <c>.dockerignore</c>.</param>
internal sealed class BuildContext(string root, string ignoreFile)
{
    private readonly (Regex Pattern, bool IsException)[] _rules =
    [
        .. ignoreFile.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line[0] == '!' ? (ToRegex(line[1..]), true) : (ToRegex(line), false)),
    ];

    /// <summary>Opens the context of a directory.</summary>
    internal static BuildContext Open(string root)
    {
        var ignoreFile = Path.Combine(root, ".dockerignore");
        return new BuildContext(root, File.Exists(ignoreFile) ? File.ReadAllText(ignoreFile) : string.Empty);
    }

    /// <summary>The files that a source of COPY names, relative to the context; none when there is nothing or all is left out.</summary>
    internal IEnumerable<string> Files(string source)
    {
        var path = Path.Combine(root, source);
        var files = File.Exists(path) ? [path] : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [];
        return files.Select(file => Path.GetRelativePath(root, file)).Where(file => !IsIgnored(file));
    }

    /// <summary>Whether a file is left out: the last rule that fits it, or a folder it lies in, decides.</summary>
    internal bool IsIgnored(string file)
    {
        var parts = file.Split('/');
        var paths = Enumerable.Range(1, parts.Length).Select(count => string.Join('/', parts.Take(count))).ToArray();
        return _rules.Aggregate(false, (ignored, rule) => paths.Any(rule.Pattern.IsMatch) ? !rule.IsException : ignored);
    }

    /// <summary>A pattern as Go's filepath.Match has it, and <c>**</c> for any number of folders.</summary>
    private static Regex ToRegex(string pattern) => new(
        "^" + Regex.Escape(pattern.Trim('/')).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(@"\?", "[^/]", StringComparison.Ordinal) + "$",
        RegexOptions.CultureInvariant);
}
