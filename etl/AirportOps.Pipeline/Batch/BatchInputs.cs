using System.IO.Enumeration;
using AirportOps.Pipeline.Bronze;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Batch;

/// <summary>Finds the files that a command line names, in the order in which they are read.</summary>
public static class BatchInputs
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>
    /// Files, globs (<c>*</c> and <c>?</c> within a name, <c>**</c> for folders at any depth) and <c>-</c> as files. Arguments keep their order; what a
    /// glob finds is sorted by the bytes of its path. A file named twice is read once, at its first place.
    /// </summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="now">Arrival of all records; null for each file's modification time, and <paramref name="clock"/>'s time for standard input.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="PipelineException">A file is not there, or a glob finds none.</exception>
    public static IReadOnlyList<BatchInput> Find(IReadOnlyList<string> arguments, DateTimeOffset? now, TimeProvider clock)
    {
        var inputs = new List<BatchInput>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            if (argument == BatchInput.StandardInput)
            {
                if (known.Add(argument))
                {
                    inputs.Add(new BatchInput(argument, argument, null, now ?? clock.GetUtcNow()));
                }

                continue;
            }

            foreach (var path in Resolve(argument))
            {
                var file = new FileInfo(path);
                if (known.Add(file.FullName))
                {
                    // A pipe has no size to speak of.
                    var bytes = (file.Attributes & (FileAttributes.Normal | FileAttributes.Archive)) != 0 || file.Length > 0 ? file.Length : (long?)null;
                    inputs.Add(new BatchInput(path, file.Name, bytes, now ?? new DateTimeOffset(file.LastWriteTimeUtc)));
                }
            }
        }

        return inputs;
    }

    private static List<string> Resolve(string argument)
    {
        if (File.Exists(argument))
        {
            return [argument];
        }

        if (Directory.Exists(argument))
        {
            throw Missing($"{argument} is a folder; name its files, for instance '{Path.Combine(argument, "**", "*.jsonl.gz")}'");
        }

        if (argument.AsSpan().IndexOfAny('*', '?') < 0)
        {
            throw Missing($"{argument} is not there; name a file, a glob or - for standard input");
        }

        var segments = argument.Split('/', Path.DirectorySeparatorChar);
        var found = new List<string>();
        try
        {
            Walk(Path.IsPathRooted(argument) ? "/" : string.Empty, segments.AsSpan(Path.IsPathRooted(argument) ? 1 : 0), found);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"{argument}: {unreadable.Message}", Fault.Operator, unreadable);
        }

        found.RemoveAll(BronzeGap.IsBesideRecords);
        found.Sort(StringComparer.Ordinal);
        return found.Count > 0 ? found : throw Missing($"no file matches {argument}; check the pattern, and quote it so that the shell leaves it alone");
    }

    private static void Walk(string folder, ReadOnlySpan<string> segments, List<string> found)
    {
        var segment = segments[0];
        var rest = segments[1..];
        if (segment == "**")
        {
            Walk(folder, rest.IsEmpty ? ["*"] : rest, found);
            foreach (var below in Entries(folder, "*", areFolders: true))
            {
                Walk(below, segments, found);
            }
        }
        else if (rest.IsEmpty)
        {
            found.AddRange(Entries(folder, segment, areFolders: false));
        }
        else if (segment.AsSpan().IndexOfAny('*', '?') >= 0)
        {
            foreach (var below in Entries(folder, segment, areFolders: true))
            {
                Walk(below, rest, found);
            }
        }
        else if (Path.Combine(folder, segment) is var next && (segment.Length == 0 || Directory.Exists(next)))
        {
            Walk(next, rest, found);
        }
    }

    /// <summary>What lies directly in a folder and matches a name; hidden entries only where the pattern starts with a dot too.</summary>
    private static FileSystemEnumerable<string> Entries(string folder, string pattern, bool areFolders) =>
        new(
            folder.Length == 0 ? "." : folder,
            (ref FileSystemEntry entry) => Path.Combine(folder, entry.FileName.ToString()),
            Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                entry.IsDirectory == areFolders
                && (entry.FileName[0] != '.' || pattern[0] == '.')
                && FileSystemName.MatchesSimpleExpression(pattern, entry.FileName, ignoreCase: false),
        };

    private static PipelineException Missing(string what) => new($"{what}.", Fault.Operator, null);
}
