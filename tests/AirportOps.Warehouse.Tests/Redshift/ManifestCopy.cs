using System.Text.Json;
using System.Text.RegularExpressions;
using AirportOps.Lake;
using AirportOps.Parquet;
using AirportOps.Warehouse.Loading;
using Npgsql;

namespace AirportOps.Warehouse.Tests.Redshift;

/// <summary>
/// COPY … FORMAT AS PARQUET MANIFEST on PostgreSQL, as Redshift does it: the manifest is read, each file must have the size it says, and columns go by
/// position.
/// </summary>
internal sealed partial class ManifestCopy(ILake lake, string lakeUri)
{
    /// <summary>Runs a statement, if it is such a COPY.</summary>
    /// <param name="connection">Where the table is.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="table">The table to fill instead; null for the statement's own.</param>
    /// <returns>Whether it was one.</returns>
    internal async Task<bool> TryRunAsync(NpgsqlConnection connection, string statement, string? table = null)
    {
        if (CopyStatement().Match(statement) is not { Success: true } copy)
        {
            return false;
        }

        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY {table ?? copy.Groups["table"].Value} ({copy.Groups["columns"].Value}) FROM STDIN (FORMAT BINARY)");
        var rows = new BinaryCopyWriter(stream);
        rows.WriteHeader();
        using var json = JsonDocument.Parse(await lake.GetAsync(KeyOf(copy.Groups["manifest"].Value), CancellationToken.None));
        foreach (var entry in json.RootElement.GetProperty("entries").EnumerateArray())
        {
            Assert.True(entry.GetProperty("mandatory").GetBoolean());
            var content = await lake.GetAsync(KeyOf(entry.GetProperty("url").GetString()!), CancellationToken.None);
            Assert.Equal(content.Length, entry.GetProperty("meta").GetProperty("content_length").GetInt64());
            using var file = new ParquetReader(content);
            for (var group = 0; group < file.RowGroups.Count; group++)
            {
                var cursors = Enumerable.Range(0, file.Schema.Columns.Count).Select(column => new ColumnCursor(file.ReadColumn(group, column))).ToList();
                for (var row = 0; row < file.RowGroups[group].Rows; row++)
                {
                    rows.StartRow(cursors.Count);
                    cursors.ForEach(cursor => cursor.Write(row, rows));
                }
            }
        }

        await rows.FinishAsync(CancellationToken.None);
        return true;
    }

    /// <summary>The table and the columns of such a COPY; null for any other statement.</summary>
    internal static (string Table, string Columns)? Target(string statement) => CopyStatement().Match(statement) is { Success: true } copy
        ? (copy.Groups["table"].Value, copy.Groups["columns"].Value)
        : null;

    private string KeyOf(string url)
    {
        Assert.StartsWith(lakeUri + "/", url, StringComparison.Ordinal);
        return url[(lakeUri.Length + 1)..];
    }

    [GeneratedRegex("^COPY (?<table>[a-z0-9_]+) \\((?<columns>[a-z0-9_, ]+)\\) FROM '(?<manifest>[^']+)' IAM_ROLE (default|'[^']+') FORMAT AS PARQUET MANIFEST FILLRECORD$")]
    private static partial Regex CopyStatement();
}
