using AirportOps.Parquet.Compression;
using AirportOps.Parquet.Tests.Support;

namespace AirportOps.Parquet.Tests;

public sealed class PageVersionTests
{
    private static readonly ParquetWriterOptions V2 = new() { Codec = ParquetCodec.None, PageVersion = ParquetPageVersion.V2 };

    /// <summary>Against the bytes of version 1 in <see cref="ParquetWriterTests"/>: the header's fields and levels without their length.</summary>
    [Fact]
    public void A_page_of_version_2_has_these_bytes()
    {
        var file = TestFile.Write([new TestColumn("delay", ParquetType.Int32, [-1, null, 7])], V2);

        // Type 3, 10 bytes twice, field 8: 3 values, 1 null, 3 rows, PLAIN, 2 bytes of levels, none of repetition levels, not compressed.
        const string page = "1506 1514 1514 5C 1506 1502 1506 1500 1504 1500 12 00 00" + "0305 FFFFFFFF 07000000";
        Assert.StartsWith("50415231" + page.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_do_not_shrink_stay_uncompressed_and_others_are_compressed()
    {
        var random = new Random(1);
        foreach (var codec in new[] { ParquetCodec.Snappy, ParquetCodec.Gzip })
        {
            object?[] noise = [.. Enumerable.Range(0, 1000).Select(_ => (object?)random.NextInt64())];
            object?[] steps = [.. Enumerable.Range(0, 1000).Select(i => (object?)(long)i)];
            var file = TestFile.Write(
                [new TestColumn("noise", ParquetType.Int64, noise), new TestColumn("steps", ParquetType.Int64, steps), new TestColumn("none", ParquetType.Int64, new object?[1000])],
                V2 with { Codec = codec, DictionaryBytes = 0 });

            Assert.Equal([noise, steps, new object?[1000]], TestFile.ReadAll(file));
            var (uncompressed, compressed) = (FooterDump.Integers(file, [4, 1, 3, 6]), FooterDump.Integers(file, [4, 1, 3, 7]));
            Assert.Equal([true, false, true], uncompressed.Zip(compressed, (before, after) => before == after));
        }
    }

    [Theory]
    [InlineData("5C 1508 1502 1506 1500 1504 1500 12", "4 values of 3 rows")]
    [InlineData("5C 1506 1508 1506 1500 1504 1500 12", "3 values of 3 rows, 4 null")]
    [InlineData("5C 1506 1502 1506 1500 1504 1502 12", "3 values of 3 rows, 1 null, in encoding 0, 2 bytes of definition and 1 of repetition levels")]
    [InlineData("5C 1506 1504 1506 1500 1504 1500 12", "a page with 1 nulls in its levels")]
    [InlineData("5C 1506 1502 1506 1500 1518 1500 12", "a page of 10 bytes, 10 uncompressed")]
    public void Headers_that_contradict_themselves_or_the_page_are_rejected(string hex, string found)
    {
        var file = TestFile.Write([new TestColumn("delay", ParquetType.Int32, [-1, null, 7])], V2);
        Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)).CopyTo(file, file.AsSpan().IndexOf((byte)0x5C));

        using var reader = new ParquetReader(file);
        Assert.StartsWith(found, Assert.Throws<ParquetFormatException>(() => reader.ReadColumn(0, 0)).Found, StringComparison.Ordinal);
    }

    /// <summary>The check value of CRC-32 (ISO-HDLC) is that of the nine digits.</summary>
    [Fact]
    public void A_checksum_is_that_of_gzip()
    {
        Assert.Equal(0xCBF43926, PageChecksum.Of("123456789"u8));
        Assert.Equal(0u, PageChecksum.Of([]));
        for (var split = 0; split <= 9; split++)
        {
            Assert.Equal(0xCBF43926, PageChecksum.Of("123456789"u8[split..], PageChecksum.Of("123456789"u8[..split])));
        }
    }

    [Theory]
    [InlineData(ParquetPageVersion.V1)]
    [InlineData(ParquetPageVersion.V2)]
    public void With_checksums_no_flipped_bit_of_a_page_goes_unseen(ParquetPageVersion version)
    {
        var options = new ParquetWriterOptions { PageVersion = version, Checksums = true };
        object?[] rows = [.. Enumerable.Range(0, 40).Select(i => i % 5 == 0 ? null : (object?)$"gate {i % 7}")];
        var file = TestFile.Write([new TestColumn("x", ParquetType.Utf8, rows)], options);
        Assert.Equal(rows, TestFile.ReadAll(file)[0]);
        var chunkBytes = FooterDump.Integers(file, [4, 1, 3, 7])[0];

        for (var bit = 8 * 4; bit < 8 * (4 + chunkBytes); bit++)
        {
            var damaged = file.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            // What can be flipped unseen is in the headers: a value that is not looked at, as the levels' encoding of no repetition.
            var error = Record.Exception(() => Assert.Equal(rows, TestFile.ReadAll(damaged)[0]));
            Assert.True(error is null or ParquetFormatException, $"bit {bit}: {error}");
        }
    }

    [Fact]
    public void A_wrong_checksum_is_told_with_both()
    {
        var file = TestFile.Write([new TestColumn("x", ParquetType.Int32, [1, 2])], V2 with { Checksums = true, PageVersion = ParquetPageVersion.V1 });
        var at = file.AsSpan().IndexOf(Convert.FromHexString("0100000002000000"));
        file[at] = 3;

        using var reader = new ParquetReader(file);
        var error = Assert.Throws<ParquetFormatException>(() => reader.ReadColumn(0, 0));

        var (found, expected) = (PageChecksum.Of(file.AsSpan(at - 6, 14)), PageChecksum.Of([2, 0, 0, 0, 4, 1, 1, 0, 0, 0, 2, 0, 0, 0]));
        Assert.Equal((4L, $"a page with the checksum {found:X8}", $"{expected:X8} as its header says"), (error.Offset, error.Found, error.Expected));
    }

    [Fact]
    public void The_newer_name_of_dictionary_encoding_leaves_the_dictionary_page_plain()
    {
        object?[] rows = [.. Enumerable.Repeat<object?>("JFK", 20), null];

        var file = TestFile.Write([new TestColumn("x", ParquetType.Utf8, rows)], V2 with { DictionaryName = ParquetDictionaryName.RleDictionary });

        Assert.Equal(rows, TestFile.ReadAll(file)[0]);
        Assert.Equal([8, 3, 0], FooterDump.Integers(file, [4, 1, 3, 2]));
        Assert.Equal([0, 8], FooterDump.Integers(file, [4, 1, 3, 13, 2]));
        Assert.Equal([2, 3], FooterDump.Integers(file, [4, 1, 3, 13, 1]));
    }
}
