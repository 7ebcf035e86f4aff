using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using AirportOps.Lake;
using AirportOps.Warehouse.Tests.Redshift;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Tests.Redshift;

/// <summary>
/// Redshift's services over HTTP as their documentation tells: the Data API with its asynchronous statements, tokens, batches, sessions and pages, and
/// the calls that give logins. Behind it a real PostgreSQL runs each statement, rendered by the dialect step; COPY reads manifest and Parquet from the
/// lake. What goes wrong on the way is scripted by a <see cref="Emulators.ScriptedEndpoint"/> in front.
/// </summary>
internal sealed partial class RedshiftService : IAsyncDisposable
{
    internal const string Workgroup = "airport";
    internal const string Database = "dev";

    private readonly WebApplication _server;
    private readonly string _connectionString;
    private readonly ManifestCopy _copy;
    private readonly ConcurrentDictionary<string, Execution> _executions = new();
    private readonly ConcurrentDictionary<string, string> _idsByToken = new();
    private readonly ConcurrentDictionary<string, Session> _sessions = new();

    private RedshiftService(WebApplication server, string connectionString, ManifestCopy copy) =>
        (_server, _connectionString, _copy) = (server, connectionString, copy);

    /// <summary>Where it answers.</summary>
    internal Uri Url => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Every statement that ran, in order.</summary>
    internal ConcurrentQueue<string> Ran { get; } = new();

    /// <summary>Every statement whose transaction is done.</summary>
    internal ConcurrentQueue<string> Finished { get; } = new();

    /// <summary>Rows of a page of results.</summary>
    internal int PageRows { get; set; } = 1000;

    /// <summary>For a statement: the error that the database gives instead of running it; null runs it.</summary>
    internal Func<string, string?> Refuse { get; set; } = _ => null;

    /// <summary>For a statement: whether it runs until it is cancelled.</summary>
    internal Func<string, bool> Hangs { get; set; } = _ => false;

    /// <summary>Whether a batch that asks for no transaction of its own is one that commits all the same.</summary>
    internal bool BatchesCommit { get; set; }

    /// <summary>Sessions that were made.</summary>
    internal int Sessions => _sessions.Count;

