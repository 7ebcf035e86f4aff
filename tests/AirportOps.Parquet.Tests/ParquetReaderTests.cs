using System.Buffers.Binary;
using AirportOps.Parquet.Tests.Support;
using AirportOps.Reliability;

namespace AirportOps.Parquet.Tests;

public sealed class ParquetReaderTests
{
    /// <summary>Small enough that every byte is hit, with every kind of page: plain, dictionary, several a chunk, compressed or not.</summary>
    private static readonly ParquetWriterOptions SmallPages = new() { PageBytes = 1024, DictionaryBytes = 600 };

    [Theory]
    [InlineData(1, ParquetCodec.Snappy)]
    [InlineData(2, ParquetCodec.Snappy)]
    [InlineData(3, ParquetCodec.None)]
    [InlineData(4, ParquetCodec.None)]
    [InlineData(5, ParquetCodec.Gzip)]
    [InlineData(6, ParquetCodec.Zstandard)]
    public void Damaged_files_are_rejected_or_read_never_worse(int seed, ParquetCodec codec)
    {
        Assert.SkipUnless(ParquetCodecs.IsAvailable(codec), $"{codec} is not on this machine.");
        var random = new Random(seed);
        var table = RandomColumns.Table(random, 250);
        var rejected = 0;
        for (var round = 0; round < 1500; round++)
        {
            var columns = random.GetItems(table, 2).DistinctBy(column => column.Name).ToArray();
            var options = SmallPages with
            {
                Codec = codec,
                PageVersion = round % 2 == 0 ? ParquetPageVersion.V1 : ParquetPageVersion.V2,
                Encodings = round % 4 < 2 ? ParquetEncodings.Basic : ParquetEncodings.Compact,
                Checksums = round % 10 == 0,
            };
            var file = TestFile.Write(columns, options, rowGroupRows: 100);
            Damage(file, random);
            var length = random.Next(4) == 0 ? random.Next(file.Length) : file.Length;

            var error = Record.Exception(() => TestFile.ReadAll(file.AsMemory(0, length), new ParquetReaderOptions { MaxChunkBytes = 1 << 24 }));

            Assert.True(error is null or ParquetFormatException, $"seed {seed}, round {round}: {error}");
            rejected += error is null ? 0 : 1;
        }

        // Flipped bits of values go unseen, others don't: both ways are taken. Gzip has a checksum of its own, so there few go unseen.
        Assert.InRange(rejected, 300, codec == ParquetCodec.Gzip ? 1490 : 1400);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_rejected()
    {
        var file = TestFile.Write(RandomColumns.Table(new Random(5), 20)[..3]);

        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<ParquetFormatException>(() => TestFile.ReadAll(file.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Footer_longer_than_the_file_is_rejected_with_its_offset()
    {
        var file = Sample();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(file.Length - 8), file.Length);

        var error = Assert.Throws<ParquetFormatException>(() => new ParquetReader(file));

        Assert.Equal((file.Length - 8L, $"a footer of {file.Length} bytes", $"at most the {file.Length - 12} before it"), (error.Offset, error.Found, error.Expected));
        Assert.Equal(
            $"Not a readable Parquet file at byte {file.Length - 8}: found a footer of {file.Length} bytes, expected at most the {file.Length - 12} before it.",
            error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    public void Bytes_without_the_magic_number_are_rejected(int at)
    {
        var file = Sample();
        file[at < 0 ? file.Length + at : at] ^= 1;

        Assert.Throws<ParquetFormatException>(() => new ParquetReader(file));
    }

    [Fact]
    public void A_page_of_another_kind_is_named_in_the_error()
    {
        // Right after the magic number stands the first page's type: 15 00 for a data page.
        var file = TestFile.Write([new TestColumn("x", ParquetType.Int32, [1, 2, 3])]);
        Assert.Equal("1500", Convert.ToHexString(file.AsSpan(4, 2)));
        file[5] = 2;

        using var reader = new ParquetReader(file);
        var error = Assert.Throws<ParquetFormatException>(() => reader.ReadColumn(0, 0));

        Assert.Equal((4L, "a page of type 1"), (error.Offset, error.Found));
    }

    [Theory]
    [InlineData(ParquetType.Int32)]
    [InlineData(ParquetType.Utf8)]
    public void Indexes_without_a_dictionary_are_rejected(ParquetType type)
    {
        // 512 as a number or a length is 00 02 00 00: as indexes, a width of no bits and a run of one.
        object value = type == ParquetType.Utf8 ? new string('x', 512) : 512;
        var file = TestFile.Write([new TestColumn("x", type, [value, null])], new ParquetWriterOptions { Codec = ParquetCodec.None });

        // The data page's header: a struct, two values, encoding 0.
        var at = file.AsSpan().IndexOf(Convert.FromHexString("2C15041500"));
        file[at + 4] = 2 * 2;

        using var reader = new ParquetReader(file);

        Assert.Equal("indexes into the dictionary's 0 entries", Assert.Throws<ParquetFormatException>(() => reader.ReadColumn(0, 0)).Expected);
    }

    [Fact]
    public void The_newer_name_of_dictionary_encoding_is_read_too()
    {
        object?[] rows = [.. Enumerable.Repeat<object?>("JFK", 20), null];
        var file = TestFile.Write([new TestColumn("x", ParquetType.Utf8, rows)]);

        // The data page's header: a struct, 21 values, PLAIN_DICTIONARY (2), which becomes RLE_DICTIONARY (8).
        var at = file.AsSpan().IndexOf(Convert.FromHexString("2C152A1504"));
        file[at + 4] = 2 * 8;

        Assert.Equal(rows, TestFile.ReadAll(file)[0]);
    }

    [Fact]
    public void A_stream_shorter_than_it_says_is_rejected()
    {
        using var stream = new OverstatedStream(Sample());

        var error = Assert.Throws<ParquetFormatException>(() => new ParquetReader(stream));

        Assert.Equal(("the end of the stream", Fault.Operator), (error.Found, error.Fault));
    }

    [Fact]
    public void Few_bytes_that_announce_a_huge_column_are_rejected_at_the_limit()
    {
        // 100,000 rows of one string of 1,000 bytes take some hundred bytes in the file and 100 MB decoded.
        var value = new string('x', 1000);
        var file = TestFile.Write([new TestColumn("x", ParquetType.Utf8, [.. Enumerable.Repeat<object?>(value, 100_000)])]);
        Assert.InRange(file.Length, 1, 500);

        using var reader = new ParquetReader(file, new ParquetReaderOptions { MaxChunkBytes = 10_000_000 });
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ParquetFormatException>(() => reader.ReadColumn(0, 0));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12_000_000);
    }

    [Fact]
    public void Only_the_column_asked_for_is_read()
    {
        var file = TestFile.Write(
        [
            new TestColumn("damaged", ParquetType.Int32, [1, 2, 3]),
            new TestColumn("whole", ParquetType.Utf8, ["a", null, "c"]),
        ]);
        file.AsSpan(4, 8).Fill(0xFF);

        using var reader = new ParquetReader(file);

        Assert.Equal(["a", null, "c"], TestColumn.Read(reader.ReadColumn(0, 1)));
        Assert.Throws<ParquetFormatException>(() => reader.ReadColumn(0, 0));
    }

    [Fact]
    public void Values_of_another_type_and_columns_that_are_not_there_are_misuse()
    {
        using var reader = new ParquetReader(Sample());
        var column = reader.ReadColumn(0, 0);

        Assert.Throws<InvalidOperationException>(() => column.Int64Values.Length);
        Assert.Throws<InvalidOperationException>(() => column.Utf8Bytes.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadColumn(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadColumn(1, 0));
        Assert.Throws<ArgumentException>(() => new ParquetReader(new ForwardOnlyStream()));
    }

    private static byte[] Sample() => TestFile.Write([new TestColumn("x", ParquetType.Int32, [1, 2, 3])]);

    /// <summary>Some bits flipped, or a stretch overwritten, anywhere or in the footer.</summary>
    private static void Damage(byte[] file, Random random)
    {
        var from = random.Next(2) == 0 ? 0 : file.Length - 8 - BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - 8));
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(from, file.Length);
            if (random.Next(3) == 0)
            {
                file.AsSpan(at, Math.Min(random.Next(1, 6), file.Length - at)).Fill((byte)random.Next(256));
            }
            else
            {
                file[at] ^= (byte)(1 << random.Next(8));
            }
        }
    }

    private sealed class OverstatedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override long Length => base.Length + 100;
    }
}
