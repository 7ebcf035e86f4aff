using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Kinesis.Model;
using Microsoft.Extensions.Logging;
using StreamException = AirportOps.Streams.StreamException;

namespace AirportOps.Aws.Kinesis;

/// <summary>Counts throttled writes by key and reports the shards they belong to. For one caller at a time.</summary>
/// <param name="place">The stream.</param>
/// <param name="listShards">Lists the shards with their ranges of hashes.</param>
/// <param name="logger">Takes the reports.</param>
/// <param name="clock">Paces the reports.</param>
internal sealed class HotShards(
    KinesisPlace place, Func<CancellationToken, Task<IReadOnlyList<Shard>>> listShards, ILogger logger, TimeProvider clock)
{
    /// <summary>Keys counted apart; more are no longer a few hot ones.</summary>
    private const int MaxKeys = 10_000;

    private readonly Dictionary<string, long> _throttled = new(StringComparer.Ordinal);
    private long? _since;

    /// <summary>Counts a throttled write.</summary>
    public void Add(string partitionKey)
    {
        _since ??= clock.GetTimestamp();
        if (_throttled.TryGetValue(partitionKey, out var times) || _throttled.Count < MaxKeys)
        {
            _throttled[partitionKey] = times + 1;
        }
    }

    /// <summary>Reports what was counted, when it is time to; without the list of shards it is left for the next time.</summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        if (_since is not { } since || clock.GetElapsedTime(since) < place.Options.ReportInterval)
        {
            return;
        }

        IReadOnlyList<Shard> shards;
        try
        {
            shards = await listShards(cancellationToken).ConfigureAwait(false);
        }
        catch (StreamException)
        {
            // The counts stay for the next report; whatever is wrong with the stream, the write that follows meets it and says so.
            return;
        }

        var seconds = Math.Max(1, (long)clock.GetElapsedTime(since).TotalSeconds);
        foreach (var hot in _throttled.GroupBy(key => ShardOf(key.Key, shards), StringComparer.Ordinal).OrderBy(shard => shard.Key, StringComparer.Ordinal))
        {
            var records = hot.Sum(key => key.Value);
            var (worst, most) = hot.MaxBy(key => key.Value);
            Log.HotShard(logger, place.Name, hot.Key, records, seconds, (int)(100 * most / records), worst);
        }

        _throttled.Clear();
        _since = null;
    }

    /// <summary>The open shard that a key belongs to.</summary>
    internal static string ShardOf(string partitionKey, IEnumerable<Shard> shards)
    {
        var hash = HashOf(partitionKey);
        return shards.FirstOrDefault(shard => shard.SequenceNumberRange?.EndingSequenceNumber is null
            && UInt128.Parse(shard.HashKeyRange!.StartingHashKey!, CultureInfo.InvariantCulture) <= hash
            && hash <= UInt128.Parse(shard.HashKeyRange.EndingHashKey!, CultureInfo.InvariantCulture))?.ShardId ?? "unknown";
    }

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The service maps keys to shards by MD5.")]
    private static UInt128 HashOf(string partitionKey) => BinaryPrimitives.ReadUInt128BigEndian(MD5.HashData(Encoding.UTF8.GetBytes(partitionKey)));
}
