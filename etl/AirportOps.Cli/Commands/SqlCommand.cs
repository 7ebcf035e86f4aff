using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Reliability;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Queries;

namespace AirportOps.Cli.Commands;

/// <summary><c>sql</c>: a read-only query on the warehouse, or psql on it.</summary>
internal static class SqlCommand
{
    private const int MaxJsonInMemoryBytes = 8 << 20;

    private static readonly Argument<string?> Query = new("QUERY")
    {
        Description = "One statement that reads; without it, psql on the warehouse",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Csv = new("--csv") { Description = "Print comma-separated values" };

    private static readonly Option<double?> Timeout = new("--timeout") { Description = "Stop the query after N seconds", HelpName = "N" };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("sql", "Query the warehouse, read-only; without a query, psql on it", RunAsync);
        command.Arguments.Add(Query);
        command.Options.Add(Csv);
        command.Options.Add(Timeout);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var timeout = context.Parsed.GetValue(Timeout);
        if (timeout is not null and not (>= 0.001 and <= 86_400))
        {
            throw new UsageException("--timeout must be 0.001 to 86400 seconds");
        }

        await using var warehouse = await context.Places.OpenWarehouseAsync(cancellationToken);
        if (context.Parsed.GetValue(Query) is not { } query)
        {
            return await RunPsqlAsync(
                (warehouse as WarehouseDatabase)?.Cluster ?? throw new UsageException("without a query, sql opens psql on a local: warehouse only"),
                cancellationToken);
        }

        await TellDifferenceAsync(context, warehouse, cancellationToken);
        await using var result = await new QueryRunner(warehouse)
            .RunAsync(query, timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null, cancellationToken);
        if (context.Json)
        {
            await WriteJsonAsync(context.Out, result, cancellationToken);
        }
        else if (context.Parsed.GetValue(Csv))
        {
            await WriteCsvAsync(context.Out, result, cancellationToken);
        }
        else
        {
            await WriteTableAsync(context.Out, result, cancellationToken);
        }

        return ExitCode.Done;
    }

    /// <summary>Says that the schema is another one than this program's. A query may not need what is missing, so it is run all the same.</summary>
    private static async Task TellDifferenceAsync(VerbContext context, IWarehouse warehouse, CancellationToken cancellationToken)
    {
        try
        {
            if (await new SchemaVersion(warehouse, ScriptFolder.Shipped).DifferenceAsync(cancellationToken) is { } difference)
            {
                await context.Error.WriteLineAsync(difference.Message);
            }
        }
        catch (WarehouseException)
        {
            // Out of reach, or not this user's to see: the query says so.
        }
    }

    /// <summary>Prints a result as a table and, below it, how many rows there are.</summary>
    internal static async Task WriteTableAsync(TextWriter output, QueryResult result, CancellationToken cancellationToken)
    {
        var rows = new List<string?[]>();
        var isNumber = new bool[result.Columns.Count];
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            rows.Add([.. row.Select(SqlText.Of)]);
            for (var i = 0; i < row.Length; i++)
            {
                isNumber[i] |= row[i] is int or long or decimal or double;
            }
        }

        TextTable.Write(output, [.. result.Columns.Select((column, i) => isNumber[i] ? column.Name + ">" : column.Name)], rows);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"({rows.Count} row{(rows.Count == 1 ? "" : "s")})"));
    }

    private static async Task WriteCsvAsync(TextWriter output, QueryResult result, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(string.Join(',', result.Columns.Select(column => Quoted(column.Name))));
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            await output.WriteLineAsync(string.Join(',', row.Select(SqlText.Of).Select(Quoted)));
        }
    }

    /// <summary>
    /// One object, {"columns":[…],"rows":[[…]]}, so that columns keep their order and may share a name. It is written when it is whole: a query that fails
    /// in its thousandth row leaves no half of one.
    /// </summary>
    private static async Task WriteJsonAsync(TextWriter output, QueryResult result, CancellationToken cancellationToken)
    {
        await using var whole = new WholeOutput(MaxJsonInMemoryBytes);
        var columns = new JsonArray([.. result.Columns.Select(column => JsonValue.Create(column.Name))]);
        whole.Write($"{{\"columns\":{columns.ToJsonString()},\"rows\":[");
        var separator = "\n";
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            whole.Write(separator + new JsonArray([.. row.Select(SqlText.ToNode)]).ToJsonString());
            separator = ",\n";
        }

        whole.Write("\n]}\n");
        await whole.CopyToAsync(output, cancellationToken);
    }

    /// <summary>RFC 4180: quotes around what holds a comma, a quote or a line break.</summary>
    private static string? Quoted(string? value) => value?.AsSpan().IndexOfAny(",\"\r\n") >= 0
        ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : value;

    /// <summary>psql as who can only read. Its own commands (<c>\!</c>, <c>\copy</c>, <c>\c</c>) are the user's at his machine, as in a shell.</summary>
    private static async Task<int> RunPsqlAsync(LocalCluster cluster, CancellationToken cancellationToken)
    {
        Process psql;
        try
        {
            psql = Process.Start(new ProcessStartInfo(cluster.PsqlProgram, cluster.PsqlArguments))!;
        }
        catch (Win32Exception missing)
        {
            throw new WarehouseException(
                $"psql can't be started ({missing.Message}). Install it (Debian: apt install postgresql-client), or give sql a query.", Fault.Operator, missing);
        }

        using (psql)
        {
            await psql.WaitForExitAsync(cancellationToken);
            return psql.ExitCode == 0 ? ExitCode.Done : ExitCode.Failed;
        }
    }
}
