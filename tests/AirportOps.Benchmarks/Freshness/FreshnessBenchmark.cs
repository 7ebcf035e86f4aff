using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AirportOps.Benchmarks.Comparison;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AirportOps.Benchmarks.Freshness;

/// <summary>
/// How old an event is when it can be read: <c>run</c> and <c>simulate --rate</c> as users start them, on a stream, lake and private PostgreSQL of
/// their own. Every event counts: the times of append stand in staging, and when each load and build became visible is watched from outside.
/// </summary>
internal static partial class FreshnessBenchmark
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>Runs it and prints percentiles by minute, then builds and what the processes took.</summary>
    /// <exception cref="ComparisonException">A process fails, or events don't come through in time.</exception>
    internal static async Task<int> RunAsync(FreshnessOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("airportops-bench-");
        try
        {
            await using var warehouse = await WarehouseDatabase.OpenAsync(
                $"local:{Path.Combine(folder.FullName, "warehouse")}", new LocalClusterOptions(), NullLogger.Instance, cancellationToken);
            await FinishAsync(Start(options, ["migrate", "up", "--data", folder.FullName]), cancellationToken);
            await MeasureAsync(options, folder.FullName, warehouse, cancellationToken);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(FreshnessOptions options, string folder, WarehouseDatabase warehouse, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new VisibilityWatch();
        var watching = watch.RunAsync(warehouse, stop.Token);
        using var run = Start(options, ["run", "--data", folder]);
        var said = run.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            var postmaster = await PostmasterAsync(warehouse, cancellationToken);
            var (serverBefore, runBefore) = (ProcessTree.ProcessorSeconds(postmaster), ProcessTree.ProcessorSeconds(run.Id));
            var started = Now;
            await AppendAsync(options, folder, cancellationToken);
            var seconds = (Now - started).TotalSeconds;
            var load = await File.ReadAllTextAsync("/proc/loadavg", cancellationToken);
            var (server, program) = (ProcessTree.ProcessorSeconds(postmaster) - serverBefore, ProcessTree.ProcessorSeconds(run.Id) - runBefore);
            await WaitUntilLevelAsync(watch, run, cancellationToken);

            await EndAsync(run, cancellationToken);
            await stop.CancelAsync();
            await watching;
            foreach (var line in (await ReportAsync(warehouse, watch, started, cancellationToken)).Lines().Concat(Builds(await said)))
            {
                Console.WriteLine(line);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"processor time a second, of {Environment.ProcessorCount} cores: run {program / seconds:F2}, PostgreSQL {server / seconds:F2}; "
                + $"load average {load.Split(' ')[0]}"));
        }
        finally
        {
            if (!run.HasExited)
            {
                run.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(FreshnessOptions options, string[] arguments)
    {
        var start = options.Program.EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", [options.Program, .. arguments])
            : new ProcessStartInfo(options.Program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        return Process.Start(start) ?? throw new ComparisonException($"{options.Program} could not be started");
    }

    private static async Task AppendAsync(FreshnessOptions options, string folder, CancellationToken cancellationToken)
    {
        var events = ((long)options.Rate * options.Seconds).ToString(CultureInfo.InvariantCulture);
        var rate = options.Rate.ToString(CultureInfo.InvariantCulture);
        string[] simulate = ["simulate", "--events", events, "--rate", rate, "--date", "2026-03-02", "--data", folder];
        await FinishAsync(Start(options, simulate), cancellationToken);
    }

    /// <summary>Waits for the end of a process, and disposes it.</summary>
    private static async Task FinishAsync(Process process, CancellationToken cancellationToken)
    {
        using var _ = process;
        var said = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new ComparisonException(
                $"'{string.Join(' ', process.StartInfo.ArgumentList)}' failed: {(await said).TrimEnd().Split('\n')[^1]}");
        }
    }

    /// <summary>Waits until nothing new has come into staging for a while and Gold has all of it.</summary>
    private static async Task WaitUntilLevelAsync(VisibilityWatch watch, Process run, CancellationToken cancellationToken)
    {
        var deadline = Now + Longest;
        while (!watch.IsLevel || Now - watch.LastChange < Quiet)
        {
            if (run.HasExited || Now > deadline)
            {
                throw new ComparisonException(
                    run.HasExited ? "run ended early" : $"Gold did not catch up with staging within {Longest.TotalMinutes} minutes");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    private static async Task EndAsync(Process run, CancellationToken cancellationToken)
    {
        using var signal = Process.Start("kill", ["-INT", run.Id.ToString(CultureInfo.InvariantCulture)]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        await run.WaitForExitAsync(limit.Token);
    }

    private static async Task<FreshnessReport> ReportAsync(
        WarehouseDatabase warehouse, VisibilityWatch watch, DateTime started, CancellationToken cancellationToken)
    {
        await using var connection = await warehouse.ConnectAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            SELECT b.load_number, array_agg(e.arrived)
            FROM (
                SELECT batch_id, arrived FROM staging.flight_event UNION ALL SELECT batch_id, arrived FROM staging.baggage_event
                UNION ALL SELECT batch_id, arrived FROM staging.security_event UNION ALL SELECT batch_id, arrived FROM staging.ground_event
            ) e
            JOIN ops.load_batch b ON b.batch_id = e.batch_id
            GROUP BY b.load_number
            """,
            connection);
        var report = new FreshnessReport();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var load = reader.GetInt64(0);
            var appended = await reader.GetFieldValueAsync<DateTime[]>(1, cancellationToken);
            report.Add(appended, started, watch.StagedAt(load)!.Value, watch.BuiltAt(load)!.Value);
        }

        return report;
    }

    /// <summary>What the program said of its builds, by minutes' worth of them: growth shows.</summary>
    private static IEnumerable<string> Builds(string said)
    {
        var milliseconds = BuildLine().Matches(said)
            .Select(line => double.Parse(line.Groups["ms"].Value, CultureInfo.InvariantCulture)).ToList();
        var half = milliseconds.Count / 2;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"builds: {milliseconds.Count}, mean {Mean(milliseconds):F2} s, "
            + $"first half {Mean(milliseconds[..half]):F2} s, second half {Mean(milliseconds[half..]):F2} s");
    }

    private static double Mean(List<double> milliseconds) => milliseconds.Count == 0 ? 0 : milliseconds.Average() / 1000;

    private static async Task<int> PostmasterAsync(WarehouseDatabase warehouse, CancellationToken cancellationToken)
    {
        await using var connection = await warehouse.ConnectAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT (string_to_array(pg_read_file('postmaster.pid'), E'\\n'))[1]", connection);
        return int.Parse((string)(await command.ExecuteScalarAsync(cancellationToken))!, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Built Gold \d+: .* in (?<ms>\d+) ms")]
    private static partial Regex BuildLine();
}
