using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse.DataTests;
using AirportOps.Warehouse.Migrations;

namespace AirportOps.Cli.Commands;

/// <summary><c>gold test</c>: runs the data tests; failed if one of severity error finds a row.</summary>
internal static class GoldTestVerb
{
    private static readonly Option<string?> Select = new("--select")
    {
        Description = "Only these: a table, a column of it, or a test, for instance fact_flight.status",
        HelpName = "NAME",
    };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("test", "Test the data of the warehouse; what fails is kept in ops.test_failure", RunAsync);
        command.Options.Add(Select);
        command.Options.Add(MetricsOption.Emf);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        // A mistyped name is told before a warehouse is asked for.
        DataTestRunner.CheckSelection(ScriptFolder.Shipped, context.Parsed.GetValue(Select));
        await using var watch = StageWatch.Start(context);
        await using var warehouse = await context.Places.OpenCurrentWarehouseAsync(cancellationToken);
        var started = context.Clock.GetTimestamp();
        var runner = new DataTestRunner(
            warehouse, ScriptFolder.Shipped, WindowStore.Open(context.Places.OpenLake(), context.Places.Logger), context.Clock, context.Places.Logger);
        var results = await RunAsync(runner, context, cancellationToken);
        await WriteAsync(context, results, context.Clock.GetElapsedTime(started));
        return results.Any(result => result.State == DataTestState.Failed) ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<IReadOnlyList<DataTestResult>> RunAsync(DataTestRunner runner, VerbContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await runner.RunAsync(context.Parsed.GetValue(Select), new ShownProgress(context.Error), cancellationToken);
        }
        finally
        {
            context.Error.Release();
        }
    }

    private static async Task WriteAsync(VerbContext context, IReadOnlyList<DataTestResult> results, TimeSpan elapsed)
    {
        var notPassed = results.Where(result => result.State != DataTestState.Passed).ToList();
        if (!context.Json && notPassed.Count > 0)
        {
            TextTable.Write(
                context.Out,
                ["test", "state", "rows>", "row", "what is wrong"],
                [.. notPassed.SelectMany(result => result.Rows.DefaultIfEmpty().Take(5).Select((row, index) => new[]
                {
                    index == 0 ? result.Name : null,
                    index == 0 ? State(result) : null,
                    index == 0 ? result.Failures.ToString("N0", CultureInfo.InvariantCulture) : null,
                    row.Key,
                    row.Detail,
                }))]);
            await context.Out.WriteLineAsync();
        }

        var summary = new Result
        {
            ["passed"] = Count(DataTestState.Passed),
            ["warned"] = Count(DataTestState.Warned),
            ["failed"] = Count(DataTestState.Failed),
            ["skipped"] = Count(DataTestState.Skipped),
            ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
        };
        if (context.Json)
        {
            summary["tests"] = results.Select(result => new Result
            {
                ["name"] = result.Name,
                ["severity"] = result.Severity.ToString().ToLowerInvariant(),
                ["state"] = State(result),
                ["failures"] = result.Failures,
                ["seconds"] = Math.Round(result.Elapsed.TotalSeconds, 3),
                ["rows"] = result.Rows.Select(row => new Result { ["key"] = row.Key, ["detail"] = row.Detail }),
            });
        }

        await Result.WriteAsync(context, summary);

        int Count(DataTestState state) => results.Count(result => result.State == state);
    }

    private static string State(DataTestResult result) => result.State.ToString().ToLowerInvariant();

    /// <summary>One line that is renewed on a terminal; elsewhere silent, as what fails is logged anyway.</summary>
    private sealed class ShownProgress(LiveConsole console) : IProgress<DataTestResult>
    {
        private int _done;

        public void Report(DataTestResult value)
        {
            _done++;
            if (console.IsTerminal)
            {
                console.Show([$"{_done} tests done, {value.Name}"]);
            }
        }
    }
}
