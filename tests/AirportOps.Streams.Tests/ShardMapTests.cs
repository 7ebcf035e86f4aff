using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace AirportOps.Streams.Tests;

public sealed class ShardMapTests
{
    /// <summary>The first hashes of shards 1 and 2 of 3, as <c>aws kinesis describe-stream</c> shows them.</summary>
    private static readonly BigInteger[] StartsOfThree =
        [BigInteger.Parse("113427455640312821154458202477256070485"), BigInteger.Parse("226854911280625642308916404954512140970")];

    [Fact]
    public void Keys_go_where_Kinesis_puts_them()
    {
        var map = new ShardMap(3);
        for (var number = 0; number < 2000; number++)
        {
            var key = $"AA {number} 2026-03-01 空港";
            var hash = HashOf(key);

            Assert.Equal(StartsOfThree.Count(start => hash >= start), map.IndexOf(key));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Ranges_are_equal_and_cover_every_hash(int shards)
    {
        var map = new ShardMap(shards);
        var width = BigInteger.Pow(2, 128) / shards;
        var reached = new HashSet<int>();
        for (var number = 0; number < 20_000; number++)
        {
            var key = number.ToString(CultureInfo.InvariantCulture);
            var hash = HashOf(key);
            var expected = (int)BigInteger.Min(hash / width, shards - 1);

            Assert.Equal(expected, map.IndexOf(key));
            reached.Add(expected);
        }

        Assert.Equal(shards, reached.Count);
    }

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "Kinesis' choice.")]
    private static BigInteger HashOf(string key) => new(MD5.HashData(Encoding.UTF8.GetBytes(key)), isUnsigned: true, isBigEndian: true);
}
