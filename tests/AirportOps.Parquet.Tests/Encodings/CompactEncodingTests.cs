using System.Numerics;
using System.Text;
using AirportOps.Parquet.Encodings;
using AirportOps.Parquet.Tests.Support;

namespace AirportOps.Parquet.Tests.Encodings;

public sealed class CompactEncodingTests
{
    /// <summary>The examples of Encodings.md, "Delta Encoding": 1 to 5, and 7, 5, 3, 1, 2, 3, 4, 5, in one miniblock of eight.</summary>
    [Theory]
    [InlineData("08 01 05 02  02 00", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("08 01 08 0E  03 02 C03F", new[] { 7, 5, 3, 1, 2, 3, 4, 5 })]
    public void The_specifications_examples_of_differences_decode(string hex, int[] values)
    {
        ReadOnlySpan<byte> source = Bytes(hex);
        var decoded = new int[values.Length];

        Assert.True(DeltaBinaryDecoder.TryDecode(ref source, decoded));

        Assert.Equal(values, decoded);
        Assert.True(source.IsEmpty);
    }

    [Fact]
    public void Differences_are_written_in_blocks_of_128_with_the_widths_of_missing_miniblocks()
    {
        // 128 values a block, 4 miniblocks, 8 values, first 7; least difference -2, widths 2, 0, 0, 0, a miniblock of 32 padded.
        Assert.Equal(Bytes("8001 04 08 0E  03 02000000 C03F000000000000"), Deltas<int>([7, 5, 3, 1, 2, 3, 4, 5]));
        Assert.Equal(Bytes("8001 04 00 00"), Deltas<long>([]));
        Assert.Equal(Bytes("8001 04 01 01"), Deltas<long>([-1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Numbers_of_any_spread_come_back_and_take_no_more_bits_than_their_type(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var bits = random.Next(65);
            var numbers = Enumerable.Range(0, random.Next(600)).Select(_ => bits == 0 ? 5 : random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits)).ToArray();
            AssertRoundTrip(numbers, $"seed {seed}, round {round}");
            AssertRoundTrip(Array.ConvertAll(numbers, number => (int)number), $"seed {seed}, round {round}");
        }

        AssertRoundTrip([long.MinValue, long.MaxValue, 0, long.MinValue, -1], "extremes");
        AssertRoundTrip([int.MinValue, int.MaxValue, 0, int.MinValue, -1], "extremes");
    }

    /// <summary>The example of Encodings.md, "Delta-length byte array": Hello, World, Foobar, ABCDEF.</summary>
    [Fact]
    public void The_specifications_example_of_lengths_is_lengths_then_bytes()
    {
        var (bytes, offsets) = Strings("Hello", "World", "Foobar", "ABCDEF");
        using var lengths = new PooledBuffer();
        using var output = new PooledBuffer();

        DeltaUtf8Encoder.EncodeWhole(bytes, offsets, lengths, output);

        Assert.Equal([.. Deltas<int>([5, 5, 6, 6]), .. "HelloWorldFoobarABCDEF"u8], output.Written.ToArray());
    }

    /// <summary>The example of Encodings.md, "Delta Strings": axis, axle, babble, babyhood.</summary>
    [Fact]
    public void The_specifications_example_of_prefixes_is_prefixes_then_suffixes()
    {
        var (bytes, offsets) = Strings("axis", "axle", "babble", "babyhood");
        using var lengths = new PooledBuffer();
        using var output = new PooledBuffer();

        DeltaUtf8Encoder.EncodeSuffixes(bytes, offsets, lengths, output);

        Assert.Equal([.. Deltas<int>([0, 2, 0, 3]), .. Deltas<int>([4, 2, 6, 5]), .. "axislebabbleyhood"u8], output.Written.ToArray());
    }

    /// <summary>The example of Encodings.md, "Byte Stream Split": three values of four bytes.</summary>
    [Fact]
    public void The_specifications_example_of_split_bytes()
    {
        var split = new byte[12];
        var joined = new byte[12];

        ByteStreamSplit.Encode(Bytes("AABBCCDD 00112233 A3B4C5D6"), 4, split);
        ByteStreamSplit.Decode(split, 4, joined);

        Assert.Equal(Bytes("AA00A3 BB11B4 CC22C5 DD33D6"), split);
        Assert.Equal(Bytes("AABBCCDD 00112233 A3B4C5D6"), joined);
    }

    [Theory]
    [InlineData("00 01 01 02")]
    [InlineData("08 00 01 02")]
    [InlineData("08 03 01 02")]
    [InlineData("04 01 01 02")]
    [InlineData("80808080808080808080 01")]
    [InlineData("8080808080808040 01 02 00 00 00")]
    [InlineData("08 01 03 02")]
    [InlineData("08 01 02 02")]
    [InlineData("08 01 02 02 02")]
    [InlineData("08 01 02 02 02 41 0000000000000000")]
    [InlineData("08 01 02 02 02 09 01")]
    [InlineData("")]
    public void Malformed_differences_are_refused(string hex)
    {
        ReadOnlySpan<byte> source = Bytes(hex);

        Assert.False(DeltaBinaryDecoder.TryDecode(ref source, new int[hex.StartsWith("08 01 02", StringComparison.Ordinal) ? 2 : 1]));
    }

    [Fact]
    public void Each_encoding_is_chosen_where_it_is_smallest()
    {
        var random = new Random(3);
        TestColumn[] columns =
        [
            Column("steps", ParquetType.TimestampMicros, i => 1_772_375_700_000_000 + (1_000_003L * i)),
            Column("days", ParquetType.Date, i => 20_000 + i),
            Column("noise", ParquetType.Int64, _ => random.NextInt64(long.MinValue, long.MaxValue)),
            Column("few", ParquetType.Int32, _ => random.Next(5) * 1_000_000),
            Column("sorted", ParquetType.Utf8, i => $"49590338271490256608559692538361571095921575989136{i:D6}"),
            Column("uneven", ParquetType.Utf8, _ => Convert.ToHexString(Noise(random.Next(3, 30)))),
            Column("words", ParquetType.Utf8, _ => $"gate {random.Next(9)}"),
            Column("doubles", ParquetType.Double, _ => 100 + random.NextDouble()),
        ];

        var encodings = FooterDump.Integers(TestFile.Write(columns, new ParquetWriterOptions { Encodings = ParquetEncodings.Compact }), [4, 1, 3, 2]);
        var basic = FooterDump.Integers(TestFile.Write(columns), [4, 1, 3, 2]);

        Assert.Equal([5, 5, 0, 2, 7, 6, 2, 9], encodings.Where((_, i) => i % 2 == 0));
        Assert.Equal([0, 0, 0, 2, 0, 0, 2, 0], basic.Where((_, i) => i % 2 == 0));

        byte[] Noise(int count)
        {
            var bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }

        static TestColumn Column(string name, ParquetType type, Func<int, object> value) =>
            new(name, type, [.. Enumerable.Range(0, 3000).Select(value)]);
    }

    [Theory]
    [InlineData(ParquetCodec.None)]
    [InlineData(ParquetCodec.Snappy)]
    [InlineData(ParquetCodec.Gzip)]
    public void A_file_of_chunks_within_the_trial_is_never_larger(ParquetCodec codec)
    {
        var columns = RandomColumns.Table(new Random(4), 2000);

        foreach (var column in columns)
        {
            var basic = TestFile.Write([column], new ParquetWriterOptions { Codec = codec });
            var compact = TestFile.Write([column], new ParquetWriterOptions { Codec = codec, Encodings = ParquetEncodings.Compact });

            // Levels are compressed along with the values, which the trial leaves out.
            Assert.True(compact.Length <= basic.Length + 16, $"{column.Name}: {compact.Length} bytes, {basic.Length} before");
        }
    }

    /// <summary>The budget of the hot path holds with trials and the room for lengths.</summary>
    [Fact]
    public void Writing_allocates_for_the_footer_only()
    {
        var options = new ParquetWriterOptions { Encodings = ParquetEncodings.Compact, PageVersion = ParquetPageVersion.V2, Checksums = true };
        var (bytes, offsets) = Strings([.. Enumerable.Range(0, 1000).Select(i => $"evt-{i:D8}")]);
        var numbers = Enumerable.Range(0, 1000).Select(i => (long)i * i).ToArray();
        var schema = new ParquetSchema([new ParquetColumn("s", ParquetType.Utf8, true), new ParquetColumn("n", ParquetType.Int64, true)]);
        using var scratch = new ParquetWriterScratch();
        WriteFile();

        var before = GC.GetAllocatedBytesForCurrentThread();
        WriteFile();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 2400);

        void WriteFile()
        {
            using var writer = new ParquetWriter(Stream.Null, schema, options, scratch);
            var group = writer.StartRowGroup(1000);
            group.WriteUtf8(bytes, offsets, []);
            group.WriteInt64(numbers, []);
            writer.Finish();
        }
    }

    private static void AssertRoundTrip<T>(T[] values, string circumstances)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<byte> source = Deltas<T>(values);
        var blocks = (values.Length + DeltaBinaryEncoder.BlockSize - 1) / DeltaBinaryEncoder.BlockSize;
        var most = 20 + (blocks * 14) + (T.Zero.GetByteCount() * (values.Length + DeltaBinaryEncoder.MiniblockSize));
        Assert.True(source.Length <= most, $"{circumstances}: {source.Length} bytes for {values.Length} values");
        var decoded = new T[values.Length];

        Assert.True(DeltaBinaryDecoder.TryDecode(ref source, decoded), circumstances);

        Assert.True(values.AsSpan().SequenceEqual(decoded) && source.IsEmpty, circumstances);
    }

    private static byte[] Deltas<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        using var output = new PooledBuffer();
        DeltaBinaryEncoder.Encode(values, output);
        return output.Written.ToArray();
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static (byte[] Bytes, int[] Offsets) Strings(params string[] values)
    {
        var offsets = new int[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
        {
            offsets[i + 1] = offsets[i] + Encoding.UTF8.GetByteCount(values[i]);
        }

        return (Encoding.UTF8.GetBytes(string.Concat(values)), offsets);
    }
}
