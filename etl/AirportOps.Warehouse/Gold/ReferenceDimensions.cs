using AirportOps.Reference;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Gold;

/// <summary>Fills the airlines and airports of the star schema from the reference tables, when those are others than last time.</summary>
internal sealed class ReferenceDimensions(IWarehouseSession session, ScriptFolder folder, ReferenceTables reference, ILogger logger)
{
    /// <summary>A query that gives a row when the dimensions were filled from these tables last.</summary>
    internal static string Settled(ReferenceTables reference) =>
        $"SELECT 1 FROM ops.reference_load WHERE reference_version = {SqlText.Quote(reference.Version)} AND loaded_at = (SELECT MAX(loaded_at) FROM ops.reference_load)";

    /// <param name="run">Runs a script in the session.</param>
    /// <param name="cancellationToken">Stops the work; the transaction it stands in is then rolled back.</param>
    internal async Task UpdateAsync(Func<IWarehouseSession, Script, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        if ((await session.QueryAsync(Settled(reference), cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            return;
        }

        var scripts = folder.Reference();
        await run(session, scripts[0], cancellationToken).ConfigureAwait(false);

        // A code may stand in several rows: in the first table that has it the active one is meant, of equals the first.
        var airlines = reference.Airlines.GroupBy(row => row.Iata)
            .Select(rows => rows.OrderBy(row => row.Source).ThenByDescending(row => row.IsActive).First()).ToList();
        await session.InsertAsync(
            "reference_airline",
            ["airline", "icao", "airline_name", "callsign", "country", "is_active"],
            airlines.Select(row => (object?[])[row.Iata, row.Icao, row.Name, row.Callsign, row.Country, row.IsActive]),
            cancellationToken).ConfigureAwait(false);
        var airports = reference.Airports.DistinctBy(row => row.Iata).ToList();
        await session.InsertAsync(
            "reference_airport",
            ["airport", "icao", "airport_name", "city", "country", "latitude", "longitude", "altitude_feet", "time_zone"],
            airports.Select(row => (object?[])[row.Iata, row.Icao, row.Name, row.City, row.Country, row.Latitude, row.Longitude, row.AltitudeFeet, row.TimeZone]),
            cancellationToken).ConfigureAwait(false);

        foreach (var script in scripts.Skip(1))
        {
            await run(session, script, cancellationToken).ConfigureAwait(false);
        }

        await session.ExecuteAsync(
            $"INSERT INTO ops.reference_load (reference_version, loaded_at) SELECT {SqlText.Quote(reference.Version)}, GETDATE()", cancellationToken)
            .ConfigureAwait(false);
        Log.FilledReference(logger, reference.Version, airlines.Count, airports.Count);
    }
}
