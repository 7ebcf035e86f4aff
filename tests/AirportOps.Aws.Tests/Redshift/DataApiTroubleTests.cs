using System.Net;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Cleaning;
using AirportOps.Reference;
using AirportOps.Reliability;
using AirportOps.Testing;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Aws.Tests.Redshift;

/// <summary>What goes wrong at the Data API, over HTTP, and what stands then.</summary>
public sealed class DataApiTroubleTests(ClusterFixture cluster) : IAsyncLifetime
{
    private static readonly RetryOptions AtOnce = new() { MaxAttempts = 3, FirstDelay = TimeSpan.FromMilliseconds(1) };

    private RedshiftStand _stand = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stand = await RedshiftStand.CreateAsync(cluster, isMigrated: true);

    [Theory]
    [InlineData("BatchExecuteStatement")]
    [InlineData("DescribeStatement")]
    [InlineData("GetStatementResult")]
    public async Task A_load_whose_answers_are_lost_is_done_once(string operation)
    {
        var window = await _stand.Silver.WindowAsync("s", Entity.FlightEvent, Flight("f1", "14:00", "departed"), Flight("f2", "15:00", "arrived"));
        _stand.Next(operation, 2, Happenings.LostAnswer);

        await _stand.Staging().LoadAsync([window], _stand.Silver.Lake, Token);

        Assert.Equal(["f1", "f2"], await _stand.Database.RowsAsync("SELECT event_id FROM staging.flight_event ORDER BY 1"));
        Assert.Equal(["2"], await _stand.Database.RowsAsync("SELECT flight_rows FROM ops.load_batch"));
        Assert.Single(_stand.Service.Ran, sql => sql.StartsWith("COPY", StringComparison.Ordinal));
        var tokens = _stand.Endpoint.Requests.Where(request => request.Operation == "BatchExecuteStatement").Select(request => (string)request.Json["ClientToken"]!);
        Assert.Single(tokens.Distinct());
    }

    [Fact]
    public async Task A_load_that_the_service_forgot_is_settled_by_the_journal()
    {
        var window = await _stand.Silver.WindowAsync("s", Entity.FlightEvent, Flight("f1", "14:00", "departed"));
        // The first question about the batch, answered once it is done: nothing else may meet it.
        _stand.Endpoint.Next(
            request => request.Operation == "DescribeStatement" && _stand.Calls.Contains("BatchExecuteStatement"),
            1,
            async exchange =>
            {
                await Deadline.UntilAsync(
                    "the load's transaction is done",
                    () => _stand.Service.Finished.Any(sql => sql.StartsWith("INSERT INTO ops.load_batch", StringComparison.Ordinal)),
                    TimeSpan.FromMinutes(1),
                    Token);
                await Happenings.Error("ResourceNotFoundException", "Query does not exist.")(exchange);
            });

        var outcome = await _stand.Staging().LoadAsync([window], _stand.Silver.Lake, Token);

        Assert.Equal(1, outcome.Rows);
        Assert.Contains(_stand.Service.Ran, sql => sql.Contains("HAVING COUNT(*) = 1", StringComparison.Ordinal));
        Assert.Equal(["f1"], await _stand.Database.RowsAsync("SELECT event_id FROM staging.flight_event"));
    }

