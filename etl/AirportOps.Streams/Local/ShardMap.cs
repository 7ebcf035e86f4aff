using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AirportOps.Streams;

/// <summary>
/// Keys to shards as Kinesis does it: MD5 of the key's UTF-8 as a 128-bit number, in equal ranges of hashes
/// (<see href="https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html#partition-key"/>).
/// </summary>
/// <param name="shardCount">Number of shards, from 1.</param>
internal sealed class ShardMap(int shardCount)
{
    // As 2^128 divided by the count, which itself has no room in 128 bits; the last range takes what division leaves over.
    private readonly UInt128 _width = shardCount == 1
        ? UInt128.MaxValue
        : ((UInt128.MaxValue - (UInt128)(shardCount - 1)) / (UInt128)shardCount) + 1;

    /// <summary>Number of shards.</summary>
    public int Count { get; } = shardCount;

    /// <summary>A shard's id, in the form of Kinesis.</summary>
    public static string IdOf(int index) => string.Create(CultureInfo.InvariantCulture, $"shardId-{index:D12}");

    /// <summary>The index of the shard a key belongs to.</summary>
    /// <param name="key">At most 256 characters.</param>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "Kinesis' choice.")]
    public int IndexOf(string key)
    {
        if (Count == 1)
        {
            return 0;
        }

        Span<byte> utf8 = stackalloc byte[Frame.MaxKeyBytes];
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(utf8[..Encoding.UTF8.GetBytes(key, utf8)], hash);
        return (int)UInt128.Min(BinaryPrimitives.ReadUInt128BigEndian(hash) / _width, (UInt128)(Count - 1));
    }
}
