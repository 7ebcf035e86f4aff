using AirportOps.Parquet.Encodings;

namespace AirportOps.Parquet.Tests.Encodings;

public sealed class HybridEncodingTests
{
    /// <summary>The worked example of Encodings.md: 0 to 7 in three bits are 10001000 11000110 11111010.</summary>
    [Fact]
    public void The_specifications_example_packs_to_its_bytes()
    {
        var target = new byte[3 + BitPacking.Slack];

        BitPacking.Pack([0, 1, 2, 3, 4, 5, 6, 7], 3, target);

        Assert.Equal([0b10001000, 0b11000110, 0b11111010], target[..3]);
    }

    [Fact]
    public void Packing_is_what_packing_bit_by_bit_gives_at_every_width()
    {
        var random = new Random(1);
        for (var width = 1; width <= BitPacking.MaxWidth; width++)
        {
            var values = Enumerable.Range(0, 24).Select(_ => (int)random.NextInt64(1L << width)).ToArray();
            values[3] = (int)((1L << width) - 1);
            var target = new byte[3 * width + BitPacking.Slack];

            BitPacking.Pack(values, width, target);
            var unpacked = new int[24];
            BitPacking.Unpack(target, width, unpacked);

            Assert.Equal(BitByBit(values, width), target[..(3 * width)]);
            Assert.Equal(values, unpacked);
        }
    }

    [Fact]
    public void One_value_repeated_is_a_run()
    {
        Assert.Equal([200, 1, 5], Encode([.. Enumerable.Repeat(5, 100)], 3));
    }

    [Fact]
    public void A_run_of_two_byte_values_has_both_bytes()
    {
        Assert.Equal([20, 0x34, 0x02], Encode([.. Enumerable.Repeat(0x234, 10)], 10));
    }

    [Fact]
    public void Mixed_values_are_packed_and_the_last_group_padded()
    {
        Assert.Equal([5, 0b10001000, 0b11000110, 0b11111010, 0b00000001, 0, 0], Encode([0, 1, 2, 3, 4, 5, 6, 7, 1, 0], 3)[..7]);
    }

    [Fact]
    public void Levels_without_nulls_are_one_run()
    {
        using var output = new PooledBuffer();

        HybridEncoder.EncodePresent(1000, output);

        Assert.Equal([0xD0, 0x0F, 1], output.Written.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Indexes_and_levels_come_back_whatever_their_runs(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var width = random.Next(1, BitPacking.MaxWidth + 1);
            var values = Runs(random, width);
            var levels = Runs(random, 1).Select(value => (byte)value).ToArray();

            var indexes = new int[values.Length];
            Assert.True(new HybridDecoder(Encode(values, width), width).TryDecode(indexes));
            using var output = new PooledBuffer();
            HybridEncoder.EncodeLevels(levels, output);
            var decoded = new byte[levels.Length];
            Assert.True(new HybridDecoder(output.Written, 1).TryDecodeLevels(decoded));

            Assert.Equal(values, indexes);
            Assert.Equal(levels, decoded);
        }
    }

    [Fact]
    public void Encoded_indexes_are_never_much_larger_than_packed_ones()
    {
        var random = new Random(4);
        for (var round = 0; round < 500; round++)
        {
            var width = random.Next(1, 20);
            var values = Runs(random, width);

            Assert.InRange(Encode(values, width).Length, 1, ((values.Length + 7) / 8 * width) + 5);
        }
    }

    [Fact]
    public void An_index_run_of_no_values_is_refused()
    {
        Assert.False(new HybridDecoder([0, 5], 3).TryDecode(new int[8]));
    }

    private static int[] Runs(Random random, int width)
    {
        var values = new List<int>();
        for (var runs = random.Next(1, 20); runs > 0; runs--)
        {
            var value = (int)random.NextInt64(1L << width);
            var length = random.Next(3) == 0 ? random.Next(1, 300) : random.Next(1, 12);
            values.AddRange(random.Next(2) == 0
                ? Enumerable.Repeat(value, length)
                : Enumerable.Range(0, length).Select(_ => (int)random.NextInt64(1L << width)));
        }

        return [.. values];
    }

    private static byte[] Encode(int[] values, int width)
    {
        using var output = new PooledBuffer();
        HybridEncoder.EncodeIndexes(values, width, output);
        return output.Written.ToArray();
    }

    private static byte[] BitByBit(int[] values, int width)
    {
        var bytes = new byte[values.Length * width / 8];
        for (var bit = 0; bit < values.Length * width; bit++)
        {
            bytes[bit / 8] |= (byte)((values[bit / width] >> (bit % width) & 1) << (bit % 8));
        }

        return bytes;
    }
}