    [Theory]
    [InlineData("ActiveStatementsExceededException", "Active statements exceeded the allowed quota (200)")]
    [InlineData("ThrottlingException", "Rate exceeded")]
    [InlineData("ValidationException", "Cluster is resuming")]
    public async Task Busy_and_waking_warehouses_are_waited_for_and_said_once(string code, string message)
    {
        _stand.Next("ExecuteStatement", 8, Happenings.Error(code, message));

        Assert.Equal([["1"]], await _stand.Connect(AtOnce).QueryAsync("SELECT 1", Token));

        Assert.Equal(9, _stand.Calls.Count(operation => operation == "ExecuteStatement"));
        Assert.Collection(
            _stand.Log.Lines,
            line => Assert.StartsWith("9001 Warning: warehouse redshift://airport/dev waits: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("9003 Information: warehouse redshift://airport/dev goes on after ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Patience_ends()
    {
        _stand.Next("ExecuteStatement", int.MaxValue, Happenings.Error("ActiveStatementsExceededException", "Active statements exceeded the allowed quota (200)"));

        var failed = await Assert.ThrowsAsync<WarehouseException>(() => _stand.Connect(AtOnce, patience: TimeSpan.FromMilliseconds(50)).QueryAsync("SELECT 1", Token));

        Assert.Equal(Fault.Outside, failed.Fault);
        Assert.Equal(
            "The warehouse at redshift://airport/dev could not answer a query: workgroup airport has as many statements or sessions as it may "
            + "(ActiveStatementsExceededException): Active statements exceeded the allowed quota (200). Try again a little later.",
            failed.Message);
    }

    [Theory]
    [InlineData("AccessDeniedException", "User: x is not authorized", "access denied: allow redshift-data:ExecuteStatement on workgroup airport in the policy of the credentials in use (User: x is not authorized). Check")]
    [InlineData("ExpiredTokenException", "The security token is expired", "the AWS credentials have expired; renew them, for instance by 'aws sso login'. Check")]
    [InlineData("UnrecognizedClientException", "The security token is invalid", "the AWS credentials are wrong (UnrecognizedClientException)")]
    [InlineData("ValidationException", "Redshift endpoint doesn't exist in this region.", "workgroup airport is not there (Redshift endpoint doesn't exist in this region); check its name, AWS_REGION and the account")]
    [InlineData("ValidationException", "The cluster is paused.", "workgroup airport is paused; resume it")]
    public async Task What_waiting_does_not_cure_is_told_at_once_in_one_line(string code, string message, string expected)
    {
        _stand.Next("ExecuteStatement", 1, Happenings.Error(code, message));

        var failed = await Assert.ThrowsAsync<WarehouseException>(() => _stand.Connect(AtOnce).QueryAsync("SELECT 1", Token));

        Assert.Equal(Fault.Operator, failed.Fault);
        Assert.Contains(expected, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failed.Message);
        Assert.Equal(["ExecuteStatement"], _stand.Calls);
    }

    [Theory]
    [InlineData("InternalServerException", HttpStatusCode.InternalServerError)]
    [InlineData("ExecuteStatementException", HttpStatusCode.InternalServerError)]
    [InlineData("DatabaseConnectionException", HttpStatusCode.InternalServerError)]
    public async Task The_services_own_faults_are_tried_again_a_few_times_at_the_start_and_waited_out_later(string code, HttpStatusCode status)
    {
        // At the start, when nobody knows whether there is a service.
        _stand.Next("ExecuteStatement", 2, Happenings.Error(code, "it happens", status));
        Assert.Equal([["1"]], await _stand.Connect(AtOnce).QueryAsync("SELECT 1", Token));

        _stand.Next("ExecuteStatement", 3, Happenings.Error(code, "it happens", status));
        var warehouse = _stand.Connect(AtOnce);
        var failed = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.QueryAsync("SELECT 1", Token));
        Assert.Equal(Fault.Outside, failed.Fault);

        // Later they are waited out.
        await warehouse.QueryAsync("SELECT 1", Token);
        _stand.Next("ExecuteStatement", 8, Happenings.Error(code, "it happens", status));
        await warehouse.QueryAsync("SELECT 1", Token);
    }

    [Fact]
    public async Task A_statement_over_the_limit_is_not_sent()
    {
        var failed = await Assert.ThrowsAsync<WarehouseException>(
            () => new QueryRunner(_stand.Warehouse).RunAsync($"SELECT '{new string('x', 110_000)}'", null, Token));

        Assert.StartsWith("The query was refused: a statement has 110,009 bytes and the Data API takes 102,400; split it, or connect with via=npgsql: SELECT 'xxx", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_stand.Service.Ran, sql => sql.StartsWith("SELECT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_that_fails_is_blamed_by_its_line_and_leaves_nothing()
    {
        var folder = Scripts(("V9001__two.sql", "CREATE TABLE public.one (a INTEGER);\n\nINSERT INTO public.one VALUES (1);\nINSERT INTO public.absent\nVALUES (1);\n"));
        var failed = await Assert.ThrowsAsync<MigrationException>(() => Runner(folder).UpAsync(Token));

        Assert.Equal(("V9001__two.sql", 4), (failed.Script, failed.Line));
        Assert.Equal(
            "V9001__two.sql line 4: ERROR: relation \"public.absent\" does not exist, in: INSERT INTO public.absent VALUES (1) Nothing of this script was applied; mend it and migrate again.",
            failed.Message);
        Assert.Empty(await _stand.Database.RowsAsync("SELECT 1 FROM information_schema.tables WHERE table_name = 'one'"));
        Assert.Equal("ROLLBACK", _stand.Service.Ran.Last());
    }

    [Fact]
    public async Task A_script_in_conflict_is_run_again_as_a_whole_in_a_new_session()
    {
        var conflicts = 0;
        _stand.Service.Refuse = sql => sql.StartsWith("INSERT INTO public.one", StringComparison.Ordinal) && conflicts++ < 2 ? "1023" : null;

        var applied = await Runner(Scripts(("V9001__one.sql", "CREATE TABLE public.one (a INTEGER);\nINSERT INTO public.one VALUES (1);"))).UpAsync(Token);

        Assert.Equal(["V9001__one.sql"], applied);
        Assert.Equal(["1"], await _stand.Database.RowsAsync("SELECT a FROM public.one"));
        Assert.Equal(3, conflicts);
    }

    [Fact]
    public async Task A_script_without_a_transaction_runs_outside_the_session()
    {
        await Runner(Scripts(("V9001__vacuum.sql", "-- transaction: none\nVACUUM ops.load_lock;"))).UpAsync(Token);

        var vacuum = _stand.Endpoint.Requests.Single(request => request.Text.Contains("VACUUM", StringComparison.Ordinal));
        Assert.Null(vacuum.Json["SessionId"]);
        Assert.Equal(["1"], await _stand.Database.RowsAsync("SELECT COUNT(*) FROM ops.migration WHERE script_name = 'V9001__vacuum.sql'"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_without_an_answer_is_settled_by_the_journal(bool isDone)
    {
        await LoadAsync();
        var commits = 0;
        // The call for it gets no answer, and with no patience there is no second one: it is done, or never gets there.
        _stand.NextSql("\"COMMIT\"", 1, async exchange =>
        {
            commits++;
            await (isDone ? Happenings.LostAnswer : Happenings.Reset)(exchange);
        });

        var built = await Build(_stand.Connect(AtOnce, patience: TimeSpan.Zero)).RunAsync(Token);

        Assert.Equal(1, commits);
        Assert.Equal((1, 1), (built.BuildNumber, built.Legs));
        Assert.Equal(["1|1"], await _stand.Database.RowsAsync("SELECT build_number, legs FROM ops.gold_build"));
        Assert.Equal(["departed"], await _stand.Database.RowsAsync("SELECT status FROM gold.fact_flight WHERE flight_key > 0"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_session_that_ends_in_the_middle_of_a_build_leaves_nothing_and_the_whole_is_run_again(int runs)
    {
        await LoadAsync();
        var steps = 0;
        var build = new GoldBuild(_stand.Warehouse, ScriptFolder.Shipped, ReferenceTables.Default, TimeProvider.System, NullLogger.Instance)
        {
            // All runs but the last lose their session.
            BeforeCommit = () => ++steps < 3 ? _stand.Service.EndSessionsAsync() : Task.CompletedTask,
            Retry = AtOnce with { MaxAttempts = runs },
        };

        if (runs == 1)
        {
            var failed = await Assert.ThrowsAsync<WarehouseException>(() => build.RunAsync(Token));
            Assert.StartsWith("The warehouse at redshift://airport/dev could not build Gold: ValidationException: Session ", failed.Message, StringComparison.Ordinal);
            Assert.Empty(await _stand.Database.RowsAsync("SELECT build_number FROM ops.gold_build"));
            build = Build(_stand.Warehouse);
        }

        Assert.Equal(1, (await build.RunAsync(Token)).BuildNumber);
        Assert.Equal(runs, steps);
        Assert.Equal(["1"], await _stand.Database.RowsAsync("SELECT build_number FROM ops.gold_build"));
    }

    [Fact]
    public async Task Where_batches_in_a_session_commit_by_themselves_a_build_goes_statement_by_statement()
    {
        await LoadAsync();
        _stand.Service.BatchesCommit = true;

        var outcome = await Build(_stand.Warehouse).RunAsync(Token);

        Assert.Equal(1, outcome.BuildNumber);
        // The probe alone; nothing of the build.
        Assert.Single(_stand.Endpoint.Requests, request => request.Operation == "BatchExecuteStatement" && request.Text.Contains("AUTO_COMMIT", StringComparison.Ordinal));
        Assert.Equal(["departed"], await _stand.Database.RowsAsync("SELECT status FROM gold.fact_flight WHERE flight_key > 0"));
    }

    [Fact]
    public async Task A_build_sends_its_scripts_in_batches_of_its_transaction()
    {
        await LoadAsync();

        await Build(_stand.Warehouse).RunAsync(Token);

        var requests = _stand.Endpoint.Requests.Where(request => request.Operation.EndsWith("ExecuteStatement", StringComparison.Ordinal)).ToList();
        Assert.InRange(requests.Count, 20, 120);
        Assert.Equal("COMMIT", (string)requests[^1].Json["Sql"]!);
        // But for the probe's, one session.
        Assert.InRange(requests.Select(request => (string?)request.Json["SessionId"]).OfType<string>().Distinct().Count(), 1, 2);
    }

    [Fact]
    public async Task Cancelled_it_stops_the_statement_and_undoes_the_transaction()
    {
        await LoadAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _stand.Service.Hangs = sql =>
        {
            var isIt = sql.StartsWith("SELECT from_load", StringComparison.Ordinal);
            if (isIt)
            {
                hanging.TrySetResult();
            }

            return isIt;
        };
        var building = Build(_stand.Warehouse).RunAsync(stop.Token);
        await hanging.Task.WaitAsync(Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building);
        Assert.Contains("CancelStatement", _stand.Calls);
        Assert.Equal("ROLLBACK", _stand.Service.Ran.Last());
        _stand.Service.Hangs = _ => false;
        Assert.Equal(1, (await Build(_stand.Warehouse).RunAsync(Token)).BuildNumber);
    }

    [Fact]
    public async Task Many_rows_become_statements_that_the_service_takes()
    {
        await _stand.Database.ExecuteAsync("CREATE TABLE public.many (n INTEGER, text VARCHAR(1000))");
        await using var session = await _stand.Warehouse.OpenSessionAsync(Token);
        await session.BeginAsync(Token);

        await session.InsertAsync("public.many", ["n", "text"], Enumerable.Range(0, 500).Select(n => (object?[])[n, new string('é', 300)]), Token);
        await session.CommitAsync(null, Token);

        Assert.Equal(["500|499"], await _stand.Database.RowsAsync("SELECT COUNT(*), MAX(n) FROM public.many"));
        var inserts = _stand.Service.Ran.Where(sql => sql.StartsWith("INSERT INTO public.many", StringComparison.Ordinal)).ToList();
        Assert.InRange(inserts.Count, 6, 12);
    }

    [Fact]
    public void Both_roads_read_an_error_alike()
    {
        Assert.Equal(
            [("ERROR: relation \"x\" does not exist", 15, "42P01"), ("ERROR: column \"a\" of relation \"t\" does not exist", 0, "42703"), ("ERROR: permission denied for schema gold", 0, "42501"), ("it failed without a reason", 0, null)],
            new[] { "ERROR: relation \"x\" does not exist\n  Position: 15", "ERROR: column \"a\" of relation \"t\" does not exist", "ERROR:  permission denied for schema gold.", null }
                .Select(AirportOps.Warehouse.Redshift.RedshiftErrors.Read)
                .Select(read => (read.Message, read.Position, AirportOps.Warehouse.Redshift.RedshiftErrors.SqlState(read.Message))));
    }

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    private static GoldBuild Build(IWarehouse warehouse) =>
        new(warehouse, ScriptFolder.Shipped, ReferenceTables.Default, TimeProvider.System, NullLogger.Instance) { Retry = AtOnce };

    private async Task LoadAsync() => await new PostgresStagingStore(_stand.Database, NullLogger.Instance)
        .LoadAsync([await _stand.Silver.WindowAsync("s", Entity.FlightEvent, Flight("f1", "14:00", "departed", "actual_departure", "14:00"))], _stand.Silver.Lake, Token);

    private MigrationRunner Runner(ScriptFolder folder) => new(_stand.Warehouse, folder, TimeProvider.System, _stand.Log) { Retry = AtOnce };

    /// <summary>The shipped scripts and more.</summary>
    private static ScriptFolder Scripts(params (string Name, string Sql)[] more)
    {
        var folder = Directory.CreateTempSubdirectory("ao-").FullName;
        var shipped = Path.Combine(AppContext.BaseDirectory, "warehouse-sql");
        foreach (var file in Directory.EnumerateFiles(shipped, "*.sql", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        foreach (var (name, sql) in more)
        {
            File.WriteAllText(Path.Combine(folder, "migrations", name), sql);
        }

        return new ScriptFolder(folder);
    }
}
