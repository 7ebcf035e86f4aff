using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Firehose;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Batch;

/// <summary>Puts inputs in the order in which they are read.</summary>
internal static class BatchSources
{
    /// <summary>
    /// Lines of records keep the order given. Bronze objects whose path says what is in them are read stream by stream, shard by shard, by
    /// sequence number, since their names do not sort that way, and what two archivers wrote twice is read once. Those of a delivery stream
    /// follow, by the time in their names; then others in the order given.
    /// </summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="areBronze">Whether they are Bronze objects, ours or a delivery stream's as their names say.</param>
    /// <param name="firehose">Given, what has no name of ours is a delivery stream's too, and this is how it delimits records.</param>
    /// <param name="acceptsGaps">Whether a Bronze object may be missing between two.</param>
    internal static IReadOnlyList<BatchSource> Order(
        IReadOnlyList<BatchInput> inputs, bool areBronze, FirehoseDelimiter? firehose, bool acceptsGaps = false)
    {
        inputs = Distinguish(inputs);
        if (!areBronze)
        {
            return [.. inputs.Select(input => new BatchSource(input, RecordFraming.Lines))];
        }

        var sources = new List<BatchSource>();
        var named = inputs.Select(input => (Input: input, Key: KeyOf(input))).ToLookup(pair => pair.Key is not null);
        var shards = named[true].GroupBy(pair => (pair.Key!.Value.Stream, pair.Key.Value.Shard))
            .OrderBy(shard => shard.Key.Stream, StringComparer.Ordinal).ThenBy(shard => shard.Key.Shard, StringComparer.Ordinal);
        foreach (var shard in shards)
        {
            SequenceNumber? last = null;
            foreach (var (input, key) in shard.OrderBy(pair => pair.Key!.Value.First).ThenBy(pair => pair.Key!.Value.Last))
            {
                if (last is null || key!.Value.Last > last)
                {
                    sources.Add(new BatchSource(input, RecordFraming.BronzeLines) { SkipThrough = last, Bronze = key, AcceptsGap = acceptsGaps });
                    last = key!.Value.Last;
                }
            }
        }

        var others = named[false].Select(pair => (pair.Input, Key: FirehoseKey.TryParse(pair.Input.Name))).ToLookup(pair => pair.Key is not null);
        sources.AddRange(others[true].OrderBy(pair => pair.Key!.Value.Arrived).ThenBy(pair => pair.Input.Name, StringComparer.Ordinal).Select(pair =>
            new BatchSource(pair.Input, RecordFraming.Firehose) { Arrived = pair.Key!.Value.Arrived, Delimiter = firehose ?? FirehoseDelimiter.Found }));
        sources.AddRange(others[false].Select(pair => firehose is { } delimiter
            ? new BatchSource(pair.Input, RecordFraming.Firehose) { Delimiter = delimiter }
            : new BatchSource(pair.Input, RecordFraming.BronzeLines)));
        return sources;
    }

    /// <summary>Gives inputs of equal names, as files of several folders have, shards that tell them apart: as many of their folders as that takes.</summary>
    private static IReadOnlyList<BatchInput> Distinguish(IReadOnlyList<BatchInput> inputs)
    {
        var several = inputs.GroupBy(input => input.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).ToDictionary(
            group => group.Key, group => Suffixes([.. group.Select(input => input.Path).Distinct(StringComparer.Ordinal)]), StringComparer.Ordinal);
        return several.Count == 0
            ? inputs
            : [.. inputs.Select(input => several.TryGetValue(input.Name, out var shards) ? input with { Shard = shards[input.Path] } : input)];
    }

    private static Dictionary<string, string> Suffixes(string[] paths)
    {
        var segments = paths.ToDictionary(path => path, path => path.Split('/', Path.DirectorySeparatorChar).Where(part => part is not ("" or ".")).ToArray());
        var most = segments.Values.Max(parts => parts.Length);
        for (var count = 2; ; count++)
        {
            var suffixes = segments.ToDictionary(path => path.Key, path => string.Join('/', path.Value.TakeLast(count)));
            if (count >= most || suffixes.Values.Distinct(StringComparer.Ordinal).Count() == paths.Length)
            {
                return suffixes;
            }
        }
    }

    /// <summary>What the end of a path says: <c>STREAM/date=…/hour=…/SHARD-FIRST-LAST.jsonl.gz</c>.</summary>
    internal static BronzeKey? KeyOf(BatchInput input)
    {
        var path = Path.GetFullPath(input.Path).Split(Path.DirectorySeparatorChar);
        return path.Length < 4 ? null : BronzeKey.TryParse(BronzeKey.Root + string.Join('/', path[^4..]));
    }
}
