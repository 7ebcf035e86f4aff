using AirportOps.Pipeline.Bronze;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Batch;

/// <summary>Puts inputs in the order in which they are read.</summary>
internal static class BatchSources
{
    /// <summary>
    /// Lines of records keep the order given. Bronze objects whose path says what is in them are read stream by stream, shard by shard, by
    /// sequence number, since their names do not sort that way, and what two archivers wrote twice is read once; others follow in the order given.
    /// </summary>
    internal static IReadOnlyList<BatchSource> Order(IReadOnlyList<BatchInput> inputs, bool areBronze)
    {
        if (!areBronze)
        {
            return [.. inputs.Select(input => new BatchSource(input, isBronze: false, skipThrough: null))];
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
                    sources.Add(new BatchSource(input, isBronze: true, last));
                    last = key!.Value.Last;
                }
            }
        }

        sources.AddRange(named[false].Select(pair => new BatchSource(pair.Input, isBronze: true, skipThrough: null)));
        return sources;
    }

    /// <summary>What the end of a path says: <c>STREAM/date=…/hour=…/SHARD-FIRST-LAST.jsonl.gz</c>.</summary>
    private static BronzeKey? KeyOf(BatchInput input)
    {
        var path = Path.GetFullPath(input.Path).Split(Path.DirectorySeparatorChar);
        return path.Length < 4 ? null : BronzeKey.TryParse(BronzeKey.Root + string.Join('/', path[^4..]));
    }
}
