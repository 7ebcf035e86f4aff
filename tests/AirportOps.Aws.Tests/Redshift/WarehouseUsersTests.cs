using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Warehouse.Tests;
using Amazon.SecretsManager.Model;

namespace AirportOps.Aws.Tests.Redshift;

/// <summary>
/// infra-terraform/warehouse-users as somebody runs it, by AWS's own command line: the warehouse is PostgreSQL behind the Data API, Secrets Manager is
/// moto. Only terraform is replaced, by a program that prints outputs.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class WarehouseUsersTests(ClusterFixture cluster, AwsEmulators emulators) : IAsyncLifetime
{
    private const string AdminSecret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:redshift!airportops-test-admin-AbCdEf";

    // Roles belong to the whole cluster: nobody else's tests know these.
    private static readonly (string Name, string Group) Reader = ("users_bi", "bi_reader");
    private static readonly (string Name, string Group) Loader = ("users_loader", "airportops_load");

    private static readonly Happening Denied = Happenings.Error("AccessDeniedException", "no");

    private readonly DirectoryInfo _folder = TestFolder.Create();
    private readonly string _environment = $"airportops-{Guid.NewGuid():N}";
    private RedshiftStand _stand = null!;
    private ScriptedEndpoint _secrets = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _secrets = await ScriptedEndpoint.StartAsync(await emulators.MotoAsync());
        _stand = await RedshiftStand.CreateAsync(cluster, isMigrated: true);
        await Task.WhenAll(new[] { Reader, Loader }.Select(user => CreateSecretAsync(user.Name)));
        WriteProgram("terraform", $"""
            [ "$*" = "-chdir=envs/test output -json" ] || exit 9
            cat '{PathOf("outputs.json")}'
            """);
        WriteProgram("jq", $"""
            printf '%s\n' "$*" >>'{PathOf("commands")}'
            exec '{InstalledProgram.Require("jq")}' "$@"
            """);
        WriteProgram("aws", $"""
            printf '%s\n' "aws $*" >>'{PathOf("commands")}'
            case "$1" in
              redshift-data) endpoint={_stand.Endpoint.Url} ;;
              secretsmanager) endpoint={_secrets.Url} ;;
            esac
            exec '{InstalledProgram.Require(AwsCommandLine.Program)}' --endpoint-url "$endpoint" "$@"
            """);
    }

    [Fact]
    public async Task Users_are_made_in_their_groups_and_another_run_changes_passwords_only()
    {
        WriteOutputs(Reader);
        _secrets.Next(request => request.Operation == "PutSecretValue", 1, Denied);
        var first = await RunAsync();
        var (firstHashes, firstUsers) = (await HashesAsync(), await UsersAsync());
        WriteOutputs(Reader, Loader);
        _stand.Next("DescribeStatement", 1, Happenings.Answer(HttpStatusCode.OK, """{"Id":"x","Status":"STARTED"}"""));
        var second = await RunAsync();
        var (hashes, users) = (await HashesAsync(), await UsersAsync());

        Assert.Equal(
            Failure($"secret {SecretOf("users_bi")}, while users_bi has its new password already: An error occurred (AccessDeniedException) when calling the PutSecretValue operation: no"), first);
        Assert.Equal((0, "", "users_bi: a new password, in the group bi_reader\nusers_loader: a new password, in the group airportops_load"), second);
        Assert.StartsWith("users_bi|bi_reader|", Assert.Single(firstUsers), StringComparison.Ordinal);
        Assert.Equal(firstUsers[0], users[0]);
        Assert.StartsWith("users_loader|airportops_load|", users[1], StringComparison.Ordinal);

        // The warehouse has the hashes of the passwords that programs find.
        var passwords = new[] { await PasswordAsync("users_bi"), await PasswordAsync("users_loader") };
        Assert.Equal([.. await HashOfAsync("users_bi", passwords[0]), .. await HashOfAsync("users_loader", passwords[1])], hashes);
        var every = _secrets.Requests.Where(request => request.Operation == "PutSecretValue")
            .Select(request => (string)JsonNode.Parse((string)request.Json["SecretString"]!)!["password"]!).ToArray();
        Assert.Equal(passwords, every[1..]);
        Assert.Equal(await HashOfAsync("users_bi", every[0]), firstHashes);
        Assert.NotEqual(every[0], every[1]);
        Assert.All(every, password => Assert.Matches("^[A-Za-z0-9]{40}$", password));
        Assert.Equal(
            [
                "SELECT usename FROM pg_user WHERE usename IN ('users_bi')",
                $"CREATE USER users_bi PASSWORD '{firstHashes[0]}' IN GROUP bi_reader",
                "SELECT usename FROM pg_user WHERE usename IN ('users_bi', 'users_loader')",
                $"ALTER USER users_bi PASSWORD '{hashes[0]}'",
                $"CREATE USER users_loader PASSWORD '{hashes[1]}' IN GROUP airportops_load",
            ],
            _stand.Service.Ran);
        Assert.All(
            _stand.Endpoint.Requests.Where(request => request.Operation == "ExecuteStatement"),
            request => Assert.Equal(
                (RedshiftService.Workgroup, RedshiftService.Database, AdminSecret),
                ((string?)request.Json["WorkgroupName"], (string?)request.Json["Database"], (string?)request.Json["SecretArn"])));

        // No password in what the warehouse was sent, nor in commands, which others on this machine can see.
        var written = string.Concat(_stand.Endpoint.Requests.Select(request => request.Text)) + await File.ReadAllTextAsync(PathOf("commands"), Token);
        Assert.All(every, password => Assert.DoesNotContain(password, written, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_statement_that_fails_ends_it_with_one_line_and_leaves_the_others_as_they_are()
    {
        WriteOutputs(Reader, Loader);
        _stand.Service.Refuse = sql => sql.StartsWith("CREATE USER users_bi ", StringComparison.Ordinal) ? "permission denied\n  to create role" : null;

        var failed = await RunAsync();

        Assert.Equal(Failure("user users_bi: FAILED: ERROR: permission denied to create role"), failed);
        Assert.Empty(await UsersAsync());
        Assert.DoesNotContain(_secrets.Requests, request => request.Operation == "PutSecretValue");
    }

    [Fact]
    public async Task A_call_that_AWS_denies_ends_it_with_one_line()
    {
        WriteOutputs(Reader);
        _stand.Next("ExecuteStatement", int.MaxValue, Denied);

        Assert.Equal(Failure("users of dev: An error occurred (AccessDeniedException) when calling the ExecuteStatement operation: no"), await RunAsync());
    }

    [Fact]
    public async Task Without_a_warehouse_it_says_so_and_asks_nobody()
    {
        WriteOutputs();

        Assert.Equal(
            (1, "", "warehouse-users: envs/test has no warehouse with users among its outputs; apply it first, with warehouse_enabled = true"), await RunAsync());
        Assert.DoesNotContain("aws ", await File.ReadAllTextAsync(PathOf("commands"), Token), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (name, _) in new[] { Reader, Loader })
        {
            await _stand.Database.ExecuteAsync($"DROP USER IF EXISTS {name}");
        }

        await _stand.DisposeAsync();
        await _secrets.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static (int ExitCode, string Output, string Error) Failure(string why) => (1, "", $"warehouse-users: {why}. Put that right and run it again.");

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string SecretOf(string user) => $"{_environment}/warehouse/{user}";

    private void WriteProgram(string name, string script)
    {
        var path = Path.Combine(_folder.CreateSubdirectory("bin").FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Outputs as the roots have them, which infra-terraform/tests/platform.tftest.hcl holds to these names; without users there is no warehouse.</summary>
    private void WriteOutputs(params (string Name, string Group)[] users)
    {
        var warehouse = new JsonObject { ["workgroup_name"] = RedshiftService.Workgroup, ["database"] = RedshiftService.Database, ["admin_secret_arn"] = AdminSecret };
        var secrets = users.Select(user => KeyValuePair.Create(user.Name, (JsonNode?)new JsonObject { ["group"] = user.Group, ["secret"] = SecretOf(user.Name) }));
        File.WriteAllText(
            PathOf("outputs.json"),
            new JsonObject
            {
                ["region"] = new JsonObject { ["value"] = "us-east-1" },
                ["warehouse"] = new JsonObject { ["value"] = users is [] ? null : warehouse },
                ["warehouse_users"] = new JsonObject { ["value"] = new JsonObject(secrets) },
            }.ToJsonString());
    }

    private async Task CreateSecretAsync(string user)
    {
        using var http = new HttpClient();
        using var content = new StringContent(
            new JsonObject { ["Name"] = SecretOf(user), ["ClientRequestToken"] = Guid.NewGuid().ToString() }.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1");
        content.Headers.Add("X-Amz-Target", "secretsmanager.CreateSecret");

        // moto finds the service by the scope of the signature, which it does not check here.
        http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20260301/us-east-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0");
        using var created = await http.PostAsync(await emulators.MotoAsync(), content, Token);
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync(Token));
    }

    /// <summary>The password that a user's programs find.</summary>
    private async Task<string> PasswordAsync(string user)
    {
        using var client = TestAws.Clients(await emulators.MotoAsync()).SecretsManager();
        var secret = JsonNode.Parse((await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = SecretOf(user) }, Token)).SecretString!)!;
        Assert.Equal(("redshift", user), ((string?)secret["engine"], (string?)secret["username"]));
        return (string)secret["password"]!;
    }

    private Task<List<string>> HashesAsync() => _stand.Database.RowsAsync("SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'users\\_%' ORDER BY rolname");

    /// <summary>What PostgreSQL and Redshift keep of a password.</summary>
    private Task<List<string>> HashOfAsync(string user, string password) => _stand.Database.RowsAsync($"SELECT 'md5' || MD5('{password}' || '{user}')");

    /// <summary>All that there is about the users but their passwords: name, groups, what else is set.</summary>
    private Task<List<string>> UsersAsync() => _stand.Database.RowsAsync("""
        SELECT u.rolname, STRING_AGG(g.rolname, ','), TO_JSONB(u) - 'rolpassword', TO_JSON(ARRAY_AGG(m))
        FROM pg_authid u LEFT JOIN pg_auth_members m ON m.member = u.oid LEFT JOIN pg_authid g ON g.oid = m.roleid
        WHERE u.rolname LIKE 'users\_%'
        GROUP BY u.oid, u.*, u.rolname ORDER BY u.rolname
        """);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync()
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(AwsEmulators.Repository, "infra-terraform", "warehouse-users"), "envs/test"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["PATH"] = $"{Path.Combine(_folder.FullName, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["AWS_ACCESS_KEY_ID"] = "test";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = "/dev/null";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output, (await error).TrimEnd('\n'));
    }
}
