using AirportOps.DuckDb;
using AirportOps.Parquet.Tests.Support;

namespace AirportOps.Parquet.Tests;

/// <summary>Our reader on files that DuckDB wrote.</summary>
public sealed class DuckDbFilesTests : IDisposable
{
    /// <summary>Every column type with nulls and without, values that repeat, climb or do neither.</summary>
    private const string Rows =
        """
        SELECT i::INTEGER AS climbing, (hash(i) % 7)::INTEGER AS few, nullif(hash(i)::UBIGINT // 3, 0)::BIGINT AS wide,
          CASE WHEN i % 3 > 0 THEN (i * 1000003)::BIGINT END AS steps, (hash(i) % 100000) / 100.0::DOUBLE AS price,
          CASE WHEN i % 5 > 0 THEN sqrt(i) END AS root, DATE '2026-03-01' + (i % 40)::INTEGER AS day,
          make_timestamptz(1772375700000000 + i * 60000000) AS at,
          'evt-' || lpad(i::VARCHAR, 9, '0') AS id, CASE WHEN i % 2 = 0 THEN 'gate ' || (i % 11) END AS gate, NULL::VARCHAR AS nothing
        FROM range(20000) AS numbers(i)
        """;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"airportops-{Guid.NewGuid():N}.parquet");
    private readonly DuckDbSession _duckDb = new();

    public void Dispose()
    {
        _duckDb.Dispose();
        File.Delete(_path);
    }

    [Theory]
    [InlineData("v1", "uncompressed")]
    [InlineData("v1", "snappy")]
    [InlineData("v1", "gzip")]
    [InlineData("v1", "zstd")]
    [InlineData("v2", "uncompressed")]
    [InlineData("v2", "snappy")]
    [InlineData("v2", "gzip")]
    [InlineData("v2", "zstd")]
    public void All_values_are_those_that_were_written(string version, string codec)
    {
        Assert.SkipUnless(codec != "zstd" || ParquetCodecs.IsAvailable(ParquetCodec.Zstandard), "Zstandard is not on this machine.");
        var expected = _duckDb.Query(Rows);

        _duckDb.Query($"COPY ({Rows}) TO '{_path}' (FORMAT parquet, PARQUET_VERSION {version}, COMPRESSION {codec}, ROW_GROUP_SIZE 8192)");
        var file = File.ReadAllBytes(_path);
        var columns = TestFile.ReadAll(file);

        for (var i = 0; i < columns.Count; i++)
        {
            Assert.True(expected.Rows.Select(row => row[i]).SequenceEqual(columns[i]), $"Column {expected.Columns[i].Name} differs.");
        }

        // Version 2 is where the other encodings are.
        var encodings = FooterDump.Integers(file, [4, 1, 3, 2]).Order().Distinct();
        Assert.Equal(version == "v1" ? [0L, 2] : [5, 6, 8, 9], encodings.Where(encoding => encoding != 3));
    }

    [Fact]
    public void Bounds_and_null_counts_are_those_that_were_written()
    {
        _duckDb.Query($"COPY ({Rows}) TO '{_path}' (FORMAT parquet)");

        using var reader = new ParquetReader(File.ReadAllBytes(_path));
        var columns = reader.Summary.Columns.ToDictionary(column => column.Name);

        Assert.Equal((20_000L, 0L, "0", "19999"), (reader.RowCount, columns["climbing"].NullCount, columns["climbing"].Min, columns["climbing"].Max));
        Assert.Equal((6667L, "1000003"), (columns["steps"].NullCount, columns["steps"].Min));
        Assert.Equal((10_000L, "gate 0", "gate 9"), (columns["gate"].NullCount, columns["gate"].Min, columns["gate"].Max));
        Assert.Equal(("2026-03-01", "2026-04-09"), (columns["day"].Min, columns["day"].Max));
        Assert.Equal(20_000, columns["nothing"].NullCount);
    }
}
