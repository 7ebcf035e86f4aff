using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AirportOps.Benchmarks.Comparison;
using AirportOps.Benchmarks.Input;
using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AirportOps.Benchmarks.Load;

/// <summary>
/// The loader, from Silver files to a committed journal, against psql copying the same rows in the server's own binary format into the same tables with the
/// same indexes, in one transaction. Both begin with empty tables and a checkpoint. Prints; passes no judgement.
/// </summary>
internal static class LoadComparison
{
    private const int PageRead = 4096;

    private static string Folder { get; } = Path.Combine(RepositoryFolder.Results, "load");

    /// <summary>Makes the input, runs both in turn, prints medians and the ratio.</summary>
    /// <exception cref="ComparisonException">A step fails.</exception>
    internal static async Task<int> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var data = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"data-{options.Events}"));
        await MakeSilverAsync(data, options, cancellationToken);
        await using var warehouse = await WarehouseDatabase.OpenAsync(
            $"local:{Path.Combine(data, "warehouse")}", new LocalClusterOptions(), NullLogger.Instance, cancellationToken);
        await new MigrationRunner(warehouse, ScriptFolder.Shipped, TimeProvider.System, NullLogger.Instance).UpAsync(cancellationToken);
        var lake = FileLake.Open(Path.Combine(data, "lake"), TimeProvider.System);

        // The first load is not counted: it gives the rows that psql copies, and warms the program up.
        await EmptyAsync(warehouse, cancellationToken);
        var rows = (await LoadAsync(warehouse, lake, cancellationToken)).Rows;
        var exported = await ExportAsync(warehouse, data, cancellationToken);

        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var run = 1; run <= options.Runs; run++)
        {
            // In turn, so that a busy minute falls on both alike.
            await Console.Error.WriteLineAsync($"bench: run {run} of {options.Runs}");
            await EmptyAsync(warehouse, cancellationToken);
            ours.Add(await TimeAsync(async () => Check(rows, (await LoadAsync(warehouse, lake, cancellationToken)).Rows)));
            await EmptyAsync(warehouse, cancellationToken);
            theirs.Add(await TimeAsync(() => PsqlAsync(warehouse, exported.Select(CopyIn), cancellationToken)));
        }

        var (own, other) = (Median(ours), Median(theirs));
        Line($"{rows:N0} rows in four tables, medians of {options.Runs} runs");
        Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores");
        Line($"");
        Line($"{"",-28} {"rows/s",12} {"seconds",8} {"slowest",8}");
        Line($"{"loader, journal included",-28} {rows / own,12:N0} {own,8:N2} {ours.Max(),8:N2}");
        Line($"{"psql \\copy, binary",-28} {rows / other,12:N0} {other,8:N2} {theirs.Max(),8:N2}");
        Line($"");
        Line($"the loader has {100 * other / own:N0} % of psql's rows a second");
        return 0;
    }

    /// <summary>Simulates and cleans once; later runs find it.</summary>
    private static async Task MakeSilverAsync(string data, LoadOptions options, CancellationToken cancellationToken)
    {
        var done = Path.Combine(data, "done");
        if (File.Exists(done))
        {
            return;
        }

        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        var program = Path.Combine(RepositoryFolder.Root, "airportops");
        var events = options.Events.ToString(CultureInfo.InvariantCulture);
        var day = SampleRecords.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await MeasuredProcess.RunAsync([program, "simulate", "--data", data, "--events", events, "--date", day], cancellationToken);
        await MeasuredProcess.RunAsync([program, "silver", "--once", "--no-load", "--data", data], cancellationToken);
        await File.WriteAllTextAsync(done, "", cancellationToken);
    }

    private static Task<LoadOutcome> LoadAsync(WarehouseDatabase warehouse, ILake lake, CancellationToken cancellationToken) =>
        new LoaderStage(new WindowStore(lake), lake, new PostgresStagingStore(warehouse, NullLogger.Instance), TimeProvider.System)
            .RunAsync(null, Drain.Now(), new StageProgress("load"), cancellationToken);

    private static async Task EmptyAsync(WarehouseDatabase warehouse, CancellationToken cancellationToken)
    {
        var tables = string.Join(", ", EntityNames.All.Select(entity => $"staging.{entity.Name()}").Append("ops.load_batch"));
        await using var connection = await warehouse.ConnectAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"TRUNCATE {tables}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var checkpoint = new NpgsqlCommand("CHECKPOINT", connection);
        await checkpoint.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Writes each table in the server's binary format, in the order that the loader gave it, and reads the files once into the cache.</summary>
    private static async Task<IReadOnlyList<(string Table, string File)>> ExportAsync(WarehouseDatabase warehouse, string data, CancellationToken cancellationToken)
    {
        var files = EntityNames.All.Select(entity => ($"staging.{entity.Name()}", Path.Combine(data, entity.Name() + ".bin"))).ToList();
        await PsqlAsync(warehouse, files.Select(file => $"\\copy {file.Item1} TO '{file.Item2}' (FORMAT binary)"), cancellationToken);
        foreach (var (_, file) in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, PageRead);
            await stream.CopyToAsync(Stream.Null, cancellationToken);
        }

        return files;
    }

    private static string CopyIn((string Table, string File) copy) => $"\\copy {copy.Table} FROM '{copy.File}' (FORMAT binary)";

    private static async Task PsqlAsync(WarehouseDatabase warehouse, IEnumerable<string> commands, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(warehouse.Cluster!.ConnectionString);
        string[] arguments =
        [
            "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--single-transaction",
            "--host", settings.Host!, "--port", settings.Port.ToString(CultureInfo.InvariantCulture), "--username", settings.Username!, settings.Database!,
            .. commands.SelectMany(command => new[] { "--command", command }),
        ];
        using var process = Process.Start(new ProcessStartInfo("psql", arguments) { RedirectStandardError = true })
            ?? throw new ComparisonException("psql could not be started");
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new ComparisonException($"psql failed: {errors.TrimEnd()}");
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        // Nobody pays for the garbage of the other.
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private static void Check(long expected, long loaded)
    {
        if (loaded != expected)
        {
            throw new ComparisonException($"a run loaded {loaded} rows instead of {expected}");
        }
    }

    private static double Median(List<double> seconds)
    {
        var sorted = seconds.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
