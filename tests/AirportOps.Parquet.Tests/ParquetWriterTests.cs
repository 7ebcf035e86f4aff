using AirportOps.Parquet.Tests.Support;

namespace AirportOps.Parquet.Tests;

public sealed class ParquetWriterTests
{
    private static readonly ParquetSchema Schema = new(
    [
        new ParquetColumn("id", ParquetType.Utf8, false),
        new ParquetColumn("delay", ParquetType.Int32, true),
    ]);

    /// <summary>Every byte of a small file, so that a change of the format shows in review.</summary>
    [Fact]
    public void A_small_file_has_these_bytes()
    {
        using var stream = new ForwardOnlyStream();
        using var writer = new ParquetWriter(stream, Schema, new ParquetWriterOptions { Codec = ParquetCodec.None });
        var group = writer.StartRowGroup(3);
        group.WriteUtf8("abc"u8, [0, 1, 2, 3], []);
        group.WriteInt32([-1, 7], [1, 0, 1]);
        writer.Finish();

        string[] expected =
        [
            "50415231",

            // Page of 'id': type DATA_PAGE, 15 bytes, 15 bytes, header of 3 values, PLAIN, RLE, RLE; three lengths with a byte each.
            "1500 151E 151E 2C 1506 1500 1506 1506 00 00",
            "0100000061 0100000062 0100000063",

            // Page of 'delay': 14 bytes; two bytes of levels (one packed group, 101), -1 and 7.
            "1500 151C 151C 2C 1506 1500 1506 1506 00 00",
            "02000000 0305 FFFFFFFF 07000000",

            // Footer: version 1; schema of root, id (BYTE_ARRAY, REQUIRED, UTF8, STRING), delay (INT32, OPTIONAL); 3 rows.
            "1502 193C 4806736368656D61 1504 00",
            "150C 2500 18026964 2500 4C 1C00 00 00",
            "1502 2502 180564656C6179 00",
            "1606",

            // One row group of two chunks. id: type 6, encodings PLAIN and RLE, path, codec 0, 3 values, 32 bytes twice, at 4,
            // statistics (no nulls, c, a, exact both), one PLAIN data page.
            "191C 192C",
            "2600 1C 150C 19250006 1918026964 1500 1606 1640 1640 2608 3C 3600 280163 180161 11 11 00 191C 1500 1500 1502 00 00 00",

            // delay: the deprecated bounds before the others.
            "2600 1C 1502 19250006 19180564656C6179 1500 1606 163E 163E 2648",
            "3C 180407000000 1804FFFFFFFF 1602 280407000000 1804FFFFFFFF 11 11 00 191C 1500 1500 1502 00 00 00",

            // 63 bytes, 3 rows, at 4, 63 bytes, ordinal 0; created by; TYPE_ORDER twice.
            "167E 1606 2608 167E 1400 00",
            "2818416972706F72744F70732076657273696F6E20302E312E30 192C 1C0000 1C0000 00",
            "D1000000 50415231",
        ];
        Assert.Equal(string.Concat(expected).Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(stream.ToArray()));
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes_through_any_scratch()
    {
        var columns = RandomColumns.Table(new Random(1), 700);
        var alone = TestFile.Write(columns);
        using var scratch = new ParquetWriterScratch();
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        using var firstWriter = new ParquetWriter(first, TestFile.Schema(columns), new ParquetWriterOptions(), scratch);
        using var secondWriter = new ParquetWriter(second, TestFile.Schema(columns), new ParquetWriterOptions(), scratch);

        // Column by column in turn, as when a window writes several partitions.
        var (firstGroup, secondGroup) = (firstWriter.StartRowGroup(700), secondWriter.StartRowGroup(700));
        foreach (var column in columns)
        {
            column.WriteTo(firstGroup);
            column.WriteTo(secondGroup);
        }

        firstWriter.Finish();
        secondWriter.Finish();

        Assert.Equal(alone, first.ToArray());
        Assert.Equal(alone, second.ToArray());
    }

    [Fact]
    public void A_row_group_without_rows_leaves_nothing_in_the_file()
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, Schema, new ParquetWriterOptions());
        var group = writer.StartRowGroup(0);
        group.WriteUtf8([], [0], []);
        group.WriteInt32([], []);

        var summary = writer.Finish();

