using System.Globalization;
using AirportOps.Benchmarks.Comparison;
using AirportOps.Reference;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AirportOps.Benchmarks.Gold;

/// <summary>
/// Builds the same increment onto a history and onto one ten times as long: what a build costs must follow the new events. Histories are made in
/// staging by the server itself: a fleet that flies there and back all day, three events a leg.
/// </summary>
internal static class GoldBenchmark
{
    internal const string Verb = "gold";

    private const int EventsPerLeg = 3;
    private const int LegsPerDay = 4_000;
    private const int LegsPerWindow = 10_000;
    private const int Aircraft = 1_000;
    private const int LongHistory = 10_000_000;
    private const int ShortHistory = 1_000_000;
    private const int Increment = 100_000;

    /// <summary>Runs it and prints a line a history, then the steps of both builds and the ratio.</summary>
    /// <param name="options"><c>--scale SHARE</c>: of 1 and 10 million events of history and 100,000 new ones, 0.001 to 1; 1.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ComparisonException">Another option.</exception>
    internal static async Task<int> RunAsync(string[] options, CancellationToken cancellationToken)
    {
        var scale = options switch
        {
            [] => 1,
            ["--scale", var text] when double.TryParse(text, CultureInfo.InvariantCulture, out var share) && share is >= 0.001 and <= 1 => share,
            _ => throw new ComparisonException($"'{string.Join(' ', options)}' can't be read; expected --scale 0.001…1"),
        };
        var small = await MeasureAsync((int)(ShortHistory * scale), (int)(Increment * scale), cancellationToken);
        var large = await MeasureAsync((int)(LongHistory * scale), (int)(Increment * scale), cancellationToken);
        foreach (var (step, seconds) in large.Steps)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {step,-28} {small.Steps[step],8:F2} s {seconds,8:F2} s"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ratio: {large.Wall / small.Wall:F2} by the clock, {large.Processor / small.Processor:F2} by the server's processor time"));
        return 0;
    }

    private static async Task<(double Wall, double Processor, Dictionary<string, double> Steps)> MeasureAsync(int history, int increment, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("airportops-bench-");
        try
        {
            await using var warehouse = await WarehouseDatabase.OpenAsync($"local:{folder.FullName}", new LocalClusterOptions(), NullLogger.Instance, cancellationToken);
            await new MigrationRunner(warehouse, ScriptFolder.Shipped, TimeProvider.System, NullLogger.Instance).UpAsync(cancellationToken);
            var legs = history / EventsPerLeg;
            await StageAsync(warehouse, 0, legs, cancellationToken);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"bench: {history:N0} events of history staged"));
            await BuildAsync(warehouse, step => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bench: built {step.Name} in {step.Elapsed.TotalSeconds:F1} s")), cancellationToken);
            await ExecuteAsync(warehouse, "VACUUM (ANALYZE)", cancellationToken);

            // Half of the increment are new legs, half later events of legs that are there.
            var touched = increment / EventsPerLeg / 2;
            await StageAsync(warehouse, legs, touched, cancellationToken);
            await AddLateAsync(warehouse, legs, increment / 2, cancellationToken);
            var before = await ProcessorSecondsAsync(warehouse, cancellationToken);
            var started = TimeProvider.System.GetTimestamp();
            var steps = new Dictionary<string, double>();
            await BuildAsync(warehouse, step => steps[step.Name] = steps.GetValueOrDefault(step.Name) + step.Elapsed.TotalSeconds, cancellationToken);
            var wall = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            var processor = await ProcessorSecondsAsync(warehouse, cancellationToken) - before;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{increment:N0} events onto {history:N0}: {wall:F2} s, {processor:F2} s of the server's processor time"));
            return (wall, processor, steps);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task BuildAsync(WarehouseDatabase warehouse, Action<GoldStep>? onStep, CancellationToken cancellationToken) =>
        new GoldBuild(warehouse, ScriptFolder.Shipped, ReferenceTables.Default, TimeProvider.System, NullLogger.Instance) { OnStep = onStep }
            .RunAsync(cancellationToken);

    /// <summary>Legs from number <paramref name="first"/> on: aircraft by turns, days filled one after the other, JFK to LAX and back.</summary>
    private static async Task StageAsync(WarehouseDatabase warehouse, int first, int count, CancellationToken cancellationToken)
    {
        var window = await JournalAsync(warehouse, (count + LegsPerWindow - 1) / LegsPerWindow, cancellationToken);
        await ExecuteAsync(
            warehouse,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                INSERT INTO staging.flight_event (event_id, event_time, arrived, source, airport, airline, flight_number, flight_date, origin, destination,
                    tail_number, aircraft_type, status, scheduled_departure, actual_departure, scheduled_arrival, actual_arrival, passengers, seats, shard, sequence, batch_id)
                SELECT 'b' || l.n || '-' || e.n, CASE e.n WHEN 0 THEN l.off - INTERVAL '4 hours' WHEN 1 THEN l.off ELSE l.off + INTERVAL '4 hours' END, l.off, 'bench', l.origin,
                    'AA', 1 + l.n % {LegsPerDay}, CAST(l.off AS DATE), l.origin, l.destination, 'N' || l.n % {Aircraft}, 'B738',
                    CASE e.n WHEN 0 THEN 'scheduled' WHEN 1 THEN 'departed' ELSE 'arrived' END, l.off - INTERVAL '5 minutes',
                    CASE WHEN e.n > 0 THEN l.off END, l.off + INTERVAL '4 hours', CASE WHEN e.n > 1 THEN l.off + INTERVAL '4 hours 10 minutes' END, 120, 160, 's', '1',
                    'bench/s/' || {window} + (l.n - {first}) / {LegsPerWindow}
                FROM (
                    SELECT n, TIMESTAMP '2010-01-01 06:00' + n / {LegsPerDay} * INTERVAL '1 day' + n % {LegsPerDay} / {Aircraft} * INTERVAL '5 hours' AS off,
                        CASE WHEN n / {Aircraft} % 2 = 0 THEN 'JFK' ELSE 'LAX' END AS origin, CASE WHEN n / {Aircraft} % 2 = 0 THEN 'LAX' ELSE 'JFK' END AS destination
                    FROM generate_series({first}, {first + count - 1}) n
                ) l
                CROSS JOIN generate_series(0, {EventsPerLeg - 1}) e (n)
                """),
            cancellationToken);
    }

    /// <summary>A late event each of the last legs of the history.</summary>
    private static async Task AddLateAsync(WarehouseDatabase warehouse, int legs, int count, CancellationToken cancellationToken)
    {
        var window = await JournalAsync(warehouse, 1, cancellationToken);
        await ExecuteAsync(
            warehouse,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                INSERT INTO staging.flight_event
                SELECT (jsonb_populate_record(f, jsonb_build_object('event_id', 'late-' || f.event_id, 'passengers', 130,
                    'batch_id', 'bench/s/{window}'))).*
                FROM staging.flight_event f
                WHERE f.event_id IN (SELECT 'b' || n || '-2' FROM generate_series({Math.Max(0, legs - count)}, {legs - 1}) n)
                """),
            cancellationToken);
    }

    /// <summary>Books windows as loaded.</summary>
    /// <returns>The load number of the first; the others follow.</returns>
    private static async Task<long> JournalAsync(WarehouseDatabase warehouse, int windows, CancellationToken cancellationToken)
    {
        await using var connection = await warehouse.ConnectAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            WITH booked AS (
                INSERT INTO ops.load_batch (batch_id, load_number, stream, shard, ordinal, first_sequence, last_sequence, flight_rows, baggage_rows, security_rows, ground_rows, duplicates, loaded_at)
                SELECT 'bench/s/' || n.load_number, n.load_number, 'bench', 's', n.load_number, '1', '1', 0, 0, 0, 0, 0, getdate()
                FROM (SELECT (SELECT COALESCE(MAX(load_number), 0) FROM ops.load_batch) + i AS load_number FROM generate_series(1, @windows) i) n
                RETURNING load_number
            )
            SELECT MIN(load_number) FROM booked
            """,
            connection);
        command.Parameters.AddWithValue("windows", windows);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(WarehouseDatabase warehouse, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await warehouse.ConnectAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Of the server's processes that have ended: a build's connection has, once it is closed.</summary>
    private static async Task<double> ProcessorSecondsAsync(WarehouseDatabase warehouse, CancellationToken cancellationToken)
    {
        const int ChildrenUser = 13;
        const int ChildrenSystem = 14;
        const double TicksPerSecond = 100;
        await using var connection = await warehouse.ConnectAsync(cancellationToken);
        await using var others = new NpgsqlCommand("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", connection);
        while ((long)(await others.ExecuteScalarAsync(cancellationToken))! > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        // A process leaves that list a little before its parent has reaped it, which is when its time counts.
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        await using var command = new NpgsqlCommand("SELECT (string_to_array(pg_read_file('postmaster.pid'), E'\\n'))[1]", connection);
        var postmaster = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        var stat = await File.ReadAllTextAsync($"/proc/{postmaster}/stat", cancellationToken);
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[ChildrenUser], CultureInfo.InvariantCulture) + long.Parse(fields[ChildrenSystem], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
