using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AirportOps.Aws.Tests.Redshift;

/// <summary>The calls that give logins: a new password each time, by which the user may log in from then on.</summary>
internal sealed partial class RedshiftService
{
    internal const string SecretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:airport-x1";

    private int _passwords;

    /// <summary>The passwords given out, by user.</summary>
    internal ConcurrentDictionary<string, ConcurrentBag<string>> Passwords { get; } = new();

    /// <summary>What the secret holds; null for a user and a password.</summary>
    internal string? Secret { get; set; }

    /// <summary>Where the workgroup is, as the service tells.</summary>
    internal (string Host, int Port)? WorkgroupEndpoint { get; set; }

    private JsonObject? Login(string target, JsonObject request)
    {
        switch (target)
        {
            case "secretsmanager.GetSecretValue":
                return Text(request, "SecretId") == SecretArn
                    ? new JsonObject
                    {
                        ["ARN"] = SecretArn,
                        ["SecretString"] = Secret ?? new JsonObject { ["username"] = "loader", ["password"] = NewPassword("loader"), ["engine"] = "redshift" }.ToJsonString(),
                    }
                    : throw new ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
            case "RedshiftServerless.GetCredentials":
                CheckWorkgroup(request);
                return new JsonObject { ["dbUser"] = "IAMR:loader", ["dbPassword"] = NewPassword("IAMR:loader"), ["expiration"] = 1773325212.0, ["nextRefreshTime"] = 1773325212.0 };
            case "RedshiftServerless.GetWorkgroup":
                CheckWorkgroup(request);
                var workgroup = new JsonObject { ["workgroupName"] = Workgroup, ["status"] = WorkgroupEndpoint is null ? "CREATING" : "AVAILABLE" };
                if (WorkgroupEndpoint is var (host, port))
                {
                    workgroup["endpoint"] = new JsonObject { ["address"] = host, ["port"] = port, ["vpcEndpoints"] = new JsonArray() };
                }

                return new JsonObject { ["workgroup"] = workgroup };
            default:
                return null;
        }
    }

    private static void CheckWorkgroup(JsonObject request)
    {
        if (Text(request, "workgroupName") != Workgroup)
        {
            throw new ServiceError("ResourceNotFoundException", $"Workgroup {Text(request, "workgroupName")} not found.");
        }
    }

    /// <summary>The query protocol of provisioned clusters.</summary>
    private async Task AnswerFormAsync(HttpContext context, string body)
    {
        var form = body.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        context.Response.ContentType = "text/xml";
        if (form["ClusterIdentifier"] != "big")
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync(
                $"<ErrorResponse><Error><Type>Sender</Type><Code>ClusterNotFound</Code><Message>Cluster {form["ClusterIdentifier"]} not found.</Message></Error><RequestId>1</RequestId></ErrorResponse>");
            return;
        }

        var (action, user) = form["Action"] == "GetClusterCredentials" ? ("GetClusterCredentials", $"IAM:{form["DbUser"]}") : ("GetClusterCredentialsWithIAM", "IAMR:loader");
        await context.Response.WriteAsync(
            $"<{action}Response xmlns=\"http://redshift.amazonaws.com/doc/2012-12-01/\"><{action}Result><DbUser>{user}</DbUser><DbPassword>{NewPassword(user)}</DbPassword>"
            + $"<Expiration>2026-03-12T14:20:12.123Z</Expiration></{action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>");
    }

    private string NewPassword(string user)
    {
        var password = string.Create(CultureInfo.InvariantCulture, $"temporary-{Interlocked.Increment(ref _passwords)}");
        Passwords.GetOrAdd(user, _ => []).Add(password);
        return password;
    }
}
