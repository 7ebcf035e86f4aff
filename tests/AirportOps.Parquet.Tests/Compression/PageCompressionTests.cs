using System.IO.Compression;
using AirportOps.Parquet.Compression;
using AirportOps.Parquet.Tests.Support;

namespace AirportOps.Parquet.Tests.Compression;

public sealed class PageCompressionTests
{
    public static TheoryData<ParquetCodec> Codecs => [.. Enum.GetValues<ParquetCodec>().Where(ParquetCodecs.IsAvailable)];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Pages_of_any_size_come_back(ParquetCodec codec)
    {
        using var scratch = new ParquetWriterScratch();
        using var buffer = new PooledBuffer();
        var random = new Random(1);
        foreach (var size in new[] { 1, 2, 100, 4096, 70_000, 1 << 20, 3_000_000 })
        {
            var body = new byte[size];
            random.NextBytes(body.AsSpan(0, size / 3));

            var compressed = PageCompression.Compress(codec, body, scratch).ToArray();

            Assert.Equal(body, PageCompression.Decompress(codec, compressed, size, 0, buffer));
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Another_size_than_the_header_gives_and_cut_off_bytes_are_rejected(ParquetCodec codec)
    {
        using var scratch = new ParquetWriterScratch();
        using var buffer = new PooledBuffer();
        var body = new byte[5000];
        new Random(2).NextBytes(body.AsSpan(0, 2000));
        var compressed = PageCompression.Compress(codec, body, scratch).ToArray();

        foreach (var (length, size) in new[]
        {
            (compressed.Length, 4999), (compressed.Length, 5001), (compressed.Length, int.MaxValue), (compressed.Length / 2, 5000), (1, 5000), (0, 5000),
        })
        {
            var error = Assert.Throws<ParquetFormatException>(() => PageCompression.Decompress(codec, compressed.AsSpan(0, length), size, 77, buffer));
            Assert.Equal((77L, $"a page body of {length} bytes", $"{size} bytes compressed with {codec}"), (error.Offset, error.Found, error.Expected));
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Damaged_bytes_are_rejected_or_decode_to_the_size_asked_for(ParquetCodec codec)
    {
        using var scratch = new ParquetWriterScratch();
        using var buffer = new PooledBuffer();
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var body = new byte[random.Next(1, 3000)];
            random.NextBytes(body.AsSpan(0, random.Next(body.Length)));
            var damaged = PageCompression.Compress(codec, body, scratch).ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            var error = Record.Exception(() => PageCompression.Decompress(codec, damaged, body.Length, 0, buffer).Length);

            Assert.True(error is null or ParquetFormatException, $"round {round}: {error}");
        }
    }

    [Fact]
    public void Gzip_of_several_members_is_one_page()
    {
        byte[] members = [.. Member([1, 2, 3]), .. Member([4, 5])];
        using var buffer = new PooledBuffer();

        Assert.Equal([1, 2, 3, 4, 5], PageCompression.Decompress(ParquetCodec.Gzip, members, 5, 0, buffer).ToArray());

        static byte[] Member(byte[] bytes)
        {
            using var target = new MemoryStream();
            using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
            {
                gzip.Write(bytes);
            }

            return target.ToArray();
        }
    }

    [Fact]
    public void A_missing_library_is_named_in_one_line_with_what_to_do()
    {
        Assert.Null(ZstandardLibrary.Load("libairportops-is-nowhere.so.1"));
        Assert.Equal(
            "Compression with Zstandard needs the library libzstd.so.1, which this machine lacks: install it (Debian: apt-get install libzstd1) or take another codec.",
            ParquetWriterOptions.Missing(ParquetCodec.Zstandard, "libzstd.so.1").Message);
        Assert.Equal(
            [true, true, true, false],
            new[] { ParquetCodec.None, ParquetCodec.Snappy, ParquetCodec.Gzip, (ParquetCodec)9 }.Select(ParquetCodecs.IsAvailable));
    }

    /// <summary>A scratch keeps the codec's memory: a page costs nothing, or for Gzip the stream's objects.</summary>
    [Theory]
    [InlineData(ParquetCodec.Snappy, 0)]
    [InlineData(ParquetCodec.Gzip, 2000)]
    [InlineData(ParquetCodec.Zstandard, 0)]
    public void Compressing_a_page_stays_within_its_allocation_budget(ParquetCodec codec, int budget)
    {
        Assert.SkipUnless(ParquetCodecs.IsAvailable(codec), $"{codec} is not on this machine.");
        using var scratch = new ParquetWriterScratch();
        var body = new byte[100_000];
        new Random(4).NextBytes(body.AsSpan(0, 50_000));
        _ = PageCompression.Compress(codec, body, scratch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var page = 0; page < 10; page++)
        {
            _ = PageCompression.Compress(codec, body, scratch);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * budget);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Few_bytes_that_announce_a_huge_page_are_rejected_before_memory_is_taken(ParquetCodec codec)
    {
        using var buffer = new PooledBuffer();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<ParquetFormatException>(() => PageCompression.Decompress(codec, new byte[100], 1 << 30, 0, buffer));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void Files_name_their_codec()
    {
        foreach (var codec in Codecs.Select(row => row.Data))
        {
            object?[] rows = [.. Enumerable.Range(0, 500).Select(i => (object?)$"gate {i % 400}")];
            var file = TestFile.Write([new TestColumn("x", ParquetType.Utf8, rows)], new ParquetWriterOptions { Codec = codec });

            Assert.Equal(rows, TestFile.ReadAll(file)[0]);
            Assert.Equal([(long)codec], FooterDump.Integers(file, [4, 1, 3, 4]));
        }
    }
}
