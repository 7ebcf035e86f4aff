using System.Text;
using AirportOps.Parquet.Compression;
using IronSnappy;

namespace AirportOps.Parquet.Tests.Compression;

/// <summary>Against IronSnappy, which shares no code with ours.</summary>
public sealed class SnappyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_implementation_reads_what_the_other_writes(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var bytes = Sample(random, round);

            Assert.Equal(bytes, Snappy.Decode(Encode(bytes)));
            var decoded = new byte[bytes.Length];
            Assert.True(SnappyDecoder.TryDecode(Snappy.Encode(bytes), decoded), $"round {round}");
            Assert.Equal(bytes, decoded);
        }
    }

    [Fact]
    public void Text_compresses_as_well_as_with_the_other_implementation()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"2026-03-01T14:{i % 60:D2}:00Z,evt-{i * 7919},JFK;")));

        Assert.InRange(Encode(text).Length, 1, Snappy.Encode(text).Length * 21 / 20);
    }

    [Fact]
    public void Blocks_that_do_not_compress_are_stored_and_those_after_them_tried_again()
    {
        var random = new Random(4);
        var bytes = new byte[20 << 16];
        random.NextBytes(bytes.AsSpan(0, 10 << 16));

        var encoded = Encode(bytes);

        // Ten blocks of noise, of which the first and the ninth are tried, six stored after the ninth, four of zeros compressed.
        Assert.Equal(bytes, Snappy.Decode(encoded));
        Assert.InRange(encoded.Length, 16 << 16, (16 << 16) + (4 << 13));
    }

    [Theory]
    [InlineData(3)]
    public void Damaged_bytes_are_refused_or_decode_to_the_size_asked_for(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = Sample(random, round % 160);
            var encoded = Encode(bytes);
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                encoded[random.Next(encoded.Length)] ^= (byte)(1 << random.Next(8));
            }

            SnappyDecoder.TryDecode(encoded.AsSpan(..random.Next(encoded.Length + 1)), new byte[bytes.Length]);
        }
    }

    [Theory]
    [InlineData("05 10 61 62 63 64 65", true)]
    [InlineData("05 10 61 62 63 64", false)]
    [InlineData("05 0C 61 62 63 64", false)]
    [InlineData("05 00 61 01 01", true)]
    [InlineData("05 00 61 01 02", false)]
    [InlineData("05 00 61 01 00", false)]
    [InlineData("05 00 61 0D 01", false)]
    [InlineData("06 10 61 62 63 64 65", false)]
    [InlineData("85 80 80 80 80 01 10", false)]
    [InlineData("", false)]
    public void Only_whole_blocks_of_the_size_asked_for_are_read(string hex, bool isRead)
    {
        Assert.Equal(isRead, SnappyDecoder.TryDecode(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), new byte[5]));
    }

    private static byte[] Encode(ReadOnlySpan<byte> bytes)
    {
        using var output = new PooledBuffer();
        SnappyEncoder.Encode(bytes, output);
        return output.Written.ToArray();
    }

    /// <summary>Random bytes with stretches repeated from before, near and far, of sizes around the block's borders.</summary>
    private static byte[] Sample(Random random, int round)
    {
        var size = round switch { < 40 => round, < 160 => random.Next(3000), < 190 => random.Next(200_000), _ => (1 << 16) + round - 195 };
        var bytes = new byte[size];
        random.NextBytes(bytes);
        for (var at = random.Next(1, 40); at < size; at += random.Next(1, 200))
        {
            var length = Math.Min(random.Next(1, 150), size - at);
            var offset = random.Next(1, random.Next(2) == 0 ? Math.Min(at, 8) + 1 : at + 1);
            for (var i = 0; i < length; i++)
            {
                bytes[at + i] = bytes[at + i - offset];
            }

            at += length;
        }

        return bytes;
    }
}
