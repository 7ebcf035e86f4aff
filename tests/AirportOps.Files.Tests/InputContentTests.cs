using System.Text;

namespace AirportOps.Files.Tests;

/// <summary>Files as users have them.</summary>
public sealed class InputContentTests
{
    private static readonly byte[] Lines = Samples.Lines(200);

    public static TheoryData<string, byte[]> Unread => new()
    {
        { "compressed with bzip2", [.. "BZh9"u8, .. "1AY&SY"u8, 1, 2] },
        { "compressed with xz", [0xFD, .. "7zXZ"u8, 0, 1] },
        { "compressed with Zstandard", [0x28, 0xB5, 0x2F, 0xFD, 1, 1, 1] },
        { "compressed with LZ4", [0x04, 0x22, 0x4D, 0x18, 1, 1] },
        { "Parquet", [.. "PAR1"u8, 0x15, 0, 1] },
        { "Avro", [.. "Obj"u8, 1, 4, 4] },
        { "ORC", [.. "ORC"u8, 1, 4, 4] },
        { "a 7z archive", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C] },
        { "a tar archive", [.. Encoding.ASCII.GetBytes("events.jsonl".PadRight(257, '\0')), .. "ustar"u8, 0, 0, 0] },
        { "UTF-32", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes("{}")] },
        { "UTF-32", [0, 0, 0xFE, 0xFF, 0, 0, 0, (byte)'{'] },
    };

    [Theory]
    [MemberData(nameof(Unread))]
    public void What_is_not_read_is_said_in_one_line(string what, byte[] content)
    {
        foreach (var stored in new[] { content, Samples.Gzip(content), Samples.Zip(("in", content)) })
        {
            var failure = Assert.Throws<InputFormatException>(() => Samples.Read(stored, "events.dat"));

            Assert.StartsWith($"events.dat is {what}, which is not read. ", failure.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', failure.Message);
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void UTF_16_is_read_in_either_order_with_or_without_its_mark(bool isBigEndian, bool hasMark)
    {
        var text = string.Concat(Enumerable.Range(0, 9000).Select(i => $$"""{"gâte":"é€😀{{i}}"}""" + "\n"));
        var encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: hasMark);
        byte[] stored = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

        Assert.Equal(text, Samples.ReadLines(stored));
        Assert.Equal(text, Samples.ReadLines(stored, isSeekable: false));
        Assert.Equal(text, Samples.ReadLines(Samples.Gzip(stored)));
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_byte_that_is_no_UTF_8_and_half_a_character_fails()
    {
        var encoding = new UnicodeEncoding(bigEndian: false, byteOrderMark: true);
        byte[] stored = [0xFF, 0xFE, .. encoding.GetBytes("{\"a\":\""), 0x3D, 0xD8, .. encoding.GetBytes("b\"}"), 0x00, 0xDC];

        Assert.Equal([.. "{\"a\":\""u8, 0xFF, .. "b\"}"u8, 0xFF], Samples.Read(stored));
        Assert.Equal("UTF-16 ends within a character, at byte 21", Assert.Throws<InvalidDataException>(() => Samples.Read(stored[..^1])).Message);
    }

    [Fact]
    public void A_zip_of_one_file_is_read_folders_and_the_like_not_counted()
    {
        Assert.Equal(Lines, Samples.Read(Samples.Zip(("events.jsonl", Lines))));
        Assert.Equal(Lines, Samples.Read(Samples.Zip(("day/", []), ("day/events.jsonl", Lines), ("__MACOSX/day/._events.jsonl", [1, 2]), ("day/.DS_Store", [1]))));
        Assert.Equal(Lines, Samples.Read(Samples.Gzip(Samples.Gzip(Samples.Gzip(Lines)))));
        Assert.Equal(Lines, Samples.Read(Samples.Zip(("events.jsonl.gz", Samples.Gzip(Lines)))));
        Assert.Equal(Lines, Samples.Read(Samples.Zip(("readme.html", [1]), ("t.csv", Lines)), isWanted: path => path.EndsWith(".csv", StringComparison.Ordinal)));
    }

    [Fact]
    public void Any_other_zip_is_said_in_one_line()
    {
        var two = Samples.Zip(("a.jsonl", Lines), ("b.jsonl", Lines));

        Assert.Equal(
            "in.zip is a zip of 2 files (a.jsonl, b.jsonl), of which none is chosen for you. Unzip it and name its files.",
            Assert.Throws<InputFormatException>(() => Samples.Read(two, "in.zip")).Message);
        Assert.Equal(
            "in.zip is a zip with no file in it. Name one with records.",
            Assert.Throws<InputFormatException>(() => Samples.Read(Samples.Zip(), "in.zip")).Message);
        Assert.StartsWith(
            "in.zip is a zip that can't be read: ", Assert.Throws<InputFormatException>(() => Samples.Read(two[..^30], "in.zip")).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "in.zip is a zip, whose list of files is at its end. ",
            Assert.Throws<InputFormatException>(() => Samples.Read(two, "in.zip", isSeekable: false)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_with_a_changed_byte_of_data_fails()
    {
        var stored = Samples.Zip(("a.jsonl", Lines));
        for (var i = 100; i < 200; i++)
        {
            byte[] changed = [.. stored];
            changed[i] ^= 0x10;

            Assert.Throws<InvalidDataException>(() => Samples.Read(changed));
        }
    }

    [Fact]
    public void What_is_named_gz_must_be_compressed()
    {
        Assert.Equal(
            "plain.jsonl.gz is not compressed, as its name says. Name it without .gz if it is plain lines.",
            Assert.Throws<InputFormatException>(() => Samples.Read(Lines, "plain.jsonl.gz")).Message);
        Assert.Equal(Lines, Samples.Read(Samples.Gzip(Lines), "named.jsonl"));
    }

    [Fact]
    public void Gzip_within_gzip_has_an_end()
    {
        var stored = Lines;
        for (var i = 0; i < 10; i++)
        {
            stored = Samples.Gzip(stored);
        }

        Assert.StartsWith(
            "deep is compressed 4 times over or more", Assert.Throws<InputFormatException>(() => Samples.Read(stored, "deep")).Message, StringComparison.Ordinal);
    }
}
