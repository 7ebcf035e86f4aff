using System.Globalization;
using System.Text.Json.Nodes;
using AirportOps.Warehouse.Sql;
using Npgsql;

namespace AirportOps.Aws.Tests.Redshift;

/// <summary>What runs the statements.</summary>
internal sealed partial class RedshiftService
{
    private async Task RunAsync(Execution execution, bool isCommittedByItself)
    {
        // The service answers before anything runs.
        await Task.Yield();
        NpgsqlConnection? own = null;
        var isTaken = false;
        try
        {
            if (execution.Session is { } session)
            {
                await session.Turn.WaitAsync(execution.Cancelled.Token);
                isTaken = true;
                if (session.IsEnded)
                {
                    throw new RefusedException("the session has ended");
                }
            }

            var connection = execution.Session?.Connection ?? (own = new NpgsqlConnection(_connectionString));
            if (connection.State != System.Data.ConnectionState.Open)
            {
                await connection.OpenAsync(execution.Cancelled.Token);
                await RunOneAsync(connection, "SET search_path TO public, shims", execution.Cancelled.Token);
                await RunOneAsync(connection, "SET default_transaction_isolation TO 'repeatable read'", execution.Cancelled.Token);
            }

            var isWhole = execution.IsBatch && !isCommittedByItself;
            if (isWhole)
            {
                await RunOneAsync(connection, "BEGIN", execution.Cancelled.Token);
            }

            foreach (var sql in execution.Sqls)
            {
                Ran.Enqueue(sql);
                if (Refuse(sql) is { } refusal)
                {
                    throw new RefusedException(refusal);
                }

                if (Hangs(sql))
                {
                    await Task.Delay(Timeout.Infinite, execution.Cancelled.Token);
                }

                execution.Results.Add(await RunSqlAsync(connection, sql, execution.Cancelled.Token));
            }

            if (isWhole)
            {
                await RunOneAsync(connection, "COMMIT", execution.Cancelled.Token);
            }

            foreach (var sql in execution.Sqls)
            {
                Finished.Enqueue(sql);
            }

            execution.Status = "FINISHED";
        }
        catch (OperationCanceledException)
        {
            execution.Status = "ABORTED";
        }
        catch (RefusedException refused)
        {
            (execution.Status, execution.Error) = ("FAILED", $"ERROR: {refused.Message}");
        }
        catch (PostgresException refused)
        {
            (execution.Status, execution.Error) = ("FAILED", $"ERROR: {refused.MessageText}{(refused.Position > 0 ? $"\n  Position: {refused.Position}" : "")}");
        }
        catch (NpgsqlException lost)
        {
            (execution.Status, execution.Error) = ("FAILED", $"ERROR: {lost.Message}");
        }
        finally
        {
            if (isTaken)
            {
                execution.Session!.Turn.Release();
            }

            // Of a batch that failed nothing stays: its connection ends, and with it its transaction.
            if (own is not null)
            {
                await own.DisposeAsync();
            }
        }
    }

    private async Task<StatementResult> RunSqlAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        if (SqlSplitter.Statements(SqlLexer.Tokens(sql)).Count() != 1)
        {
            throw new RefusedException("cannot insert multiple commands into a prepared statement");
        }

        if (await _copy.TryRunAsync(connection, sql))
        {
            return new StatementResult([], []);
        }

        // A table's indexes, which stand in for its keys, come as statements of their own.
        StatementResult? result = null;
        foreach (var statement in PostgresDialect.Render(sql))
        {
            var one = await RunOneAsync(connection, statement.Text, cancellationToken);
            result ??= one;
        }

        return result!;
    }

    private static async Task<StatementResult> RunOneAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(index => (Name: reader.GetName(index), Type: TypeName(reader.GetDataTypeName(index)))).ToList();
        var rows = new List<IReadOnlyList<JsonObject>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add([.. columns.Select((column, index) => Field(column.Type, reader.IsDBNull(index) ? null : reader.GetString(index)))]);
        }

        return new StatementResult(columns, rows);
    }

    /// <summary>Redshift's names of types.</summary>
    private static string TypeName(string type)
    {
        var parenthesis = type.IndexOf('(', StringComparison.Ordinal);
        return (parenthesis < 0 ? type : type[..parenthesis]) switch
        {
            "smallint" => "int2",
            "integer" => "int4",
            "bigint" => "int8",
            "double precision" => "float8",
            "boolean" => "bool",
            "character varying" or "text" or "name" => "varchar",
            "timestamp without time zone" => "timestamp",
            var other => other,
        };
    }

    /// <summary>A value as the service gives it: numbers and truth values typed, all else as text.</summary>
    private static JsonObject Field(string type, string? text) => (type, text) switch
    {
        (_, null) => new JsonObject { ["isNull"] = true },
        ("int2" or "int4" or "int8", _) => new JsonObject { ["longValue"] = long.Parse(text, CultureInfo.InvariantCulture) },
        ("float8", _) => new JsonObject { ["doubleValue"] = double.Parse(text, CultureInfo.InvariantCulture) },
        ("bool", _) => new JsonObject { ["booleanValue"] = text == "t" },
        _ => new JsonObject { ["stringValue"] = text },
    };

    private sealed class RefusedException(string message) : Exception(message);

    private sealed record StatementResult(IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<IReadOnlyList<JsonObject>> Rows);

    private sealed class Execution(string id, IReadOnlyList<string> sqls, bool isBatch, Session? session)
    {
        internal string Id => id;

        internal IReadOnlyList<string> Sqls => sqls;

        internal bool IsBatch => isBatch;

        internal Session? Session => session;

        internal CancellationTokenSource Cancelled { get; } = new();

        internal Task Running { get; set; } = Task.CompletedTask;

        internal int Polls { get; set; }

        internal string Status { get; set; } = "FAILED";

        internal string? Error { get; set; }

        internal List<StatementResult> Results { get; } = [];
    }

    private sealed class Session(string id, string connectionString)
    {
        internal string Id => id;

        internal NpgsqlConnection Connection { get; } = new(connectionString);

        internal SemaphoreSlim Turn { get; } = new(1);

        internal bool IsEnded { get; private set; }

        internal async Task EndAsync()
        {
            IsEnded = true;
            // What still runs in it ends first: a connection that is being opened can't be closed.
            await Turn.WaitAsync();
            await Connection.DisposeAsync();
            Turn.Release();
        }
    }
}
