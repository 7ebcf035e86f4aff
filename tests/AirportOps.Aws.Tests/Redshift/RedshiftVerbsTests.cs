using System.Diagnostics;
using System.Text.Json.Nodes;
using AirportOps.Aws.Lakes;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Tests;
using AirportOps.Warehouse.Tests.Redshift;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Tests.Redshift;

/// <summary>The program itself, with its lake in S3 and its warehouse in Redshift, by both roads.</summary>
[Collection(typeof(ManySessions))]
public sealed class RedshiftVerbsTests(AwsEmulators emulators, ClusterFixture cluster) : IAsyncLifetime
{
    private const string Legs = """
        SELECT f.airline, f.flight_number, f.flight_suffix, f.flight_date, f.origin, f.destination, f.status, f.tail_number, f.actual_departure, f.actual_arrival,
            f.departure_delay_minutes, f.arrival_delay_minutes, f.passengers, f.seats, f.load_factor, f.is_cancelled, f.is_diverted, f.event_count
        FROM gold.fact_flight f ORDER BY f.airline, f.flight_number, f.flight_suffix, f.flight_date, f.origin
        """;

    private readonly DirectoryInfo _folder = TestFolder.Create();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_simulated_day_goes_through_S3_into_Redshift_and_reconciles_with_its_ledger()
    {
        var moto = await emulators.MotoAsync();
        var bucket = $"redshift-{Guid.NewGuid():N}";
        using (var s3 = TestAws.Clients(moto).S3())
        {
            await s3.PutBucketAsync(new PutBucketRequest { BucketName = bucket }, Token);
        }

        await using var database = await cluster.CreateDatabaseAsync();
        foreach (var statement in ScriptFolder.Shipped.Migrations(WarehouseEngine.Postgres)[0].Statements(WarehouseEngine.Postgres))
        {
            await database.ExecuteAsync(statement.Text);
        }

        var lakeUri = $"s3://{bucket}/airport";
        using var lake = S3Lake.Open(lakeUri["s3://".Length..], TestAws.Options(moto), new S3LakeOptions(), NullLogger.Instance, TimeProvider.System);
        await using var service = await RedshiftService.StartAsync(cluster.ConnectionStringOf(database), lake, lakeUri);
        await using var wire = new RedshiftWire(cluster.ConnectionStringOf(database), new ManifestCopy(lake, lakeUri), (_, password) => password.StartsWith("temporary-", StringComparison.Ordinal));
        service.WorkgroupEndpoint = ("127.0.0.1", wire.Port);
        var endpoint = string.Join(',', new[] { "redshift-data", "redshift-serverless", "secretsmanager" }.Select(name => $"{name}={service.Url}").Prepend(moto.AbsoluteUri));
        var ledger = Path.Combine(_folder.FullName, "ledger.jsonl");
        string[] lakePlace = ["--lake", lakeUri, "--aws-endpoint", endpoint];
        string[] places = [.. lakePlace, "--warehouse", "redshift://airport/dev"];

        await DoneAsync(["simulate", "--events", "1500", "--mess", "0.3", "--seed", "7", "--ledger", ledger, .. lakePlace]);
        await DoneAsync(["silver", "--once", "--no-load", .. lakePlace]);
        await DoneAsync(["migrate", "up", .. places]);
        await DoneAsync(["load", .. places]);
        await DoneAsync(["gold", "build", .. places]);
        Assert.True((bool)JsonNode.Parse(await DoneAsync(["verify", "--ledger", ledger, "--json", .. places]))!["agrees"]!);
        Assert.Contains("not built", await DoneAsync(["status", .. places]), StringComparison.Ordinal);
        var looked = await DoneAsync(["doctor", "--aws", .. places]);
        Assert.Contains("answers", looked, StringComparison.Ordinal);
        Assert.Contains("redshift-data:GetStatementResult on workgroup airport ", looked, StringComparison.Ordinal);
        var tests = await RunAsync(["gold", "test", "--select", "fact_flight", .. places]);
        Assert.True(tests.ExitCode == 0, tests.Error);
        var byDataApi = await DoneAsync(["sql", Legs, "--csv", .. places]);

        // By the other road the same answer; and the same from PostgreSQL itself.
        var byNpgsql = await DoneAsync(["sql", Legs, "--csv", .. lakePlace, "--warehouse", "redshift://airport/dev?via=npgsql&host=127.0.0.1&sslmode=disable&port=" + wire.Port]);
        Assert.Equal(byDataApi, byNpgsql);
        string[] local = [.. lakePlace, "--warehouse", $"local:{Path.Combine(_folder.FullName, "pg")}"];
        await DoneAsync(["load", .. local]);
        await DoneAsync(["gold", "build", .. local]);
        Assert.Equal(byDataApi, await DoneAsync(["sql", Legs, "--csv", .. local]));
        Assert.InRange(byDataApi.Split('\n').Length, 20, 10_000);
    }

    [Fact]
    public async Task A_lake_that_is_no_bucket_and_a_place_that_is_none_are_usage()
    {
        var file = await RunAsync(["load", "--warehouse", "redshift://airport/dev", "--lake", $"file:{_folder.FullName}"]);
        Assert.Equal(2, file.ExitCode);
        Assert.Equal($"airportops: a redshift:// warehouse loads from S3, but the lake is file:{_folder.FullName}; name one as s3://BUCKET/PREFIX by --lake", file.Error.Trim());

        var place = await RunAsync(["sql", "SELECT 1", "--warehouse", "redshift://airport"]);
        Assert.Equal(2, place.ExitCode);
        Assert.StartsWith("airportops: The warehouse can't be read: 'redshift://airport' names no database.", place.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warehouse_that_refuses_is_one_line()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(_ => true, int.MaxValue, Happenings.Error("AccessDeniedException", "User: arn:aws:iam::1:user/x is not authorized"));

        var refused = await RunAsync(["sql", "SELECT 1", "--warehouse", "redshift://airport/dev", "--aws-endpoint", endpoint.Url.AbsoluteUri]);

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            "airportops: The warehouse at redshift://airport/dev could not run the query: access denied: allow redshift-data:ExecuteStatement on workgroup airport in the policy of the "
            + "credentials in use (User: arn:aws:iam::1:user/x is not authorized). Check the warehouse's setting and its server.",
            refused.Error.Trim());
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var outcome = await RunAsync(arguments);
        Assert.True(outcome.ExitCode == 0, $"{string.Join(' ', arguments.Take(3))} ended with {outcome.ExitCode}: {outcome.Error}");
        return outcome.Output;
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "airportops.dll"), .. arguments, "--data", Path.Combine(_folder.FullName, "data")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = "test";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output, await error);
    }
}
