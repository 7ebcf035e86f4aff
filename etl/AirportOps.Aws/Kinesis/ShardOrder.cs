using AirportOps.Reliability;
using AirportOps.Streams;
using KinesisShard = Amazon.Kinesis.Model.Shard;

namespace AirportOps.Aws.Kinesis;

/// <summary>Shards as the pipeline wants them.</summary>
internal static class ShardOrder
{
    /// <summary>Parents before children, else by id; a parent that is not in the list was trimmed away.</summary>
    public static IReadOnlyList<Shard> ParentsFirst(IEnumerable<KinesisShard> shards)
    {
        var left = shards.OrderBy(shard => shard.ShardId, StringComparer.Ordinal).ToList();
        var waiting = left.Select(shard => shard.ShardId).ToHashSet(StringComparer.Ordinal);
        var ordered = new List<Shard>(left.Count);
        while (left.Count > 0)
        {
            var before = left.Count;
            left.RemoveAll(shard =>
            {
                var parents = Parents(shard);
                if (parents.Exists(waiting.Contains))
                {
                    return false;
                }

                waiting.Remove(shard.ShardId!);
                ordered.Add(new Shard(shard.ShardId!, parents));
                return true;
            });
            if (left.Count == before)
            {
                throw new StreamException("The service lists shards that are each other's parents.", Fault.Operator, null);
            }
        }

        return ordered;
    }

    private static List<string> Parents(KinesisShard shard)
    {
        var parents = new List<string>(2);
        foreach (var parent in (string?[])[shard.ParentShardId, shard.AdjacentParentShardId])
        {
            if (!string.IsNullOrEmpty(parent))
            {
                parents.Add(parent);
            }
        }

        return parents;
    }
}
