using System.Text.Json.Nodes;
using AirportOps.Aws.Connecting;
using AirportOps.Aws.Leases;
using AirportOps.Aws.Tests.Alerts;
using AirportOps.Aws.Tests.Checks;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Operations.Tests.Emf;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Tests;

/// <summary>The program itself, as an operator sees it.</summary>
public sealed class OperationsTests(AwsEmulators emulators) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airportops-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Stages_write_their_metrics_among_their_log_and_send_alerts_once()
    {
        var endpoint = $"{await emulators.MotoAsync()},kinesis={await emulators.KinesisAsync()}";
        var topic = await TestTopic.CreateAsync(await emulators.MotoAsync());
        var sandbox = await AwsSandbox.CreateAsync(
            $"operated-{Guid.NewGuid():N}", 2, TestAws.Options(await emulators.MotoAsync()) with { Endpoint = endpoint }, Token);
        string[] places = ["--data", _folder.FullName, "--stream", sandbox.Stream, "--lake", sandbox.Lake, "--aws-endpoint", endpoint, "--json"];
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_REGION"] = "us-east-1",
            ["AIRPORTOPS_ALERTS__TOPICARN"] = topic.Arn,
            ["AIRPORTOPS_ALERTS__QUARANTINEPERCENT"] = "1",
            ["AIRPORTOPS_ALERTS__QUARANTINEEVENTS"] = "100",
        };
        Assert.Equal(0, (await TestProgram.RunAsync(environment, ["simulate", "--events", "1000", "--mess", "1", "--seed", "7", .. places])).ExitCode);

        var cleaned = await TestProgram.RunAsync(environment, ["silver", "--once", "--no-load", "--emf", .. places]);
        var rest = await TestProgram.RunAsync(environment, ["silver", "--once", "--no-load", .. places]);

        Assert.True(cleaned.ExitCode == 0, cleaned.Error);
        Assert.True(rest.ExitCode == 0, rest.Error);
        var metrics = cleaned.ErrorLines.Where(line => line.StartsWith("{\"_aws\"", StringComparison.Ordinal)).ToList();
        Assert.All(metrics, line => Assert.Empty(EmfValidator.Faults(line, TimeProvider.System.GetUtcNow())));
        var ledger = JsonNode.Parse(cleaned.Output)!["silver"]!;
        Assert.Equal((long)ledger["events"]!, Sum("Events"));
        Assert.Equal((long)ledger["rows"]!, Sum("Rows"));
        Assert.Equal((long)ledger["refused"]!, Sum("Refused"));
        Assert.True(Sum("Refused") > 10);
        Assert.Equal(1, Sum("AlertsSent"));
        var alert = Assert.Single(await topic.ReceiveAsync());
        Assert.Equal($"AirportOps raised: quarantine rate, {sandbox.Stream["kinesis:".Length..]}", (string?)alert["Subject"]);
        Assert.Contains(cleaned.ErrorLines, line => line.StartsWith("Alert, raised: Stream operated-", StringComparison.Ordinal));

        // Another process, which finds nothing to clean, takes back nothing that the first one said a moment ago.
        Assert.DoesNotContain(rest.ErrorLines, line => line.StartsWith("Alert", StringComparison.Ordinal));

        long Sum(string metric) => metrics.Sum(line => (long?)JsonNode.Parse(line)![metric] ?? 0);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_costs_a_line_and_no_stage()
    {
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AIRPORTOPS_ALERTS__TOPICARN"] = "arn:aws:sns:us-east-1:123456789012:nothing",
            ["AIRPORTOPS_ALERTS__QUARANTINEPERCENT"] = "1",
            ["AIRPORTOPS_ALERTS__QUARANTINEEVENTS"] = "100",
        };
        string[] places = ["--data", _folder.FullName, "--aws-endpoint", $"{await emulators.MotoAsync()}"];
        Assert.Equal(0, (await TestProgram.RunAsync(environment, ["simulate", "--events", "1000", "--mess", "1", "--seed", "7", .. places])).ExitCode);

        var cleaned = await TestProgram.RunAsync(environment, ["silver", "--once", "--no-load", .. places]);

        Assert.Equal(0, cleaned.ExitCode);
        Assert.Single(cleaned.ErrorLines, line => line ==
            "delivery of alerts to topic arn:aws:sns:us-east-1:123456789012:nothing waits: there is no such topic; check Alerts:TopicArn."
            + " The stages go on.");
        Assert.Contains("1 alerts were not delivered to topic arn:aws:sns:us-east-1:123456789012:nothing; the log has them.", cleaned.ErrorLines);
    }

    [Fact]
    public async Task Doctor_says_which_statement_the_policy_lacks_and_ends_with_1()
    {
        await using var moto = await TestUser.StartMotoAsync();
        var sandbox = await AwsSandbox.CreateAsync($"looked-at-{Guid.NewGuid():N}", 1, TestAws.Options(moto.Url), Token);
        var user = await TestUser.CreateAsync(moto.Url);
        await user.AllowAsync(
            ("kinesis:*", "*"), ("s3:ListBucket", "*"), ("s3:PutObject", "*"), ("s3:GetObject", "*"), ("s3:AbortMultipartUpload", "*"));
        var credentials = await user.Credentials.GetCredentialsAsync();
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ACCESS_KEY_ID"] = credentials.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = credentials.SecretKey,
            ["AWS_REGION"] = "us-east-1",
        };
        string[] doctor =
            ["doctor", "--aws", "--data", _folder.FullName, "--stream", sandbox.Stream, "--lake", sandbox.Lake, "--aws-endpoint", $"{moto.Url}"];
        var statement = $$"""{"Effect":"Allow","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::{{sandbox.Lake["s3://".Length..]}}/*"}""";

        var text = await TestProgram.RunAsync(environment, doctor);
        var json = await TestProgram.RunAsync(environment, [.. doctor, "--json"]);

        Assert.Equal((1, 1), (text.ExitCode, json.ExitCode));
        Assert.Contains($"add to the policy, for bronze, silver, run: {statement}", text.Output, StringComparison.Ordinal);
        var missing = Assert.Single(JsonNode.Parse(json.Output)!["findings"]!.AsArray(), finding => finding!["statement"] is not null)!["statement"]!;
        Assert.Equal(statement, missing.ToJsonString());
    }

    [Fact]
    public async Task Doctor_looks_for_a_lease_table_and_makes_none()
    {
        var dynamoDb = await emulators.DynamoDbAsync();
        var table = $"looked-for-{Guid.NewGuid():N}";
        string[] doctor = ["doctor", "--data", _folder.FullName, "--lease-table", table, "--aws-endpoint", $"dynamodb={dynamoDb}", "--json"];

        var without = await LookAsync();
        using var client = TestAws.Clients(dynamoDb).DynamoDb();
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => client.DescribeTableAsync(table, Token));
        using var store = DynamoDbLeaseStore.Open(table, TestAws.Options(dynamoDb), new DynamoDbLeaseOptions(), NullLogger.Instance, TimeProvider.System);
        await store.EnsureReadyAsync(Token);
        var with = await LookAsync();

        Assert.False((bool)without["fine"]!);
        Assert.StartsWith($"There is no lease table {table} ", (string?)without["found"], StringComparison.Ordinal);
        Assert.Equal((true, table), ((bool)with["fine"]!, (string?)with["found"]));

        async Task<JsonNode> LookAsync()
        {
            var looked = await TestProgram.RunAsync(doctor);
            return JsonNode.Parse(looked.Output)!["findings"]!.AsArray().Single(finding => (string?)finding!["what"] == "lease table")!;
        }
    }

    [Theory]
    [InlineData("silver --once --no-load --stream kinesis:s --lake file:LAKE", "The stream kinesis:s can't be used", true)]
    [InlineData("silver --once --no-load --stream local:STREAM --lake s3://bucket", "The lake s3://bucket can't be used", true)]
    [InlineData("silver --once --no-load --stream local:STREAM --lake file:LAKE --lease-table leases", "The lease table leases can't be used", true)]
    [InlineData("sql SELECT(1) --warehouse redshift://airport/dev", "The warehouse at redshift://airport/dev could not run the query", true)]
    [InlineData("sql SELECT(1) --warehouse redshift://airport/dev?via=npgsql", "The warehouse at redshift://airport/dev can't be reached", true)]
    [InlineData("silver --once --no-load --stream kinesis:s --lake file:LAKE", "The stream kinesis:s can't be used", false)]
    [InlineData("silver --once --no-load --stream local:STREAM --lake s3://bucket", "The lake s3://bucket can't be used", false)]
    [InlineData("silver --once --no-load --stream local:STREAM --lake file:LAKE --lease-table leases", "The lease table leases can't be used", false)]
    [InlineData("sql SELECT(1) --warehouse redshift://airport/dev", "The warehouse at redshift://airport/dev could not run the query", false)]
    [InlineData("sql SELECT(1) --warehouse redshift://airport/dev?via=npgsql", "The warehouse at redshift://airport/dev can't be reached", false)]
    public async Task Without_credentials_or_region_a_stage_says_so_in_one_line(string arguments, string place, bool hasEndpoint)
    {
        var nobody = new Dictionary<string, string?>
        {
            ["AWS_ACCESS_KEY_ID"] = null,
            ["AWS_SECRET_ACCESS_KEY"] = null,
            ["AWS_SESSION_TOKEN"] = null,
            ["AWS_PROFILE"] = null,
            ["AWS_WEB_IDENTITY_TOKEN_FILE"] = null,
            ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = null,
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = null,
            ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(_folder.FullName, "none"),
            ["AWS_CONFIG_FILE"] = Path.Combine(_folder.FullName, "none"),
            ["AWS_REGION"] = null,
            ["AWS_DEFAULT_REGION"] = null,
            ["HOME"] = _folder.FullName,
        };

        var refused = await TestProgram.RunAsync(
            nobody, [.. In(arguments).Split(' '), "--data", _folder.FullName, .. hasEndpoint ? ["--aws-endpoint", "http://127.0.0.1:9"] : Array.Empty<string>()]);

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith(
            $"airportops: {place}: {(hasEndpoint
                ? "there are no AWS credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE after 'aws sso login'"
                : "no region is set; set AWS_REGION or name an endpoint by --aws-endpoint")}.",
            Assert.Single(refused.ErrorLines, line => !line.Contains("records", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    private string In(string place) => place
        .Replace("LAKE", Path.Combine(_folder.FullName, "lake"), StringComparison.Ordinal)
        .Replace("STREAM", Path.Combine(_folder.FullName, "stream"), StringComparison.Ordinal);
}
