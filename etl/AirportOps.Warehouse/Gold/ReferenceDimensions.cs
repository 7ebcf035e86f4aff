using AirportOps.Reference;
using AirportOps.Warehouse.Migrations;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace AirportOps.Warehouse.Gold;

/// <summary>Fills the airlines and airports of the star schema from the reference tables, when those are others than last time.</summary>
internal sealed class ReferenceDimensions(NpgsqlConnection connection, ScriptFolder folder, ReferenceTables reference, ILogger logger)
{
    /// <param name="run">Runs a script on the connection.</param>
    /// <param name="cancellationToken">Stops the work; the transaction it stands in is then rolled back.</param>
    internal async Task UpdateAsync(Func<NpgsqlConnection, Script, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var isThere = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT COUNT(*) > 0 FROM ops.reference_load WHERE reference_version = @Version AND loaded_at = (SELECT MAX(loaded_at) FROM ops.reference_load)",
            new { reference.Version },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (isThere)
        {
            return;
        }

        var scripts = folder.Reference();
        await run(connection, scripts[0], cancellationToken).ConfigureAwait(false);

        // A code may stand in several rows: the active one is meant, of equals the first.
        var airlines = reference.Airlines.GroupBy(row => row.Iata).Select(rows => rows.OrderByDescending(row => row.IsActive).First()).ToList();
        await CopyAsync(
            "COPY reference_airline (airline, icao, airline_name, callsign, country, is_active) FROM STDIN (FORMAT BINARY)",
            airlines,
            row => [row.Iata, row.Icao, row.Name, row.Callsign, row.Country, row.IsActive],
            cancellationToken).ConfigureAwait(false);
        var airports = reference.Airports.DistinctBy(row => row.Iata).ToList();
        await CopyAsync(
            "COPY reference_airport (airport, icao, airport_name, city, country, latitude, longitude, altitude_feet, time_zone) FROM STDIN (FORMAT BINARY)",
            airports,
            row => [row.Iata, row.Icao, row.Name, row.City, row.Country, row.Latitude, row.Longitude, row.AltitudeFeet, row.TimeZone],
            cancellationToken).ConfigureAwait(false);

        foreach (var script in scripts.Skip(1))
        {
            await run(connection, script, cancellationToken).ConfigureAwait(false);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO ops.reference_load (reference_version, loaded_at) VALUES (@Version, getdate())",
            new { reference.Version },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        Log.FilledReference(logger, reference.Version, airlines.Count, airports.Count);
    }

    private async Task CopyAsync<T>(string copy, IEnumerable<T> rows, Func<T, object?[]> values, CancellationToken cancellationToken)
    {
        var import = await connection.BeginBinaryImportAsync(copy, cancellationToken).ConfigureAwait(false);
        await using var _ = import.ConfigureAwait(false);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellationToken).ConfigureAwait(false);
            foreach (var value in values(row))
            {
                await WriteAsync(import, value, cancellationToken).ConfigureAwait(false);
            }
        }

        await import.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter import, object? value, CancellationToken cancellationToken) => value switch
    {
        null => import.WriteNullAsync(cancellationToken),
        string text => import.WriteAsync(text, NpgsqlDbType.Varchar, cancellationToken),
        int number => import.WriteAsync(number, NpgsqlDbType.Integer, cancellationToken),
        double number => import.WriteAsync(number, NpgsqlDbType.Double, cancellationToken),
        bool flag => import.WriteAsync(flag, NpgsqlDbType.Boolean, cancellationToken),
        _ => throw new InvalidOperationException($"Reference rows have no {value.GetType().Name}."),
    };
}
