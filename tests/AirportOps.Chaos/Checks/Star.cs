using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AirportOps.Warehouse.Tests.Gold;

namespace AirportOps.Chaos.Checks;

/// <summary>
/// All rows of every dimension and fact, by table and sorted, keys spelt as what they stand for: equal for warehouses of equal content.
/// </summary>
/// <param name="Tables">The rows by table.</param>
internal sealed record Star(IReadOnlyDictionary<string, IReadOnlyList<string>> Tables)
{
    /// <summary>Reads a warehouse.</summary>
    /// <param name="sql">Runs <c>sql</c> with words behind it and gives its output.</param>
    internal static async Task<Star> ReadAsync(Func<string[], Task<string>> sql)
    {
        // One query for all tables: each call of the program may start a private warehouse and stop it.
        var columns = (await RowsAsync(StarQueries.Columns)).Select(column => column.Split(','));
        var tables = columns.GroupBy(column => column[0], column => column[1])
            .Select(table => $"SELECT '{table.Key}' AS name, CAST(ROW_TO_JSON(q) AS VARCHAR) AS content FROM ({StarQueries.Of(table.Key, table)}) q");
        var rows = await RowsAsync(string.Join(" UNION ALL ", tables));
        return new Star(rows.Select(row => row.Split(',', 2)).GroupBy(row => row[0], row => row[1]).ToDictionary(
            table => table.Key, table => (IReadOnlyList<string>)[.. table.Order(StringComparer.Ordinal)], StringComparer.Ordinal));

        async Task<IEnumerable<string>> RowsAsync(string query) =>
            (await sql([query, "--csv"])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.TrimEnd('\r'));
    }

    /// <summary>How another star differs from this one, a line a table: rows, checksums and the first row that is only in one.</summary>
    internal IEnumerable<string> Differences(Star other) =>
        from table in Tables.Keys.Union(other.Tables.Keys).Order(StringComparer.Ordinal)
        let expected = Tables.GetValueOrDefault(table, [])
        let found = other.Tables.GetValueOrDefault(table, [])
        where !expected.SequenceEqual(found)
        select string.Create(
            CultureInfo.InvariantCulture,
            $"gold.{table} has {found.Count} rows ({Checksum(found)}), a calm run's {expected.Count} ({Checksum(expected)}); ")
            + $"missing: {First(expected, found)}; too much: {First(found, expected)}";

    private static string Checksum(IEnumerable<string> rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))[..16];

    private static string First(IEnumerable<string> rows, IEnumerable<string> others) =>
        rows.Except(others).FirstOrDefault() ?? "none, or a row more than once";
}
