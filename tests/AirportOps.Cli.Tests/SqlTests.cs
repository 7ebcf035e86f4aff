using System.Globalization;
using AirportOps.Cli.Output;
using AirportOps.Cli.Tests.Support;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Cli.Tests;

/// <summary><c>sql</c> prints whatever PostgreSQL holds, as PostgreSQL spells it.</summary>
public sealed class SqlTests
{
    /// <summary>An expression, its text in a table and in CSV, and its JSON.</summary>
    private static readonly (string Sql, string Text, string Json)[] Values =
    [
        ("NULL", "", "null"),
        ("TRUE", "true", "true"),
        ("CAST(7 AS SMALLINT)", "7", "7"),
        ("-2147483648", "-2147483648", "-2147483648"),
        ("9223372036854775807", "9223372036854775807", "9223372036854775807"),
        ("1.50", "1.50", "1.50"),
        ("-79228162514264337593543950335", "-79228162514264337593543950335", "-79228162514264337593543950335"),
        ("79228162514264337593543950336", "79228162514264337593543950336", "\"79228162514264337593543950336\""),
        ("0.1234567890123456789012345678901234567890", "0.1234567890123456789012345678901234567890", "\"0.1234567890123456789012345678901234567890\""),
        ("CAST('NaN' AS NUMERIC)", "NaN", "\"NaN\""),
        ("CAST('Infinity' AS NUMERIC)", "Infinity", "\"Infinity\""),
        ("CAST(0.1 AS REAL)", "0.1", "0.1"),
        ("CAST(0.1 AS DOUBLE PRECISION) + CAST(0.2 AS DOUBLE PRECISION)", "0.30000000000000004", "0.30000000000000004"),
        ("CAST('NaN' AS DOUBLE PRECISION)", "NaN", "\"NaN\""),
        ("CAST('-Infinity' AS DOUBLE PRECISION)", "-Infinity", "\"-Infinity\""),
        ("CAST('2026-03-01' AS DATE)", "2026-03-01", "\"2026-03-01\""),
        ("CAST('0001-01-01' AS DATE)", "0001-01-01", "\"0001-01-01\""),
        ("CAST('9999-12-31' AS DATE)", "9999-12-31", "\"9999-12-31\""),
        ("CAST('0001-01-01' AS DATE) - 1", "0001-12-31 BC", "\"0001-12-31 BC\""),
        ("CAST('4713-01-01 BC' AS DATE)", "4713-01-01 BC", "\"4713-01-01 BC\""),
        ("CAST('5874897-12-31' AS DATE)", "5874897-12-31", "\"5874897-12-31\""),
        ("CAST('infinity' AS DATE)", "infinity", "\"infinity\""),
        ("CAST('-infinity' AS DATE)", "-infinity", "\"-infinity\""),
        ("CAST('2026-03-01 14:05:00.120000' AS TIMESTAMP)", "2026-03-01 14:05:00.12", "\"2026-03-01 14:05:00.12\""),
        ("CAST('9999-12-31 23:59:59.999999' AS TIMESTAMP)", "9999-12-31 23:59:59.999999", "\"9999-12-31 23:59:59.999999\""),
        ("CAST('294276-12-31 23:59:59' AS TIMESTAMP)", "294276-12-31 23:59:59", "\"294276-12-31 23:59:59\""),
        ("CAST('0044-03-15 12:00 BC' AS TIMESTAMP)", "0044-03-15 12:00:00 BC", "\"0044-03-15 12:00:00 BC\""),
        ("CAST('infinity' AS TIMESTAMP)", "infinity", "\"infinity\""),
        ("CAST('-infinity' AS TIMESTAMPTZ)", "-infinity", "\"-infinity\""),
        ("CAST('2026-03-01 14:05+09' AS TIMESTAMPTZ) AT TIME ZONE 'UTC'", "2026-03-01 05:05:00", "\"2026-03-01 05:05:00\""),
        ("CAST('24:00' AS TIME)", "24:00:00", "\"24:00:00\""),
        ("CAST('24:00+01' AS TIMETZ)", "24:00:00+01", "\"24:00:00\\u002B01\""),
        ("CAST('1 year 2 months -3 days 04:05:06.7' AS INTERVAL)", "1 year 2 mons -3 days +04:05:06.7", "\"1 year 2 mons -3 days \\u002B04:05:06.7\""),
        ("ARRAY[1, NULL, 3]", "{1,NULL,3}", "\"{1,NULL,3}\""),
        ("ARRAY[ARRAY['a b', 'c'], ARRAY['', 'd']]", "{{\"a b\",c},{\"\",d}}", "\"{{\\u0022a b\\u0022,c},{\\u0022\\u0022,d}}\""),
        ("CAST('{}' AS DATE[])", "{}", "\"{}\""),
        ("CAST('{\"a\": [1, 2]}' AS JSON)", "{\"a\": [1, 2]}", "\"{\\u0022a\\u0022: [1, 2]}\""),
        ("CAST('{\"b\":1,\"a\":null}' AS JSONB)", "{\"a\": null, \"b\": 1}", "\"{\\u0022a\\u0022: null, \\u0022b\\u0022: 1}\""),
        ("CAST('\\x00ff' AS BYTEA)", "\\x00ff", "\"\\\\x00ff\""),
        ("CAST('[1,5)' AS INT4RANGE)", "[1,5)", "\"[1,5)\""),
        ("TSRANGE(NULL, 'infinity')", "(,infinity)", "\"(,infinity)\""),
        ("CAST('{[1,3),[5,7)}' AS INT4MULTIRANGE)", "{[1,3),[5,7)}", "\"{[1,3),[5,7)}\""),
        ("ROW(1, 'a,b', NULL)", "(1,\"a,b\",)", "\"(1,\\u0022a,b\\u0022,)\""),
        ("CAST('late' AS public.mood)", "late", "\"late\""),
        ("CAST(ROW(7, 'x') AS public.pair)", "(7,x)", "\"(7,x)\""),
        ("CAST('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' AS UUID)", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\""),
        ("CAST('192.168.0.1/24' AS INET)", "192.168.0.1/24", "\"192.168.0.1/24\""),
        ("B'101'", "101", "\"101\""),
        ("POINT(1, -2.5)", "(1,-2.5)", "\"(1,-2.5)\""),
        ("CAST('a <b/> c' AS XML)", "a <b/> c", "\"a \\u003Cb/\\u003E c\""),
        ("TO_TSVECTOR('simple', 'b a')", "'a':2 'b':1", "\"\\u0027a\\u0027:2 \\u0027b\\u0027:1\""),
        ("CAST('pg_class' AS REGCLASS)", "pg_class", "\"pg_class\""),
        ("'a, \"b\"'", "a, \"b\"", "\"a, \\u0022b\\u0022\""),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_type_is_printed_in_every_form_and_no_half_result_as_json()
    {
        await using var folder = new TestFolder();
        await using (var warehouse = await WarehouseDatabase.OpenAsync($"local:{folder[".airportops/warehouse"]}", new LocalClusterOptions { Clock = TimeProvider.System }, NullLogger.Instance, Token))
        {
            await using var session = await warehouse.OpenSessionAsync(Token);
            await session.ExecuteAllAsync(["CREATE TYPE public.mood AS ENUM ('early', 'late')", "CREATE TYPE public.pair AS (number INTEGER, word TEXT)"], Token);
        }

        var query = $"SELECT {string.Join(", ", Values.Select((value, i) => string.Create(CultureInfo.InvariantCulture, $"{value.Sql} AS c{i}")))}";
        var json = (await folder.RunAsync("sql", query, "--json")).Done().Json.GetProperty("rows")[0];
        Assert.Equal(Values.Select(value => $"{value.Sql} {value.Json}"), Values.Zip(json.EnumerateArray(), (value, found) => $"{value.Sql} {found.GetRawText()}"));

        var csv = (await folder.RunAsync("sql", query, "--csv")).Done().Output.Split('\n')[1];
        Assert.Equal(string.Join(',', Values.Select(value => value.Text.AsSpan().IndexOfAny(",\"") >= 0 ? $"\"{value.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value.Text)), csv);

        var line = (await folder.RunAsync("sql", query)).Done().Output.Split('\n')[2];
        Assert.All(Values, value => Assert.Contains(value.Text, line, StringComparison.Ordinal));

        const string Failing = "SELECT n, 1 / (n - 30000) FROM generate_series(1, 60000) AS s (n)";
        var failed = await folder.RunAsync("sql", Failing, "--json");
        Assert.Equal((1, ""), (failed.ExitCode, failed.Output));
        Assert.Contains("division by zero (22012)", Assert.Single(failed.ErrorLines, line => line.Contains("22012", StringComparison.Ordinal)), StringComparison.Ordinal);

        var large = (await folder.RunAsync("sql", "SELECT n, repeat('é', 400) FROM generate_series(1, 20000) AS s (n)", "--json")).Done().Json.GetProperty("rows");
        Assert.Equal((20_000, 20_000), (large.GetArrayLength(), large[19_999][0].GetInt32()));
    }

    [Fact]
    public async Task What_outgrows_the_memory_lies_in_a_file_and_comes_out_whole()
    {
        await using var kept = new WholeOutput(maxMemoryBytes: 100);
        var expected = "";
        foreach (var text in (string[])["😀 é ", new('x', 90), "\n", new('y', 300), "end"])
        {
            kept.Write(text);
            expected += text;
        }

        var output = new StringWriter();
        await kept.CopyToAsync(output, Token);

        Assert.True(kept.IsInFile);
        Assert.Equal(expected, output.ToString());
    }
}
