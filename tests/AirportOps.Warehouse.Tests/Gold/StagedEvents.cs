using System.Text;
using AirportOps.Ingest;
using AirportOps.Reference;
using AirportOps.Simulator;
using Npgsql;
using NpgsqlTypes;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>Clean events as JSON, and their way into staging without files: what a load would leave there, in a hundredth of the code.</summary>
internal static class StagedEvents
{
    private const int RowsPerBatch = 10_000;

    /// <summary>Events of a simulated day, all four types, without mess.</summary>
    internal static List<string> Simulate(int count, int seed)
    {
        var simulator = new AirportSimulator(
            new SimulatorOptions { Events = count, Mess = 0, Seed = (ulong)seed, Date = new DateOnly(2026, 3, 1) }, ReferenceTables.Default);
        var events = new List<string>();
        foreach (var batch in simulator.Batches())
        {
            using (batch)
            {
                events.AddRange(batch.Records.Select(record => Encoding.UTF8.GetString(record.Data.Span)));
            }
        }

        return events;
    }

    /// <summary>Stages the events of the recorded flights that come with the product.</summary>
    internal static async Task StageRecordedAsync(this WarehouseDatabase database)
    {
        using var file = FlightFile.OpenBundled(ReferenceTables.Default);
        var batch = new FlightEventBatch();
        while (file.Read(batch, RowsPerBatch))
        {
            await database.StageAsync("recorded", [.. batch.Select(one => Encoding.UTF8.GetString(one.Data.Span))]);
        }
    }

    /// <summary>Loads events as a window of their own, under the next load number.</summary>
    internal static async Task StageAsync(this WarehouseDatabase database, string shard, IReadOnlyList<string> events)
    {
        await using var connection = await database.ConnectAsync(TestContext.Current.CancellationToken);
        await RunAsync(
            """
            INSERT INTO ops.load_batch (batch_id, load_number, stream, shard, ordinal, first_sequence, last_sequence, watermark,
                flight_rows, baggage_rows, security_rows, ground_rows, duplicates, loaded_at)
            SELECT $1 || n.load_number, n.load_number, 'events', $1, n.load_number, '1', '1', m.watermark, 0, 0, 0, 0, 0, getdate()
            FROM (SELECT COALESCE(MAX(load_number), 0) + 1 AS load_number FROM ops.load_batch) n
            CROSS JOIN (SELECT MAX(CAST(e ->> 'event_time' AS TIMESTAMP)) AS watermark FROM jsonb_array_elements($2) e) m
            """);
        foreach (var type in new[] { "flight", "baggage", "security", "ground" }.Where(type => events.Any(one => one.Contains($"\"event_type\":\"{type}\"", StringComparison.Ordinal))))
        {
            await RunAsync(
                $$"""
                INSERT INTO staging.{{type}}_event
                SELECT r.*
                FROM jsonb_array_elements($2) e
                CROSS JOIN (SELECT batch_id FROM ops.load_batch WHERE load_number = (SELECT MAX(load_number) FROM ops.load_batch)) b
                CROSS JOIN LATERAL jsonb_populate_record(
                    NULL::staging.{{type}}_event,
                    e || jsonb_build_object(
                        'airport', COALESCE(e -> 'airport', e -> 'origin'), 'arrived', e -> 'event_time', 'shard', CAST($1 AS TEXT), 'sequence', '1', 'batch_id', b.batch_id)) r
                WHERE e ->> 'event_type' = '{{type}}'
                """);
        }

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection)
            {
                Parameters =
                {
                    new() { Value = shard },
                    new() { Value = $"[{string.Join(',', events)}]", NpgsqlDbType = NpgsqlDbType.Jsonb },
                },
            };
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