        Assert.Equal((0L, 0, stream.Length), (summary.Rows, summary.RowGroups, summary.Bytes));
        Assert.Equal(TestFile.Write([new("id", ParquetType.Utf8, [], false), new("delay", ParquetType.Int32, [])]), stream.ToArray());
    }

    [Fact]
    public void Columns_out_of_order_or_of_another_type_are_refused()
    {
        using var writer = new ParquetWriter(Stream.Null, Schema, new ParquetWriterOptions());
        var group = writer.StartRowGroup(1);

        Assert.Equal("The next column is 'id' of type Utf8, not of Int32.", Assert.Throws<InvalidOperationException>(() => group.WriteInt32([1], [])).Message);
        group.WriteUtf8("a"u8, [0, 1], []);
        Assert.Throws<InvalidOperationException>(() => group.WriteInt64([1], []));
        Assert.Throws<InvalidOperationException>(() => group.WriteDouble([1], []));
        group.WriteInt32([1], []);
        Assert.Equal("The row group has its 2 columns already.", Assert.Throws<InvalidOperationException>(() => group.WriteInt32([1], [])).Message);
    }

    [Fact]
    public void Values_and_levels_that_do_not_make_up_the_rows_are_refused_and_leave_no_trace()
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, Schema, new ParquetWriterOptions());
        var group = writer.StartRowGroup(2);

        Assert.Throws<ArgumentException>(() => group.WriteUtf8("ab"u8, [0, 1], []));
        Assert.Throws<ArgumentException>(() => group.WriteUtf8("ab"u8, [], []));
        Assert.Throws<ArgumentException>(() => group.WriteUtf8("ab"u8, [0, 1, 3], []));
        Assert.Throws<ArgumentException>(() => group.WriteUtf8("ab"u8, [0, 2, 1], []));
        Assert.Throws<ArgumentException>(() => group.WriteUtf8("ab"u8, [-1, 1, 2], []));
        Assert.Throws<ArgumentException>(() => group.WriteUtf8("ab"u8, [0, 1, 2], [1, 1]));
        group.WriteUtf8("ab"u8, [0, 1, 2], []);
        Assert.Throws<ArgumentException>(() => group.WriteInt32([1], []));
        Assert.Throws<ArgumentException>(() => group.WriteInt32([1], [1]));
        Assert.Throws<ArgumentException>(() => group.WriteInt32([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => group.WriteInt32([1], [0, 0]));
        Assert.Throws<ArgumentException>(() => group.WriteInt32([1, 2], [1, 0]));
        group.WriteInt32([], [0, 0]);
        writer.Finish();

        Assert.Equal(TestFile.Write([new("id", ParquetType.Utf8, ["a", "b"], false), new("delay", ParquetType.Int32, [null, null])]), stream.ToArray());
    }

    [Fact]
    public void Row_groups_end_before_the_next_begins_and_before_the_footer()
    {
        using var writer = new ParquetWriter(Stream.Null, Schema, new ParquetWriterOptions());
        var group = writer.StartRowGroup(1);

        Assert.Equal(
            "Row group 0 is at column 'id' and takes the rest of its columns first.",
            Assert.Throws<InvalidOperationException>(() => writer.StartRowGroup(1)).Message);
        Assert.Throws<InvalidOperationException>(() => writer.Finish());
        group.WriteUtf8("a"u8, [0, 1], []);
        group.WriteInt32([1], []);
        writer.Finish();
        Assert.Throws<InvalidOperationException>(() => writer.StartRowGroup(1));
        Assert.Throws<InvalidOperationException>(() => writer.Finish());
        Assert.Throws<InvalidOperationException>(() => group.WriteInt32([1], []));
    }

    [Fact]
    public void After_a_failed_write_the_file_can_not_be_finished()
    {
        using var stream = new ForwardOnlyStream { Capacity = 10 };
        using var writer = new ParquetWriter(stream, Schema, new ParquetWriterOptions());
        var group = writer.StartRowGroup(1);

        Assert.Throws<IOException>(() => group.WriteUtf8("a"u8, [0, 1], []));
        Assert.Throws<InvalidOperationException>(() => group.WriteUtf8("a"u8, [0, 1], []));
        Assert.Throws<InvalidOperationException>(() => writer.Finish());
    }

    [Fact]
    public void Options_and_schemas_out_of_range_are_refused()
    {
        foreach (var options in new ParquetWriterOptions[]
        {
            new() { PageBytes = 1023 }, new() { PageBytes = (1 << 28) + 1 }, new() { DictionaryBytes = -1 }, new() { Codec = (ParquetCodec)9 },
            new() { PageVersion = 0 }, new() { Encodings = (ParquetEncodings)2 }, new() { DictionaryName = (ParquetDictionaryName)2 },
        })
        {
            Assert.Throws<ArgumentException>(() => new ParquetWriter(Stream.Null, Schema, options));
        }

        Assert.Throws<ArgumentException>(() => new ParquetSchema([]));
        Assert.Throws<ArgumentException>(() => new ParquetSchema([Schema.Columns[0], Schema.Columns[0]]));
        Assert.Throws<ArgumentException>(() => new ParquetSchema([new ParquetColumn("", ParquetType.Int32, true)]));
        using var writer = new ParquetWriter(Stream.Null, Schema, new ParquetWriterOptions());
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.StartRowGroup(ParquetWriter.MaxRowGroupRows + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.StartRowGroup(-1));
    }

    [Fact]
    public void A_column_of_small_pages_reaches_the_stream_in_few_writes()
    {
        using var stream = new ForwardOnlyStream();
        using var writer = new ParquetWriter(stream, new ParquetSchema([new ParquetColumn("x", ParquetType.Int64, false)]), new ParquetWriterOptions { PageBytes = 1024 });

        writer.StartRowGroup(10_000).WriteInt64([.. Enumerable.Range(0, 10_000).Select(i => (long)i * i)], []);
        writer.Finish();

        Assert.InRange(stream.Writes, 3, 5);
    }

    /// <summary>The budget of the hot path: what a file of 35 columns and 1,000 rows may allocate once the scratch is warm.</summary>
    [Fact]
    public void Writing_allocates_for_the_footer_only()
    {
        var schema = new ParquetSchema(Enumerable.Range(0, 35).Select(i => new ParquetColumn($"c{i}", ParquetType.Utf8, true)));
        var bytes = new byte[10_000];
        var offsets = Enumerable.Range(0, 1001).Select(i => i * 10).ToArray();
        var levels = Array.ConvertAll(new byte[1000], _ => (byte)1);
        new Random(3).NextBytes(bytes);
        using var scratch = new ParquetWriterScratch();
        WriteFile();

        var before = GC.GetAllocatedBytesForCurrentThread();
        WriteFile();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 1, 35 * 800);

        void WriteFile()
        {
            using var writer = new ParquetWriter(Stream.Null, schema, new ParquetWriterOptions(), scratch);
            var group = writer.StartRowGroup(1000);
            for (var i = 0; i < 35; i++)
            {
                group.WriteUtf8(bytes, offsets, levels);
            }

            writer.Finish();
        }
    }
}
