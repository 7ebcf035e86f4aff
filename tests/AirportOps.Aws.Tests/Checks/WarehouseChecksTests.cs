using System.Net;
using AirportOps.Aws.Checks;
using AirportOps.Aws.Redshift;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Redshift;
using AirportOps.Warehouse.Tests;

namespace AirportOps.Aws.Tests.Checks;

/// <summary>What is needed of a warehouse in Redshift, by a stand-in that refuses actions in the services' own words.</summary>
public sealed class WarehouseChecksTests(ClusterFixture cluster) : IAsyncLifetime
{
    private const string Account = "arn:aws:redshift:us-east-1:123456789012";
    private const string Workgroup = "arn:aws:redshift-serverless:us-east-1:123456789012:workgroup/1c7e6f5e-0000-4000-8000-000000000000";
    private const string WithSecret = $"redshift://airport/dev?secret={RedshiftService.SecretArn}";
    private const string Execute = "redshift-data:ExecuteStatement";

    private static readonly string[] OfStatements = ["redshift-data:DescribeStatement", "redshift-data:GetStatementResult", "redshift-data:CancelStatement"];

    private static readonly string[] OfDataApi = [Execute, .. OfStatements, "redshift-data:BatchExecuteStatement"];

    private RedshiftStand _stand = null!;
    private string _place = WithSecret;
    private string? _denied;

    public static TheoryData<string, string[]> Places => new()
    {
        { WithSecret, ["secretsmanager:GetSecretValue", .. OfDataApi] },
        { "redshift://airport/dev", ["redshift-serverless:GetCredentials", .. OfDataApi] },
        { "redshift:///dev?cluster=big&dbuser=loader", ["redshift:GetClusterCredentials", .. OfDataApi] },
        { "redshift:///dev?cluster=big", ["redshift:GetClusterCredentialsWithIAM", .. OfDataApi] },
        { "redshift://airport/dev?via=npgsql", ["redshift-serverless:GetCredentials", "redshift-serverless:GetWorkgroup"] },
        { "redshift://airport/dev?via=npgsql&host=h", ["redshift-serverless:GetCredentials"] },
        { "redshift:///dev?cluster=big&dbuser=loader&via=npgsql&host=h", ["redshift:GetClusterCredentials"] },
        { $"{WithSecret}&via=npgsql", ["secretsmanager:GetSecretValue", "redshift-serverless:GetWorkgroup"] },
        { $"{WithSecret}&via=npgsql&host=h", ["secretsmanager:GetSecretValue"] },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stand = await RedshiftStand.CreateAsync(cluster, isMigrated: false);
        _stand.Service.WorkgroupEndpoint = ("127.0.0.1", 5439);
        _stand.Endpoint.Next(request => request.Text.Contains("Action=GetCallerIdentity", StringComparison.Ordinal), int.MaxValue, Happenings.Answer(
            HttpStatusCode.OK,
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId>"
            + "<Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>",
            "text/xml"));
        _stand.Endpoint.Next(IsRefused, int.MaxValue, exchange => Refuse(exchange, _denied!));
    }

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Each_action_that_a_policy_lacks_is_named_with_its_resource_and_nothing_else_is(string place, string[] actions)
    {
        var findings = await LookAsync(place);

        Assert.Equal(["credentials", .. actions], findings.Select(finding => finding.What.Split(' ')[0]));
        Assert.All(findings, finding => Assert.True(finding.IsFine, $"{finding}"));
        Assert.All(_stand.Service.Ran, sql => Assert.Equal("SELECT 1", sql));

        foreach (var action in actions)
        {
            _denied = action;
            findings = await LookAsync(place);

            var refused = Assert.Single(findings, finding => finding.Missing is not null);
            Assert.Equal((action, false), (refused.What.Split(' ')[0], refused.IsFine));
            Assert.Equal(Statement(action), refused.Missing);
            Assert.All(
                findings.Where(finding => !finding.IsFine && finding != refused),
                finding => Assert.Matches("^not known before (redshift|secretsmanager)[a-z-]*:[A-Za-z]+ works$", finding.Found));
        }
    }

