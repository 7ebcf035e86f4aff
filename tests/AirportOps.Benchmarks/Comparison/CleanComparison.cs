using System.Globalization;
using System.Runtime.InteropServices;
using AirportOps.Benchmarks.Input;
using AirportOps.Cleaning;
using AirportOps.Reference;
using AirportOps.Simulator;

namespace AirportOps.Benchmarks.Comparison;

/// <summary>
/// <c>airportops clean</c> against DuckDB doing the same in SQL and against merely reading the tokens, each as a whole process on the same
/// file. Prints; passes no judgement.
/// </summary>
internal static class CleanComparison
{
    private static string Folder { get; } = Path.Combine(RepositoryFolder.Results, "clean");

    /// <summary>Makes the input, runs everyone in turn, prints medians and ratios.</summary>
    /// <exception cref="ComparisonException">A contestant can't run.</exception>
    internal static async Task<int> RunAsync(ComparisonOptions options, CancellationToken cancellationToken)
    {
        var input = Path.Combine(Folder, "events.jsonl");
        Directory.CreateDirectory(Folder);
        var records = WriteInput(input, options);
        string[] self = [Environment.ProcessPath!, .. MeasuredProcess.SelfArguments()];
        var (ours, theirs) = (Path.Combine(Folder, "airportops"), Path.Combine(Folder, "duckdb"));
        Contestant[] all =
        [
            new("airportops clean", [Path.Combine(RepositoryFolder.Root, "airportops"), "clean", input, "--out", ours], ours),
            new("DuckDB, SQL", [.. self, DuckDbCleaner.Verb, input, theirs], theirs),
            new("Utf8JsonReader, tokens only", [.. self, Tokeniser.Verb, input], null),
        ];

        // ./airportops builds itself when its sources have changed: not in a measured run.
        await MeasuredProcess.RunAsync([all[0].Command[0], "--version"], cancellationToken);
        for (var run = 1; run <= options.Runs; run++)
        {
            // In turn, so that a busy minute falls on all alike.
            foreach (var contestant in all)
            {
                await Console.Error.WriteLineAsync($"bench: run {run} of {options.Runs}, {contestant.Name}");
                await contestant.RunAsync(cancellationToken);
            }
        }

        Print(options, records, new FileInfo(input).Length, all);
        return 0;
    }

    /// <summary>Writes the input, which every run of the same options makes the same, and dates it: 'clean' takes that as arrival.</summary>
    private static long WriteInput(string path, ComparisonOptions options)
    {
        var simulator = new AirportSimulator(
            new SimulatorOptions { Events = options.Events, Mess = options.Mess, Date = SampleRecords.Day }, ReferenceTables.Default);
        long records = 0;
        using (var file = File.Create(path))
        {
            foreach (var batch in simulator.Batches())
            {
                using (batch)
                {
                    foreach (var record in batch.Records)
                    {
                        file.Write(record.Data.Span);
                        file.WriteByte((byte)'\n');
                        records++;
                    }
                }
            }
        }

        File.SetLastWriteTimeUtc(path, SampleRecords.Arrived.UtcDateTime);
        return records;
    }

    private static void Print(ComparisonOptions options, long records, long bytes, Contestant[] all)
    {
        Line($"{options.Events:N0} events in {records:N0} records, {bytes / 1e6:N1} MB, mess {options.Mess:0.##}; medians of {options.Runs} runs");
        Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, load {Load()}");
        Line($"");
        Line($"{"",-28} {"events/s",12} {"MB/s",8} {"seconds",8} {"CPU s",8} {"peak MB",8} {"out MB",8}");
        foreach (var one in all)
        {
            Line($"{one.Name,-28} {options.Events / one.Seconds,12:N0} {bytes / 1e6 / one.Seconds,8:N1} {one.Seconds,8:N2} {one.CpuSeconds,8:N2} {one.PeakBytes / 1e6,8:N0} {one.OutputBytes(null) / 1e6,8:N1}");
        }

        var ours = all[0];
        Line($"");
        foreach (var other in all[1..])
        {
            Line($"airportops clean against {other.Name}: {other.Seconds / ours.Seconds:N2} times the speed, {ours.CpuSeconds / other.CpuSeconds:N2} of the CPU time, {ours.PeakBytes / other.PeakBytes:N2} of the memory");
        }

        Line($"");
        Line($"{"Parquet bytes",-28} {"ours",12} {"DuckDB",12} {"ratio",8}   DuckDB writing the same rows and columns");
        foreach (var entity in EntityNames.All)
        {
            var own = ours.OutputBytes(entity.Name());
            var other = DuckDbCleaner.Rewritten(Path.Combine(Folder, "airportops", "silver", entity.Name()));
            Line($"{entity.Name(),-28} {own,12:N0} {other,12:N0} {(double)own / other,8:N2}");
        }
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
