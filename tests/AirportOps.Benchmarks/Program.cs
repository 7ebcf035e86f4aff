using AirportOps.Benchmarks.Comparison;
using AirportOps.Benchmarks.Freshness;
using AirportOps.Benchmarks.Gold;
using AirportOps.Benchmarks.Kinesis;
using AirportOps.Benchmarks.Load;
using AirportOps.Benchmarks.Micro;
using BenchmarkDotNet.Running;

namespace AirportOps.Benchmarks;

/// <summary>Starts what <c>./dev bench</c> names: the comparison of whole processes, or BenchmarkDotNet on what a name is part of.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return args switch
            {
                ["clean", .. var options] => await CleanComparison.RunAsync(ComparisonOptions.Parse(options), stop.Token),
                ["load", .. var options] => await LoadComparison.RunAsync(LoadOptions.Parse(options), stop.Token),
                ["kinesis", .. var options] => await KinesisComparison.RunAsync(KinesisOptions.Parse(options), stop.Token),
                ["freshness", .. var options] => await FreshnessBenchmark.RunAsync(FreshnessOptions.Parse(options), stop.Token),
                [GoldBenchmark.Verb, .. var options] => await GoldBenchmark.RunAsync(options, stop.Token),
                [MeasuredProcess.Verb, .. var command] => await MeasuredProcess.RunInsideAsync(command),
                [DuckDbCleaner.Verb, var input, var output] => DuckDbCleaner.Run(input, output),
                [Tokeniser.Verb, var input] => Tokeniser.Run(input),
                _ => RunMicro(args),
            };
        }
        catch (ComparisonException exception)
        {
            await Console.Error.WriteLineAsync($"bench: {exception.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("bench: stopped");
            return 1;
        }
    }

    /// <summary>Without a name all; options of BenchmarkDotNet's own go through to it.</summary>
    private static int RunMicro(string[] args)
    {
        var (name, options) = args is [['-', ..], ..] or [] ? ("", args) : (args[0], args[1..]);
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
            .Run(["--filter", $"*{name}*", .. options], MicroConfig.Create())
            .ToList();
        return summaries.Count > 0 && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
