using System.Globalization;
using AirportOps.Cli.Output;
using AirportOps.Cli.Verification;
using AirportOps.Ingest;
using AirportOps.Pipeline;

namespace AirportOps.Cli.Demo;

/// <summary>What the demo shows at its end.</summary>
internal sealed record DemoReport
{
    internal required IReadOnlyList<StageSnapshot> Stages { get; init; }

    internal required FlightFileCounts Flights { get; init; }

    internal required ReconciliationOutcome Reconciliation { get; init; }

    internal required IReadOnlyList<DemoFigure> Figures { get; init; }

    internal required string Folder { get; init; }

    /// <summary>The lake as a URI.</summary>
    internal required string Lake { get; init; }

    /// <summary>Where stream and lake were instead of in the folder; null when they are there.</summary>
    internal string? AwsEndpoint { get; init; }

    internal required TimeSpan Elapsed { get; init; }

    /// <summary>Every count that must hold, and whether it does.</summary>
    internal IReadOnlyList<DemoCheck> Checks
    {
        get
        {
            var windows = Reconciliation.Silver.Windows;
            var sent = Stage("ingest").Records + Stage("simulate").Records;
            return
            [
                new("records sent = records archived in Bronze", sent, Stage("bronze").Records),
                new("records sent = records cleaned in Silver", sent, windows.Records),
                new("events = rows + duplicates + refused", windows.Events, windows.Rows + windows.Duplicates + windows.RefusedEvents),
                new("events of real flights = their rows in Silver", Flights.Events, Reconciliation.Silver.OtherRows.Values.Sum()),
                new("events of the ledger = events simulated", Reconciliation.Silver.LedgerEvents, Stage("simulate").Events),
                new("rows the ledger expects = equal rows in Silver", Reconciliation.Silver.ExpectedRows, Reconciliation.Silver.MatchingRows),
                new("refusals the ledger expects = equal ones in quarantine", Reconciliation.Silver.ExpectedRefused, Reconciliation.Silver.MatchingRefused),
                new("duplicates the ledger expects = dropped in Silver", Reconciliation.Silver.ExpectedDuplicates, windows.Duplicates),
                new("rows in Silver = rows in staging", windows.Rows, Reconciliation.Staging!.Rows + Reconciliation.Staging.Duplicates),
                new("legs of the ledger = equal legs in Gold", Reconciliation.ExpectedLegs, Reconciliation.EqualLegs),
                new("legs of real flights = legs in Gold", Flights.Legs, LegsInGold()),
            ];
        }
    }

    /// <summary>Whether everything reconciles.</summary>
    internal bool Agrees => Reconciliation.Agrees && Checks.All(check => check.Holds);

    internal void Write(TextWriter output)
    {
        output.WriteLine();
        foreach (var figure in Figures)
        {
            output.WriteLine(figure.Title);
            TextTable.Write(
                output,
                [.. figure.Columns.Select((column, i) => figure.Rows.Any(row => row[i] is int or long or decimal or double) ? column.Name + ">" : column.Name)],
                [.. figure.Rows.Select(row => row.Select(SqlText.Of).ToArray())]);
            output.WriteLine();
        }

        output.WriteLine("Reconciliation");
        TextTable.Write(output, ["what must be equal", "expected>", "found>", ""], [.. Checks.Select(check => check.ToRow())]);
        foreach (var difference in Reconciliation.Differences)
        {
            output.WriteLine($"  differs: {difference}");
        }

        output.WriteLine();
        output.WriteLine(Agrees ? "Everything reconciles." : "SOMETHING DOES NOT RECONCILE: see above.");
        output.WriteLine();
        foreach (var (what, where) in Places())
        {
            output.WriteLine($"{what,-22}{where}");
        }

        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stage("silver").Events:N0} events in {Elapsed.TotalSeconds:0.0} s"));
    }

    internal Result ToResult() => new()
    {
        ["reconciles"] = Agrees,
        ["seconds"] = Math.Round(Elapsed.TotalSeconds, 3),
        ["stages"] = Stages.Select(stage => new Result
        {
            ["stage"] = stage.Stage,
            ["records"] = stage.Records,
            ["events"] = stage.Events,
            ["rows"] = stage.Rows,
            ["duplicates"] = stage.Duplicates,
            ["refused"] = stage.Refused,
            ["outputs"] = stage.Outputs,
            ["bytes"] = stage.Bytes,
        }),
        ["checks"] = Checks.Select(check => new Result
        {
            ["what"] = check.What,
            ["expected"] = check.Expected,
            ["found"] = check.Found,
            ["holds"] = check.Holds,
        }),
        ["reconciliation"] = Reconciliation.ToResult(withScores: true),
        ["figures"] = Figures.Select(figure => new Result
        {
            ["title"] = figure.Title,
            ["rows"] = figure.Rows.Select(row => Row(figure, row)),
        }),
        ["places"] = Places().Select(place => new Result { ["what"] = place.What, ["where"] = place.Where }),
    };

    private static Result Row(DemoFigure figure, object?[] row)
    {
        var result = new Result();
        for (var i = 0; i < row.Length; i++)
        {
            result[figure.Columns[i].Name] = row[i] is DateTime or DateOnly ? SqlText.Of(row[i]) : row[i];
        }

        return result;
    }

    private (string What, string Where)[] Places()
    {
        var zones = AwsEndpoint is null ? Path.Combine(Folder, "lake") : Lake;
        var options = AwsEndpoint is null ? $"--data {Folder}" : $"--data {Folder} --lake {Lake} --aws-endpoint {AwsEndpoint}";
        return
        [
            ("Bronze, as it came", $"{zones}/bronze"),
            ("Silver, Parquet", $"{zones}/silver"),
            ("refused, and why", $"./airportops quarantine list {options}"),
            ("a query", $"./airportops sql --data {Folder} \"SELECT * FROM bi.route_performance ORDER BY flights DESC LIMIT 10\""),
            ("psql", $"./airportops sql --data {Folder}"),
            ("the ledger", Path.Combine(Folder, "ledger.jsonl")),
            ("once more", $"./airportops verify {options} --ledger {Path.Combine(Folder, "ledger.jsonl")}"),
        ];
    }

    private StageSnapshot Stage(string name) => Stages.Single(stage => stage.Stage == name);

    private long LegsInGold() => (long)Figures[0].Rows[0][0]!;
}