    internal static async Task<RedshiftService> StartAsync(string connectionString, ILake lake, string lakeUri)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var service = new RedshiftService(server, connectionString, new ManifestCopy(lake, lakeUri));
        server.Run(service.ServeAsync);
        await server.StartAsync();
        return service;
    }

    /// <summary>Ends all sessions, as the service does when their time is over.</summary>
    internal async Task EndSessionsAsync()
    {
        foreach (var session in _sessions.Values.Where(session => !session.IsEnded))
        {
            await session.EndAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        foreach (var execution in _executions.Values)
        {
            await execution.Cancelled.CancelAsync();
        }

        await EndSessionsAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        try
        {
            if (target.Length == 0)
            {
                await AnswerFormAsync(context, body);
                return;
            }

            await WriteAsync(context, 200, await AnswerAsync(target, JsonNode.Parse(body)!.AsObject()));
        }
        catch (ServiceError error)
        {
            await WriteAsync(context, error.Status, new JsonObject { ["__type"] = error.Code, ["Message"] = error.Message });
        }
    }

    private static Task WriteAsync(HttpContext context, int status, JsonNode answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        var body = System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString());
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    private async Task<JsonObject> AnswerAsync(string target, JsonObject request) => target switch
    {
        "RedshiftData.ExecuteStatement" => Start(request, [Text(request, "Sql") ?? throw Invalid("Sql is missing")], isBatch: false),
        "RedshiftData.BatchExecuteStatement" => Start(request, [.. request["Sqls"]!.AsArray().Select(sql => (string)sql!)], isBatch: true),
        "RedshiftData.DescribeStatement" => Describe(Find(Text(request, "Id")!)),
        "RedshiftData.GetStatementResult" => Result(Text(request, "Id")!, Text(request, "NextToken")),
        "RedshiftData.CancelStatement" => await CancelAsync(Find(Text(request, "Id")!)),
        _ => Login(target, request) ?? throw new ServiceError("UnknownOperationException", target),
    };

    private JsonObject Start(JsonObject request, IReadOnlyList<string> sqls, bool isBatch)
    {
        var sessionId = Text(request, "SessionId");
        if (sqls.Count is 0 or > 40)
        {
            throw Invalid("Sqls must have 1 to 40 members");
        }

        if (sqls.FirstOrDefault(sql => System.Text.Encoding.UTF8.GetByteCount(sql) > 100 * 1024) is not null)
        {
            throw Invalid("Cannot process query string larger than 100kB");
        }

        if (sessionId is null ? Text(request, "Database") is null || (Text(request, "WorkgroupName") is null && Text(request, "ClusterIdentifier") is null)
            : Text(request, "Database") is not null || Text(request, "WorkgroupName") is not null)
        {
            throw Invalid("Invalid combination of parameters");
        }

        if (sessionId is null && Text(request, "WorkgroupName") is { } workgroup && workgroup != Workgroup)
        {
            throw Invalid("Redshift endpoint doesn't exist in this region.");
        }

        // Known tokens answer with what they started.
        var token = Text(request, "ClientToken") ?? Guid.NewGuid().ToString();
        var isNew = false;
        var id = _idsByToken.GetOrAdd(token, _ =>
        {
            isNew = true;
            return Guid.NewGuid().ToString();
        });
        if (isNew)
        {
            Session? session = null;
            if (sessionId is not null)
            {
                session = _sessions.GetValueOrDefault(sessionId) is { IsEnded: false } known ? known : throw Invalid($"Session {sessionId} is not available.");
            }
            else if (request["SessionKeepAliveSeconds"] is not null)
            {
                session = new Session(Guid.NewGuid().ToString(), _connectionString);
                _sessions[session.Id] = session;
            }

            var execution = new Execution(id, sqls, isBatch, session);
            _executions[id] = execution;
            execution.Running = RunAsync(execution, Text(request, "ExecutionMode") == "AUTO_COMMIT" && !BatchesCommit);
        }

        var answer = new JsonObject { ["Id"] = id, ["CreatedAt"] = 1773324312.123, ["Database"] = Database };
        if (_executions[id].Session is { } used)
        {
            answer["SessionId"] = used.Id;
        }

        return answer;
    }

    private static JsonObject Describe(Execution execution)
    {
        var isDone = execution.Running.IsCompleted;
        var answer = new JsonObject
        {
            ["Id"] = execution.Id,
            ["Status"] = isDone ? execution.Status : execution.Polls++ == 0 ? "SUBMITTED" : "STARTED",
            ["HasResultSet"] = isDone && execution.Results.Any(result => result.Columns.Count > 0),
            ["UpdatedAt"] = 1773324313.5,
            ["Duration"] = isDone ? 1_000_000 : -1,
        };
        if (isDone && execution.Error is { } error)
        {
            answer["Error"] = execution.IsBatch ? $"Query #{execution.Results.Count + 1} failed with {error}" : error;
        }

        if (execution.IsBatch)
        {
            answer["SubStatements"] = new JsonArray([.. execution.Sqls.Select((sql, index) => new JsonObject
            {
                ["Id"] = $"{execution.Id}:{index + 1}",
                ["QueryString"] = sql,
                ["Status"] = !isDone ? "SUBMITTED" : index < execution.Results.Count ? "FINISHED" : index == execution.Results.Count && execution.Error is not null ? execution.Status : "ABORTED",
                ["Error"] = isDone && index == execution.Results.Count ? execution.Error : null,
            })]);
        }

        return answer;
    }

    private JsonObject Result(string id, string? nextToken)
    {
        var result = Find(id).Results.LastOrDefault() is { Columns.Count: > 0 } found ? found : throw new ServiceError("ResourceNotFoundException", "Query does not have result.");
        var start = int.Parse(nextToken ?? "0", CultureInfo.InvariantCulture);
        var answer = new JsonObject
        {
            ["ColumnMetadata"] = new JsonArray([.. result.Columns.Select(column => new JsonObject { ["name"] = column.Name, ["label"] = column.Name, ["typeName"] = column.Type })]),
            ["Records"] = new JsonArray([.. result.Rows.Skip(start).Take(PageRows).Select(row => new JsonArray([.. row.Select(value => value.DeepClone())]))]),
            ["TotalNumRows"] = result.Rows.Count,
        };
        if (start + PageRows < result.Rows.Count)
        {
            answer["NextToken"] = (start + PageRows).ToString(CultureInfo.InvariantCulture);
        }

        return answer;
    }

    private static async Task<JsonObject> CancelAsync(Execution execution)
    {
        if (execution.Running.IsCompleted)
        {
            throw Invalid("Could not cancel a query that is already in FINISHED state.");
        }

        await execution.Cancelled.CancelAsync();
        return new JsonObject { ["Status"] = true };
    }

    private Execution Find(string id) => _executions.GetValueOrDefault(id) ?? throw new ServiceError("ResourceNotFoundException", "Query does not exist.");

    private static string? Text(JsonObject request, string name) => (string?)request[name];

    private static ServiceError Invalid(string message) => new("ValidationException", message);

    private sealed class ServiceError(string code, string message, int status = 400) : Exception(message)
    {
        internal string Code => code;

        internal int Status => status;
    }
}
