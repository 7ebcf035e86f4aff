namespace AirportOps.Cli.Tests.Support;

/// <summary>
/// All rows of staging and of the flights' fact as sorted lines, without what may differ between two warehouses of equal content: keys given out in the
/// order of arrival, batches and builds.
/// </summary>
internal static class WarehouseDump
{
    private const string Query = """
        SELECT 'flight' AS what, (to_jsonb(t) - 'batch_id')::text AS content FROM staging.flight_event t
        UNION ALL SELECT 'baggage', (to_jsonb(t) - 'batch_id')::text FROM staging.baggage_event t
        UNION ALL SELECT 'security', (to_jsonb(t) - 'batch_id')::text FROM staging.security_event t
        UNION ALL SELECT 'ground', (to_jsonb(t) - 'batch_id')::text FROM staging.ground_event t
        UNION ALL SELECT 'leg', (to_jsonb(f) - '{flight_key,airline_key,origin_airport_key,destination_airport_key,route_key,aircraft_key,build_number}'::text[])::text
            FROM gold.fact_flight f
        """;

    /// <summary>Reads the warehouse that options name.</summary>
    internal static async Task<IReadOnlyList<string>> ReadAsync(TestFolder folder, params string[] options)
    {
        var rows = (await folder.RunAsync(["sql", Query, "--csv", .. options])).Done().Output;
        return [.. rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Order(StringComparer.Ordinal)];
    }
}
