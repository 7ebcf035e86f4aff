using System.IO.Enumeration;
using AirportOps.Lake;
using AirportOps.Pipeline.Bronze;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Batch;

/// <summary>Finds the objects of a lake that a command line names, in the order in which they are read.</summary>
public static class LakeInputs
{
    /// <summary>
    /// One object; all objects below a folder, whose name may end in a slash; or those that a glob matches, as <see cref="BatchInputs.Find"/> reads it.
    /// Sorted by the bytes of their keys; empty ones, which some tools put in the place of folders, are left out of
    /// folders and globs, unless they have the name of a Bronze object; so is what lies beside the objects of an archive.
    /// </summary>
    /// <param name="lake">The lake.</param>
    /// <param name="pattern">The key, folder or glob; empty for all.</param>
    /// <param name="now">Arrival of all records; null for the time each object was published.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="PipelineException">Nothing is there.</exception>
    /// <exception cref="LakeException">The lake can't be read.</exception>
    public static async Task<IReadOnlyList<BatchInput>> FindAsync(ILake lake, string pattern, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        var isGlob = pattern.AsSpan().IndexOfAny('*', '?') >= 0;
        if (!isGlob && LakeKey.IsKey(pattern) && await lake.HeadAsync(pattern, cancellationToken).ConfigureAwait(false) is { } single)
        {
            return [ToInput(lake, single, now)];
        }

        var inputs = new List<BatchInput>();
        await foreach (var found in lake.ListAsync(PrefixOf(pattern, isGlob), startAfter: null, cancellationToken).ConfigureAwait(false))
        {
            var input = ToInput(lake, found, now);
            if (!BronzeGap.IsBesideRecords(found.Key) && (found.Bytes > 0 || BatchSources.KeyOf(input) is not null)
                && (!isGlob || Matches(found.Key.Split('/'), pattern.Split('/'))))
            {
                inputs.Add(input);
            }
        }

        return inputs.Count > 0
            ? inputs
            : throw new PipelineException(
                isGlob
                    ? $"no object matches {lake.Location}/{pattern}; check the pattern, and quote it so that the shell leaves it alone."
                    : $"there is no object or folder {lake.Location}/{pattern}; name an object, a folder or a glob.",
                Fault.Operator,
                null);
    }

    private static string PrefixOf(string pattern, bool isGlob) =>
        isGlob ? pattern[..(pattern[..pattern.AsSpan().IndexOfAny('*', '?')].LastIndexOf('/') + 1)]
        : pattern.Length == 0 || pattern.EndsWith('/') ? pattern
        : pattern + '/';

    private static bool Matches(ReadOnlySpan<string> key, ReadOnlySpan<string> pattern)
    {
        if (pattern is ["**", .. var rest])
        {
            return key.Length > 0 && (rest.IsEmpty || Matches(key, rest) || Matches(key[1..], pattern));
        }

        return pattern.IsEmpty || key.IsEmpty
            ? pattern.IsEmpty && key.IsEmpty
            : FileSystemName.MatchesSimpleExpression(pattern[0], key[0], ignoreCase: false) && Matches(key[1..], pattern[1..]);
    }

    private static BatchInput ToInput(ILake lake, LakeObject found, DateTimeOffset? now) =>
        new($"{lake.Location}/{found.Key}", found.Key[(found.Key.LastIndexOf('/') + 1)..], found.Bytes, now ?? found.LastModified)
        {
            Lake = lake,
            Key = found.Key,
        };
}