    [Fact]
    public async Task The_platform_grants_its_tasks_what_is_asked_for()
    {
        var granted = await File.ReadAllTextAsync(Path.Combine(AwsEmulators.Repository, "infra-terraform/modules/platform/statements.tf"), Token);
        granted = granted[granted.IndexOf("warehouse = {", StringComparison.Ordinal)..];
        foreach (var finding in (await LookAsync(WithSecret)).Skip(1))
        {
            var statement = Statement(finding.What.Split(' ')[0]);
            Assert.Contains($"\"{statement.Action}\"", granted, StringComparison.Ordinal);
            if (statement.Condition is { } condition)
            {
                Assert.Contains($"variable = \"{condition.Key}\", values = [\"${condition.Value}\"]", granted, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_statement_about_ones_own_statements_says_so()
    {
        _denied = "redshift-data:DescribeStatement";

        Assert.Equal(
            """{"Effect":"Allow","Action":"redshift-data:DescribeStatement","Resource":"*","Condition":{"StringEquals":{"redshift-data:statement-owner-iam-userid":"${aws:userid}"}}}""",
            Assert.Single(await LookAsync(WithSecret), finding => finding.Missing is not null).Missing!.ToJson());
    }

    [Fact]
    public async Task A_secret_whose_key_is_refused_lacks_the_key()
    {
        _stand.Next("GetSecretValue", 1, Happenings.Error("AccessDeniedException", "Access to KMS is not allowed"));

        var refused = Assert.Single(await LookAsync(WithSecret), finding => !finding.IsFine);

        Assert.Equal($"secretsmanager:GetSecretValue on secret {RedshiftService.SecretArn}", refused.What);
        Assert.Equal(
            new PolicyStatement("kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/*")
            {
                Condition = new PolicyCondition("kms:ViaService", "secretsmanager.us-east-1.amazonaws.com"),
            },
            refused.Missing);
    }

    [Fact]
    public async Task A_secret_by_its_name_is_any_of_that_name()
    {
        _stand.Next("GetSecretValue", 1, Happenings.Error("AccessDeniedException", "not you"));

        Assert.Equal(
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:airport/loader-??????",
            Assert.Single(await LookAsync("redshift://airport/dev?secret=airport/loader"), finding => finding.Missing is not null).Missing!.Resource);
    }

    [Theory]
    [InlineData("{\"username\":\"u\"}", "has no password")]
    [InlineData("none", "is no JSON object")]
    public async Task A_secret_of_another_shape_is_no_matter_of_permissions(string content, string expected)
    {
        _stand.Service.Secret = content;

        var unfit = Assert.Single(await LookAsync(WithSecret), finding => !finding.IsFine);

        Assert.StartsWith($"The secret {RedshiftService.SecretArn} {expected}", unfit.Found, StringComparison.Ordinal);
        Assert.Null(unfit.Missing);
    }

    [Fact]
    public async Task What_is_not_there_is_no_matter_of_permissions()
    {
        var findings = await LookAsync("redshift://other/dev");

        Assert.All(findings, finding => Assert.Null(finding.Missing));
        Assert.Equal(
            [
                "it is not there (Workgroup other not found); check its name, AWS_REGION and the account.",
                "workgroup other is not there (Redshift endpoint doesn't exist in this region); check its name, AWS_REGION and the account.",
                .. OfStatements.Select((_, index) => $"not known before {(index == 0 ? Execute : OfStatements[0])} works"),
                "workgroup other is not there (Redshift endpoint doesn't exist in this region); check its name, AWS_REGION and the account.",
            ],
            findings.Skip(1).Select(finding => finding.Found));
    }

    [Theory]
    [InlineData("ValidationException", "The cluster is paused.", "workgroup airport is paused; resume it (")]
    [InlineData("ValidationException", "Cluster is resuming", "workgroup airport is not there yet: Cluster is resuming.")]
    [InlineData("DatabaseConnectionException", "Cluster is not available", "workgroup airport is not there yet: Cluster is not available.")]
    [InlineData("ActiveStatementsExceededException", "200 already", "workgroup airport has as many statements or sessions as it may")]
    [InlineData("InternalServerException", "it happens", "redshift-data:ExecuteStatement failed (InternalServerException): it happens.")]
    public async Task How_a_warehouse_is_away_is_told(string code, string message, string expected)
    {
        _stand.Next("ExecuteStatement", int.MaxValue, Happenings.Error(code, message));

        var away = Assert.Single(await LookAsync(WithSecret), finding => finding.What.StartsWith(Execute, StringComparison.Ordinal));

        Assert.StartsWith(expected, away.Found, StringComparison.Ordinal);
        Assert.True(away is { IsFine: false, Missing: null });
    }

    [Fact]
    public async Task A_workgroup_without_an_endpoint_yet_is_told()
    {
        _stand.Service.WorkgroupEndpoint = null;

        Assert.StartsWith(
            "workgroup airport has no endpoint yet, it is CREATING",
            Assert.Single(await LookAsync("redshift://airport/dev?via=npgsql"), finding => !finding.IsFine).Found,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_fails_was_allowed_and_its_rows_are_not_known()
    {
        _stand.Service.Refuse = _ => "database \"dev\" does not exist";

        var findings = (await LookAsync(WithSecret)).ToDictionary(finding => finding.What.Split(' ')[0], finding => finding.Found, StringComparer.Ordinal);

        Assert.Equal(
            ("allowed", "allowed, but SELECT 1 failed: ERROR: database \"dev\" does not exist.", "not known before redshift-data:DescribeStatement works"),
            (findings[Execute], findings[OfStatements[0]], findings[OfStatements[1]]));
    }

    [Fact]
    public async Task A_statement_that_does_not_end_is_told_after_a_minute()
    {
        _stand.Service.Hangs = _ => true;
        var clock = new Kinesis.FakeClock();
        var looking = LookAsync(WithSecret, clock);
        await clock.PassAsync(TimeSpan.FromSeconds(20), looking);

        Assert.StartsWith(
            "allowed, but SELECT 1 has not ended after 60 s, it is STARTED;",
            Assert.Single(await looking, finding => finding.What.StartsWith(OfStatements[0], StringComparison.Ordinal)).Found,
            StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<AwsFinding>> LookAsync(string place, TimeProvider? clock = null)
    {
        _place = place;
        var doctor = new AwsDoctor(TestAws.Options(_stand.Endpoint.Url) with { MaxAttempts = 1 }, clock ?? TimeProvider.System) { Warehouse = RedshiftPlace.Parse(place) };
        return doctor.LookAsync(Token);
    }

    /// <summary>Whether a request is the denied one's; without a login of its own the Data API can't start a statement either.</summary>
    private bool IsRefused(ReceivedRequest request) => _denied is { } action
        && (request.Operation == Operation(action)
            || request.Text.Contains($"Action={Operation(action)}&", StringComparison.Ordinal)
            || (request.Operation.EndsWith("ExecuteStatement", StringComparison.Ordinal) && !action.StartsWith("redshift-data:", StringComparison.Ordinal)));

    /// <summary>The services name the ARN, a workgroup's by its id; calls about statements have none.</summary>
    private Task Refuse(IHttpExchange exchange, string action)
    {
        var message = $"User: arn:aws:iam::123456789012:user/u is not authorized to perform: {action} on resource: {Statement(action).Resource}"
            + $" because no identity-based policy allows the {action} action";
        return (exchange.Request.Operation.Length == 0
            ? Happenings.Answer(
                HttpStatusCode.Forbidden, $"<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>", "text/xml")
            : Happenings.Error("AccessDeniedException", message))(exchange);
    }

    private static string Operation(string action) => action[(action.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>As the policy of a place should have it.</summary>
    private PolicyStatement Statement(string action) => action switch
    {
        "secretsmanager:GetSecretValue" => new(action, RedshiftService.SecretArn),
        "redshift:GetClusterCredentials" => new(action, $"{Account}:dbuser:big/loader"),
        "redshift:GetClusterCredentialsWithIAM" => new(action, $"{Account}:dbname:big/dev"),
        _ when OfStatements.Contains(action) => new(action, "*")
        {
            Condition = new PolicyCondition("redshift-data:statement-owner-iam-userid", "${aws:userid}"),
        },
        _ => new(action, _place.Contains("cluster=big", StringComparison.Ordinal) ? $"{Account}:cluster:big" : Workgroup),
    };
}
