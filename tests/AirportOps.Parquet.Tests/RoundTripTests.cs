using AirportOps.Parquet.Tests.Support;

namespace AirportOps.Parquet.Tests;

public sealed class RoundTripTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(8, 3)]
    [InlineData(9, 4)]
    [InlineData(63, 5)]
    [InlineData(64, 6)]
    [InlineData(65, 7)]
    [InlineData(1000, 8)]
    [InlineData(6000, 9)]
    public void Every_type_and_null_pattern_comes_back_as_it_went_in(int rows, int seed)
    {
        var columns = RandomColumns.Table(new Random(seed), rows);

        foreach (var options in Layouts())
        {
            AssertSame(columns, TestFile.Write(columns, options), $"{rows} rows, seed {seed}, {options}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Row_groups_of_any_size_come_back_in_order(int seed)
    {
        var random = new Random(seed);
        var columns = RandomColumns.Table(random, 3000);

        AssertSame(columns, TestFile.Write(columns, rowGroupRows: random.Next(1, 1500)), $"seed {seed}");
    }

    [Fact]
    public void Doubles_keep_their_bits()
    {
        object?[] values = [-0.0, 0.0, double.NaN, BitConverter.Int64BitsToDouble(0x7FF8000000000123), double.NegativeInfinity, double.Epsilon];
        var many = Enumerable.Repeat(values, 100).SelectMany(value => value).ToArray();

        foreach (var rows in new[] { values, many })
        {
            var file = TestFile.Write([new TestColumn("x", ParquetType.Double, rows)]);
            Assert.Equal(rows.Select(Bits), TestFile.ReadAll(file)[0].Select(Bits));
        }

        static long Bits(object? value) => BitConverter.DoubleToInt64Bits((double)value!);
    }

    [Theory]
    [InlineData(1 << 10)]
    [InlineData(1 << 16)]
    public void Strings_longer_than_a_page_come_back(int pageBytes)
    {
        object?[] rows = [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? null : new string((char)('a' + i % 26), 1000 * i))];
        var column = new TestColumn("extras", ParquetType.Utf8, rows);

        AssertSame([column], TestFile.Write([column], new ParquetWriterOptions { PageBytes = pageBytes }), "");
    }

    [Fact]
    public void A_file_without_rows_has_its_schema()
    {
        TestColumn[] columns = [.. RandomColumns.Types.Select(type => new TestColumn($"{type}", type, []))];

        var file = TestFile.Write(columns);

        using var reader = new ParquetReader(file);
        Assert.Equal(columns.Select(column => column.Column), reader.Schema.Columns);
        Assert.Equal((0L, 0), (reader.RowCount, reader.RowGroups.Count));
    }

    [Fact]
    public void Reading_a_stream_gives_what_reading_memory_gives()
    {
        var columns = RandomColumns.Table(new Random(12), 500);
        var file = TestFile.Write(columns, rowGroupRows: 200);

        using var stream = new MemoryStream(file);
        using var reader = new ParquetReader(stream);
        var read = reader.Schema.Columns.Select((_, column) =>
            Enumerable.Range(0, 3).SelectMany(group => TestColumn.Read(reader.ReadColumn(group, column))).ToArray());

        Assert.Equal(columns.Select(column => column.Rows), read);
    }

    /// <summary>Page sizes that cut often or never, with and without dictionaries, of which the small one overflows.</summary>
    private static IEnumerable<ParquetWriterOptions> Layouts() =>
        from page in new[] { 1 << 10, 1 << 20 }
        from dictionary in new[] { 0, 100, 1 << 20 }
        from codec in Enum.GetValues<ParquetCodec>().Where(ParquetCodecs.IsAvailable)
        from encodings in Enum.GetValues<ParquetEncodings>()
        from version in Enum.GetValues<ParquetPageVersion>()
        select new ParquetWriterOptions
        {
            PageBytes = page,
            DictionaryBytes = dictionary,
            Codec = codec,
            Encodings = encodings,
            PageVersion = version,
            DictionaryName = version == ParquetPageVersion.V1 ? ParquetDictionaryName.PlainDictionary : ParquetDictionaryName.RleDictionary,
            Checksums = page > 1 << 10,
        };

    private static void AssertSame(TestColumn[] columns, byte[] file, string circumstances)
    {
        var read = TestFile.ReadAll(file);
        for (var i = 0; i < columns.Length; i++)
        {
            Assert.True(columns[i].Rows.SequenceEqual(read[i]), $"Column {columns[i].Name} differs: {circumstances}");
        }
    }
}
