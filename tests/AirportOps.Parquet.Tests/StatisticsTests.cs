using System.Text;
using AirportOps.Parquet.Statistics;
using AirportOps.Parquet.Tests.Support;

namespace AirportOps.Parquet.Tests;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData("x", "x")]
    [InlineData("éclair", "é")]
    [InlineData("\U0001F6EB", "\U0010FFFF")]
    public void A_long_string_has_a_bound_on_each_side_that_ends_with_a_whole_character(string character, string filler)
    {
        for (var lead = 0; lead < 5; lead++)
        {
            var value = new string('a', lead) + string.Concat(Enumerable.Repeat(character + filler, 100));

            var statistics = Strings(value);

            var (min, max) = (statistics.Min!, statistics.Max!);
            Assert.InRange(min.Length, Utf8Statistics.MaxBoundBytes - 3, Utf8Statistics.MaxBoundBytes);
            Assert.InRange(max.Length, 1, Utf8Statistics.MaxBoundBytes + 3);
            Assert.StartsWith(Strict(min), value, StringComparison.Ordinal);
            Assert.True(max.AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(value)) > 0, Strict(max));
            Assert.Equal((false, false), (statistics.IsMinExact, statistics.IsMaxExact));
        }
    }

    [Fact]
    public void A_string_of_64_bytes_is_kept_as_it_is()
    {
        var value = new string('b', 64);

        var statistics = Strings(value);

        Assert.Equal((value, value, true, true), (Strict(statistics.Min!), Strict(statistics.Max!), statistics.IsMinExact, statistics.IsMaxExact));
    }

    [Theory]
    [InlineData("\uD7FF", "\uE000")]
    [InlineData("z", "{")]
    public void The_upper_bound_steps_to_the_next_character(string last, string next)
    {
        var kept = new string('a', 64 - Encoding.UTF8.GetByteCount(last));

        Assert.Equal(kept + next, Strict(Strings(kept + last + "more").Max!));
    }

    [Fact]
    public void A_string_of_greatest_characters_has_no_upper_bound()
    {
        var statistics = Strings(string.Concat(Enumerable.Repeat("\U0010FFFF", 30)));

        Assert.Null(statistics.Max);
        Assert.NotNull(statistics.Min);
    }

    [Fact]
    public void Strings_are_ordered_by_unsigned_bytes_whatever_their_length()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 40)).Select(_ => RandomString(random)).ToArray();
            var bytes = values.Select(Encoding.UTF8.GetBytes).Order(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))).ToArray();

            var statistics = Strings(values);

            Assert.Equal(bytes[0], statistics.Min);
            Assert.Equal(bytes[^1], statistics.Max);
        }

        static string RandomString(Random random) =>
            string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "\0\u0001a\u00FFz\u0800"[random.Next(6)]));
    }

    [Fact]
    public void A_zero_bound_covers_both_zeros()
    {
        (double First, double Second, double Min, double Max)[] cases =
        [
            (-0.0, 1.5, -0.0, 1.5),
            (0.0, 1.5, -0.0, 1.5),
            (-1.5, -0.0, -1.5, 0.0),
            (-1.5, 0.0, -1.5, 0.0),
            (0.0, -0.0, -0.0, 0.0),
            (double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity),
        ];
        foreach (var (first, second, min, max) in cases)
        {
            var statistics = FixedWidthStatistics.OfDoubles([first, second], 0);

            Assert.Equal((Bits(min), Bits(max), 0L), (BitConverter.ToInt64(statistics.Min), BitConverter.ToInt64(statistics.Max), statistics.NaNCount));
        }

        static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
    }

    [Fact]
    public void A_chunk_with_NaN_counts_it_and_has_no_bounds()
    {
        var statistics = FixedWidthStatistics.OfDoubles([1, double.NaN, 2, double.NaN], 3);

        Assert.Equal((2L, 3L, true, true), (statistics.NaNCount, statistics.NullCount, statistics.Min is null, statistics.Max is null));
    }

    [Fact]
    public void Bounds_of_numbers_are_found_wherever_they_lie()
    {
        for (var count = 1; count < 70; count++)
        {
            for (var at = 0; at < count; at++)
            {
                var values = new int[count];
                values[at] = int.MinValue;
                values[(at + 1) % count] = count == 1 ? int.MinValue : int.MaxValue;

                var statistics = FixedWidthStatistics.Of<int>(values, 0);

                Assert.Equal((values.Min(), values.Max()), (BitConverter.ToInt32(statistics.Min), BitConverter.ToInt32(statistics.Max)));
            }
        }
    }

    [Fact]
    public void Deprecated_bounds_stand_beside_the_others_for_numbers_only()
    {
        var file = TestFile.Write(
        [
            new TestColumn("n", ParquetType.Int32, [-1, 1]),
            new TestColumn("s", ParquetType.Utf8, ["a", "é"]),
        ]);

        var bounds = FooterDump.Statistics(file);

        Assert.Equal([(1, "01000000"), (2, "FFFFFFFF"), (5, "01000000"), (6, "FFFFFFFF")], bounds[0]);
        Assert.Equal([(5, "C3A9"), (6, "61")], bounds[1]);
    }

    [Fact]
    public void The_summary_merges_row_groups_and_writes_bounds_as_text()
    {
        TestColumn[] columns =
        [
            new("i", ParquetType.Int32, [5, null, -7, 12]),
            new("d", ParquetType.Double, [0.1, 2.5, 1e300, -0.25]),
            new("nan", ParquetType.Double, [0.1, 2.5, double.NaN, 1.0]),
            new("s", ParquetType.Utf8, ["b", "c", null, null]),
            new("date", ParquetType.Date, [0, 20_000, null, -1]),
            new("t", ParquetType.TimestampMicros, [1L, 1_772_375_700_000_000, null, null]),
            new("none", ParquetType.Int64, [null, null, null, null]),
        ];

        TestFile.Write(columns, out var summary, rowGroupRows: 2);

        Assert.Equal((4L, 2), (summary.Rows, summary.RowGroups));
        Assert.Equal(
            [
                ("i", 1, "-7", "12"),
                ("d", 0, "-0.25", "1E+300"),
                ("nan", 0, null, null),
                ("s", 2, "b", "c"),
                ("date", 1, "1969-12-31", "2024-10-04"),
                ("t", 2, "1970-01-01T00:00:00.000001Z", "2026-03-01T14:35:00.000000Z"),
                ("none", 4, null, null),
            ],
            summary.Columns.Select(column => (column.Name, column.NullCount, column.Min, column.Max)));
    }

    [Fact]
    public void The_reader_tells_what_the_writer_told()
    {
        var file = TestFile.Write(RandomColumns.Table(new Random(8), 100), out var summary, rowGroupRows: 30);

        using var reader = new ParquetReader(file);

        Assert.Equal((summary.Rows, summary.Bytes, summary.RowGroups), (reader.Summary.Rows, reader.Summary.Bytes, reader.Summary.RowGroups));
        Assert.Equal(summary.Columns, reader.Summary.Columns);
        Assert.Equal([30, 30, 30, 10], reader.RowGroups.Select(group => group.Rows));
        Assert.Equal(file.Length, summary.Bytes);
    }

    private static ColumnStatistics Strings(params string[] values)
    {
        var bytes = values.Select(Encoding.UTF8.GetBytes).ToArray();
        var offsets = new int[bytes.Length + 1];
        for (var i = 0; i < bytes.Length; i++)
        {
            offsets[i + 1] = offsets[i] + bytes[i].Length;
        }

        return Utf8Statistics.Of(bytes.SelectMany(value => value).ToArray(), offsets, 0);
    }

    private static string Strict(byte[] bytes) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
}
