using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>
/// Rows of staging with the extreme values of every column's type, past all that cleaning bounds: what Silver's types can hold is what may come once.
/// Keys come from small sets, so that rows meet in legs, stays, bags and services.
/// </summary>
internal sealed class ExtremeRows(Random random)
{
    private static readonly DateTime[] Instants =
    [
        DateTime.MinValue, new(1, 1, 1, 23, 59, 59), new(1582, 10, 15), new(1969, 12, 31, 23, 59, 59), DateTime.UnixEpoch, new(2000, 2, 29, 12, 0, 0),
        new(2026, 3, 1, 6, 0, 0), new(2026, 3, 1, 14, 5, 0), new(2026, 3, 1, 23, 59, 59), new(2026, 3, 29, 1, 30, 0), new(9999, 12, 31), new(9999, 12, 31, 23, 59, 59),
    ];

    private static readonly DateTime Epoch = new(2000, 1, 1);

    private static readonly int[] Integers = [int.MinValue, int.MinValue + 1, -1440, -1, 0, 1, 49, 50, 1000, 999_999_999, int.MaxValue - 1, int.MaxValue];

    private static readonly double[] Doubles =
        [double.MinValue, -1, -0.0, 0, double.Epsilon, 12.5, 199.99, 600, 1e9, 1e15, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["airline"] = ["AA", "BA", "", "é"],
        ["airport"] = ["JFK", "LHR", "DXB", ""],
        ["origin"] = ["JFK", "LHR", "SYD"],
        ["destination"] = ["LHR", "JFK", "SYD", ""],
        ["flight_suffix"] = ["A", ""],
        ["status"] = ["scheduled", "boarding", "delayed", "departed", "arrived", "arrived", "departed", "cancelled", "diverted", "", "another"],
        ["tail_number"] = ["N1", "N2", "N2", ""],
        ["bag_tag"] = ["0000000000", "0001234567", "9999999999", ""],
        ["scan_point"] = ["checkin", "sorter", "loaded", "unloaded", "claim", "mishandled", ""],
        ["checkpoint"] = ["A", "B", ""],
        ["service"] = ["fueling", "cleaning", ""],
        ["phase"] = ["start", "end", "start", "end", ""],
        ["delay_cause"] = ["carrier", "weather", "another"],
        ["cancellation_cause"] = ["nas", "security", ""],
    };

    private int _lastId;

    /// <summary>Adds rows to each staging table, as a load of its own.</summary>
    internal async Task StageAsync(WarehouseDatabase database, int rows, CancellationToken cancellationToken)
    {
        var columns = await database.RowsAsync(
            """
            SELECT table_name, column_name, udt_name, COALESCE(character_maximum_length, 0), is_nullable FROM information_schema.columns
            WHERE table_schema = 'staging' ORDER BY table_name, ordinal_position
            """);
        var batch = string.Create(CultureInfo.InvariantCulture, $"extreme {++_lastId}");
        var watermark = Instants[random.Next(Instants.Length)].ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        await database.ExecuteAsync(
            $"""
            INSERT INTO ops.load_batch (batch_id, load_number, stream, shard, ordinal, first_sequence, last_sequence, watermark,
                flight_rows, baggage_rows, security_rows, ground_rows, duplicates, loaded_at)
            SELECT '{batch}', n.load_number, 'events', 's', n.load_number, '1', '1', '{watermark}', {rows}, {rows}, {rows}, {rows}, 0, GETDATE()
            FROM (SELECT COALESCE(MAX(load_number), 0) + 1 AS load_number FROM ops.load_batch) n
            """);
        await using var connection = await database.ConnectAsync(cancellationToken);
        foreach (var table in columns.Select(line => line.Split('|')).GroupBy(column => column[0]))
        {
            var described = table.ToList();
            await using var import = await connection.BeginBinaryImportAsync(
                $"COPY staging.{table.Key} ({string.Join(", ", described.Select(column => column[1]))}) FROM STDIN (FORMAT BINARY)", cancellationToken);
            for (var row = 0; row < rows; row++)
            {
                await import.StartRowAsync(cancellationToken);
                foreach (var column in described)
                {
                    await WriteAsync(import, column, batch, cancellationToken);
                }
            }

            await import.CompleteAsync(cancellationToken);
        }
    }

    private async Task WriteAsync(NpgsqlBinaryImporter import, string[] column, string batch, CancellationToken cancellationToken)
    {
        var (name, type, length) = (column[1], column[2], int.Parse(column[3], CultureInfo.InvariantCulture));
        // A record of a codeshare is no leg, so few rows are one.
        if ((column[4] == "YES" && name != "batch_id" && random.Next(4) == 0) || (name == "codeshare_of" && random.Next(8) > 0))
        {
            await import.WriteNullAsync(cancellationToken);
            return;
        }

        await (type switch
        {
            "varchar" => import.WriteAsync(Text(name, length, batch), NpgsqlDbType.Varchar, cancellationToken),
            "int4" => import.WriteAsync(name == "flight_number" && random.Next(3) > 0 ? 100 : Integers[random.Next(Integers.Length)], NpgsqlDbType.Integer, cancellationToken),
            "float8" => import.WriteAsync(Doubles[random.Next(Doubles.Length)], NpgsqlDbType.Double, cancellationToken),
            // As PostgreSQL counts them, from 2000 on: the driver takes the first and the last DateTime for the infinities.
            "date" => import.WriteAsync((int)(Instant().Date - Epoch).TotalDays, NpgsqlDbType.Date, cancellationToken),
            "timestamp" => import.WriteAsync((Instant().Ticks - Epoch.Ticks) / 10, NpgsqlDbType.Timestamp, cancellationToken),
            _ => throw new InvalidOperationException($"Staging has no columns of type {type}."),
        });
    }

    /// <summary>Half of them on one morning, so that things follow each other in minutes too.</summary>
    private DateTime Instant() => random.Next(2) == 0 ? Instants[random.Next(Instants.Length)] : new DateTime(2026, 3, 1, 6, 0, 0).AddMinutes(random.Next(400));

    private string Text(string name, int length, string batch) => name switch
    {
        "event_id" => string.Create(CultureInfo.InvariantCulture, $"{++_lastId:D64}"),
        "batch_id" => batch,
        _ => Words.TryGetValue(name, out var words) && random.Next(8) > 0 ? words[random.Next(words.Length)] : AnyText(length),
    };

    /// <summary>Nothing, a blank, what SQL and JSON give a meaning, and as many bytes as the column holds.</summary>
    private string AnyText(int length)
    {
        var text = random.Next(6) switch
        {
            0 => "",
            1 => " ",
            2 => "'\"\\%_{}[]\n\t",
            3 => new string('x', length),
            4 => new string('é', length / 2),
            _ => "\u0001\uFFFD😀",
        };
        while (Encoding.UTF8.GetByteCount(text) > length)
        {
            text = text[..^(char.IsLowSurrogate(text[^1]) ? 2 : 1)];
        }

        return text;
    }
}
