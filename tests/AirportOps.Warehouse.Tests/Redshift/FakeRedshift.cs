using System.Text.Json;
using System.Text.RegularExpressions;
using AirportOps.Lake;
using AirportOps.Parquet;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Sql;
using Npgsql;

namespace AirportOps.Warehouse.Tests.Redshift;

/// <summary>
/// Runs Redshift's statements on PostgreSQL. COPY is done as Redshift does it: the manifest is read, each file must have the size it says, and columns go
/// by position.
/// </summary>
internal sealed partial class FakeRedshift(WarehouseDatabase database, ILake lake, string lakeUri)
{
    /// <summary>Runs statements as one transaction.</summary>
    internal async Task RunAsync(IReadOnlyList<string> statements)
    {
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in statements)
        {
            if (CopyStatement().Match(statement) is { Success: true } copy)
            {
                await CopyAsync(connection, copy.Groups["table"].Value, copy.Groups["columns"].Value, copy.Groups["manifest"].Value);
            }
            else
            {
                await using var command = new NpgsqlCommand(PostgresDialect.Render(statement).Single().Text, connection, transaction);
                await command.ExecuteNonQueryAsync();
            }
        }

        await transaction.CommitAsync();
    }

    internal async Task<List<IReadOnlyList<string?>>> QueryAsync(string query)
    {
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(query, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<IReadOnlyList<string?>>();
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]);
        }

        return rows;
    }

    private async Task CopyAsync(NpgsqlConnection connection, string table, string columns, string manifest)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)");
        var copy = new BinaryCopyWriter(stream);
        copy.WriteHeader();
        using var json = JsonDocument.Parse(await lake.GetAsync(KeyOf(manifest), CancellationToken.None));
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
                    copy.StartRow(cursors.Count);
                    cursors.ForEach(cursor => cursor.Write(row, copy));
                }
            }
        }

        await copy.FinishAsync(CancellationToken.None);
    }

    private string KeyOf(string url)
    {
        Assert.StartsWith(lakeUri + "/", url, StringComparison.Ordinal);
        return url[(lakeUri.Length + 1)..];
    }

    [GeneratedRegex("^COPY (?<table>[a-z0-9_]+) \\((?<columns>[a-z0-9_, ]+)\\) FROM '(?<manifest>[^']+)' IAM_ROLE '[^']+' FORMAT AS PARQUET MANIFEST FILLRECORD$")]
    private static partial Regex CopyStatement();
}
