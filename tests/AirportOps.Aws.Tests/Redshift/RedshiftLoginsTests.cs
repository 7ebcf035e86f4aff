using AirportOps.Aws.Redshift;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Lake;
using AirportOps.Reliability;
using AirportOps.Warehouse.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Tests.Redshift;

public sealed class RedshiftLoginsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = TestFolder.Create();
    private RedshiftService _service = null!;
    private ScriptedEndpoint _endpoint = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await RedshiftService.StartAsync("Host=nowhere", FileLake.Open(_folder.FullName, TimeProvider.System), "s3://bucket");
        _endpoint = await ScriptedEndpoint.StartAsync(_service.Url);
    }

    [Fact]
    public async Task A_workgroup_gives_a_new_password_each_time_and_tells_where_it_is()
    {
        _service.WorkgroupEndpoint = ("airport.123456789012.us-east-1.redshift-serverless.amazonaws.com", 5439);
        using var logins = Logins("redshift://airport/dev?via=npgsql");

        var first = await logins.NextAsync(Token);
        var second = await logins.NextAsync(Token);

        Assert.Equal(new RedshiftLogin("airport.123456789012.us-east-1.redshift-serverless.amazonaws.com", 5439, "IAMR:loader", "temporary-1"), first);
        Assert.Equal("temporary-2", second.Password);
        var asked = _endpoint.Requests.First().Json;
        Assert.Equal(("airport", "dev"), ((string?)asked["workgroupName"], (string?)asked["dbName"]));
    }

    [Fact]
    public async Task A_host_of_the_place_needs_no_question()
    {
        using var logins = Logins("redshift://airport/dev?via=npgsql&host=h.example&port=5440");

        Assert.Equal(("h.example", 5440), ((await logins.NextAsync(Token)) is var login ? (login.Host, login.Port) : default));
        Assert.Equal(["GetCredentials"], _endpoint.Requests.Select(request => request.Operation));
    }

    [Fact]
    public async Task A_workgroup_that_is_being_made_is_trouble_that_passes()
    {
        using var logins = Logins("redshift://airport/dev?via=npgsql");

        var trouble = await Assert.ThrowsAsync<RedshiftApiException>(() => logins.NextAsync(Token));

        Assert.Equal(Fault.Outside, trouble.Fault);
        Assert.Contains("has no endpoint yet, it is CREATING", trouble.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redshift:///dev?cluster=big&dbuser=loader&via=npgsql&host=h", "IAM:loader", "Action=GetClusterCredentials&Version=2012-12-01&ClusterIdentifier=big&DbName=dev&DbUser=loader")]
    [InlineData("redshift:///dev?cluster=big&via=npgsql&host=h", "IAMR:loader", "Action=GetClusterCredentialsWithIAM&Version=2012-12-01&ClusterIdentifier=big&DbName=dev")]
    public async Task A_cluster_gives_a_database_user_or_the_callers_own_identity(string place, string user, string form)
    {
        using var logins = Logins(place);

        Assert.Equal(new RedshiftLogin("h", 5439, user, "temporary-1"), await logins.NextAsync(Token));
        Assert.Equal(form.Split('&').Order(StringComparer.Ordinal), _endpoint.Requests.Single().Text.Split('&').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_secret_has_it_all_or_leaves_the_host_to_the_place()
    {
        using var logins = Logins($"redshift://airport/dev?via=npgsql&secret={RedshiftService.SecretArn}");
        _service.Secret = """{"username":"u","password":"p","host":"s.example","port":5441,"dbClusterIdentifier":"big"}""";
        Assert.Equal(new RedshiftLogin("s.example", 5441, "u", "p"), await logins.NextAsync(Token));

        _service.Secret = """{"username":"u","password":"p2"}""";
        _service.WorkgroupEndpoint = ("w.example", 5439);
        Assert.Equal(new RedshiftLogin("w.example", 5439, "u", "p2"), await logins.NextAsync(Token));
    }

    [Theory]
    [InlineData("not json", "is no JSON object")]
    [InlineData("[1]", "is no JSON object")]
    [InlineData("{\"password\":\"hush\"}", "has no username")]
    [InlineData("{\"username\":\"u\"}", "has no password")]
    public async Task A_secret_of_another_shape_is_told_without_its_content(string content, string expected)
    {
        _service.Secret = content;
        using var logins = Logins($"redshift://airport/dev?via=npgsql&host=h&secret={RedshiftService.SecretArn}");

        var trouble = await Assert.ThrowsAsync<RedshiftApiException>(() => logins.NextAsync(Token));

        Assert.StartsWith($"The secret {RedshiftService.SecretArn} {expected}", trouble.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", trouble.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redshift://airport/dev?via=npgsql&host=h", "GetCredentials", "allow redshift-serverless:GetCredentials on workgroup airport")]
    [InlineData("redshift://airport/dev?via=npgsql&host=h&secret=x", "GetSecretValue", "allow secretsmanager:GetSecretValue on x")]
    public async Task Access_denied_names_the_action_and_the_resource(string place, string operation, string expected)
    {
        _endpoint.Next(request => request.Operation == operation, 1, Happenings.Error("AccessDeniedException", "not authorized"));
        using var logins = Logins(place);

        var trouble = await Assert.ThrowsAsync<RedshiftApiException>(() => logins.NextAsync(Token));

        Assert.StartsWith($"access denied: {expected} in the policy of the credentials in use", trouble.Message, StringComparison.Ordinal);
        Assert.Equal(Fault.Operator, trouble.Fault);
    }

    [Theory]
    [InlineData("redshift://other/dev?via=npgsql&host=h", "Workgroup other not found")]
    [InlineData("redshift:///dev?cluster=small&via=npgsql&host=h", "Cluster small not found")]
    public async Task What_is_not_there_is_told_by_its_name(string place, string expected)
    {
        using var logins = Logins(place);

        Assert.Contains(expected, (await Assert.ThrowsAsync<RedshiftApiException>(() => logins.NextAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_does_not_print_its_password() =>
        Assert.Equal("u at h:5439", new RedshiftLogin("h", 5439, "u", "hush").ToString());

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        await _service.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private RedshiftLogins Logins(string place) => new(
        RedshiftPlace.Parse(place), TestAws.Options(_endpoint.Url) with { MaxAttempts = 1 }, RedshiftStand.AtOnce, NullLogger.Instance, TimeProvider.System);
}
