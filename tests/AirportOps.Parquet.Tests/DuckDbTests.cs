using System.Globalization;
using AirportOps.DuckDb;
using AirportOps.Parquet.Tests.Support;

namespace AirportOps.Parquet.Tests;

/// <summary>DuckDB, which shares no code with ours, reads what we write.</summary>
public sealed class DuckDbTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"airportops-{Guid.NewGuid():N}.parquet");
    private readonly DuckDbSession _duckDb = new();

    public void Dispose()
    {
        _duckDb.Dispose();
        File.Delete(_path);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 2)]
    [InlineData(1000, 3)]
    [InlineData(15_000, 4)]
    public void All_values_are_the_same_in_another_reader(int rows, int seed)
    {
        var columns = RandomColumns.Table(new Random(seed), rows);

        foreach (var options in new[]
        {
            new ParquetWriterOptions(),
            new ParquetWriterOptions { PageBytes = 2048, DictionaryBytes = 4096 },
            new ParquetWriterOptions { Codec = ParquetCodec.None, DictionaryBytes = 0 },
            new ParquetWriterOptions { Codec = ParquetCodec.Gzip },
            new ParquetWriterOptions { Codec = ParquetCodec.Zstandard },
            new ParquetWriterOptions { PageVersion = ParquetPageVersion.V2, Checksums = true },
            new ParquetWriterOptions { PageVersion = ParquetPageVersion.V2, PageBytes = 2048, DictionaryBytes = 4096, Codec = ParquetCodec.Zstandard },
            new ParquetWriterOptions { Encodings = ParquetEncodings.Compact },
            new ParquetWriterOptions { Encodings = ParquetEncodings.Compact, PageBytes = 2048, DictionaryBytes = 0, Codec = ParquetCodec.Zstandard },
            new ParquetWriterOptions { Encodings = ParquetEncodings.Compact, PageVersion = ParquetPageVersion.V2, Codec = ParquetCodec.None },
            new ParquetWriterOptions { PageVersion = ParquetPageVersion.V2, DictionaryName = ParquetDictionaryName.RleDictionary, Codec = ParquetCodec.None },
        }.Where(options => ParquetCodecs.IsAvailable(options.Codec)))
        {
            File.WriteAllBytes(_path, TestFile.Write(columns, options, rowGroupRows: Math.Max(1, rows / 3)));
            var table = _duckDb.Query($"FROM '{_path}'");

            Assert.Equal(columns.Select(column => (column.Name, TypeInDuckDb(column.Type))), table.Columns);
            for (var i = 0; i < columns.Length; i++)
            {
                Assert.True(columns[i].Rows.SequenceEqual(table.Rows.Select(row => row[i])), $"Column {columns[i].Name} differs: seed {seed}, {options}");
            }
        }
    }

    [Fact]
    public void Types_carry_logical_and_converted_types()
    {
        File.WriteAllBytes(_path, TestFile.Write([.. RandomColumns.Types.Select(type => new TestColumn($"{type}", type, [], type != ParquetType.Date))]));

        var schema = _duckDb.Query($"SELECT name, type, repetition_type, converted_type, logical_type FROM parquet_schema('{_path}')");

        Assert.Equal(
            [
                "schema, , , , ",
                "Utf8, BYTE_ARRAY, OPTIONAL, UTF8, StringType()",
                "Int32, INT32, OPTIONAL, , ",
                "Int64, INT64, OPTIONAL, , ",
                "Double, DOUBLE, OPTIONAL, , ",
                "Date, INT32, REQUIRED, DATE, DateType()",
                "TimestampMicros, INT64, OPTIONAL, TIMESTAMP_MICROS, "
                    + "TimestampType(isAdjustedToUTC=1, unit=TimeUnit(MILLIS=<null>, MICROS=MicroSeconds(), NANOS=<null>))",
            ],
            schema.Rows.Select(row => string.Join(", ", row)));
    }

    [Theory]
    [InlineData(ParquetEncodings.Basic, ParquetPageVersion.V1)]
    [InlineData(ParquetEncodings.Compact, ParquetPageVersion.V2)]
    public void Statistics_are_what_another_reader_computes(ParquetEncodings encodings, ParquetPageVersion version)
    {
        var columns = RandomColumns.Table(new Random(5), 2000);
        File.WriteAllBytes(_path, TestFile.Write(columns, out var summary, new ParquetWriterOptions { Encodings = encodings, PageVersion = version }));

        Assert.Equal(columns.Select(column => column.Name), summary.Columns.Select(column => column.Name));
        foreach (var column in summary.Columns)
        {
            // Strings over 64 bytes have bounds near them; everything else has its very least and greatest value.
            var (type, below, above) = column.Type switch
            {
                ParquetType.Utf8 => ("VARCHAR", "<=", ">="),
                ParquetType.Int32 => ("INTEGER", "=", "="),
                ParquetType.Int64 => ("BIGINT", "=", "="),
                ParquetType.Double => ("DOUBLE", "=", "="),
                ParquetType.Date => ("DATE", "=", "="),
                _ => ("TIMESTAMPTZ", "=", "="),
            };
            var row = _duckDb.Query(
                $"""
                WITH computed AS (SELECT min({column.Name}) AS least, max({column.Name}) AS greatest, count(*) - count({column.Name}) AS nulls FROM '{_path}'),
                stated AS (SELECT stats_min_value::{type} AS least, stats_max_value::{type} AS greatest, stats_null_count AS nulls
                  FROM parquet_metadata('{_path}') WHERE path_in_schema = '{column.Name}')
                SELECT stated.least {below} computed.least, stated.greatest {above} computed.greatest,
                  {Literal(column.Min)}::{type} {below} computed.least, {Literal(column.Max)}::{type} {above} computed.greatest,
                  stated.nulls, computed.nulls
                FROM computed, stated
                """).Rows[0];

            object? bounded = column.NullCount == 2000 ? null : true;
            Assert.Equal([bounded, bounded, bounded, bounded, column.NullCount, column.NullCount], row);
        }

        static string Literal(string? text) => text is null ? "NULL" : $"'{text.Replace("\0", "' || chr(0) || '", StringComparison.Ordinal)}'";
    }

    [Theory]
    [InlineData(ParquetType.Utf8, 70)]
    [InlineData(ParquetType.Int32, 0)]
    [InlineData(ParquetType.Double, 0)]
    [InlineData(ParquetType.TimestampMicros, 0)]
    public void Filters_that_skip_row_groups_by_their_bounds_find_every_row(ParquetType type, int prefix)
    {
        var random = new Random(6);
        var rows = Enumerable.Range(0, 900).Select(i => random.Next(1000)).Select(i => (object?)(type switch
        {
            // Equal in the first 64 bytes but for the group, so that bounds are cut.
            ParquetType.Utf8 => new string((char)('a' + (i / 100)), prefix) + i.ToString("D4", CultureInfo.InvariantCulture),
            ParquetType.Int32 => i,
            ParquetType.Double => i % 7 == 0 ? double.NaN : i % 5 == 0 ? -0.0 : (double)i,
            _ => (long)i * 1_000_000,
        })).ToArray();
        File.WriteAllBytes(_path, TestFile.Write([new TestColumn("x", type, rows)], rowGroupRows: 10));

        foreach (var value in rows.Distinct().Take(200))
        {
            var literal = type switch
            {
                ParquetType.Utf8 => $"'{value}'",
                ParquetType.TimestampMicros => $"make_timestamptz({value})",
                ParquetType.Double => $"'{((double)value!).ToString("R", CultureInfo.InvariantCulture)}'::DOUBLE",
                _ => $"{value}",
            };
            var counts = _duckDb.Query($"SELECT count(*) FROM '{_path}' WHERE x = {literal}").Rows[0];

            // In DuckDB NaN equals itself, and the zeros each other.
            Assert.Equal((long)rows.Count(row => row!.Equals(value)), counts[0]);
        }

        if (type == ParquetType.Double)
        {
            Assert.Equal((long)rows.Count(row => double.IsNaN((double)row!)), _duckDb.Query($"SELECT count(*) FROM '{_path}' WHERE x > 1e300").Rows[0][0]);
        }
    }

    [Fact]
    public void Aggregates_that_may_use_bounds_get_the_uncut_strings()
    {
        var (least, greatest) = (new string('a', 300), new string('z', 300));
        File.WriteAllBytes(_path, TestFile.Write([new TestColumn("x", ParquetType.Utf8, [greatest, least, "m", null])]));

        var row = _duckDb.Query($"SELECT min(x), max(x) FROM '{_path}'").Rows[0];

        Assert.Equal([least, greatest], row);
    }

    [Fact]
    public void A_file_without_rows_is_an_empty_table()
    {
        File.WriteAllBytes(_path, TestFile.Write([new TestColumn("x", ParquetType.Int32, [])]));

        var table = _duckDb.Query($"FROM '{_path}'");

        Assert.Equal([("x", DuckDbType.Integer)], table.Columns);
        Assert.Empty(table.Rows);
    }

    private static DuckDbType TypeInDuckDb(ParquetType type) => type switch
    {
        ParquetType.Utf8 => DuckDbType.Varchar,
        ParquetType.Int32 => DuckDbType.Integer,
        ParquetType.Int64 => DuckDbType.BigInt,
        ParquetType.Double => DuckDbType.Double,
        ParquetType.Date => DuckDbType.Date,
        _ => DuckDbType.TimestampTz,
    };
}
