using AirportOps.Aws.Redshift;
using AirportOps.Reliability;

namespace AirportOps.Aws.Checks;

/// <summary>
/// What is needed of a warehouse in Redshift: whose login it is, and by the Data API a statement from its start to its rows. Nothing is written: the
/// statements are <c>SELECT 1</c>. By Npgsql the connection is not tried here, it takes no permission.
/// </summary>
internal static class WarehouseChecks
{
    private const string Everybody = "load, run, migrate, gold, sql, status, verify";
    private const string Writers = "silver, load, run, migrate, gold";
    private const string Probe = "SELECT 1";

    private const string Execute = "redshift-data:ExecuteStatement";
    private const string Describe = "redshift-data:DescribeStatement";

    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxPoll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Calls about a statement have no resource; this keeps everybody to their own.</summary>
    private static readonly PolicyCondition OfOwnStatements = new("redshift-data:statement-owner-iam-userid", "${aws:userid}");

    /// <summary>The checks, in an order in which each finds what the next asks for.</summary>
    /// <param name="api">Its Data API.</param>
    /// <param name="logins">Its logins. The Data API asks for the same with the caller's credentials.</param>
    /// <param name="place">The warehouse.</param>
    /// <param name="clock">Paces the question whether a statement has ended.</param>
    /// <param name="identity">Names partition, account and region of the ARNs.</param>
    internal static IEnumerable<AwsCheck> Of(RedshiftDataApi api, RedshiftLogins logins, RedshiftPlace place, TimeProvider clock, AwsIdentity identity)
    {
        var host = place.Host;
        if (place.Secret is { } secret)
        {
            yield return OfSecret(secret, identity, async token =>
            {
                var read = await logins.ReadSecretAsync(secret, token).ConfigureAwait(false);
                host ??= read.Host;
            });
        }
        else
        {
            yield return OfTemporaryLogin(logins, place, identity);
        }

        if (place.Route == RedshiftRoute.DataApi)
        {
            foreach (var check in OfDataApi(api, place, clock, identity))
            {
                yield return check;
            }
        }
        else if (host is null && place.Workgroup is not null)
        {
            yield return new AwsCheck("redshift-serverless:GetWorkgroup", ArnOf(place, identity), Everybody, logins.EndpointAsync) { IsNamedByService = true };
        }
    }

    private static IEnumerable<AwsCheck> OfDataApi(RedshiftDataApi api, RedshiftPlace place, TimeProvider clock, AwsIdentity identity)
    {
        var resource = ArnOf(place, identity);
        string? id = null;
        yield return new AwsCheck(Execute, resource, Everybody, async token =>
            id = (await api.ExecuteAsync(NewToken(), Probe, null, null, token).ConfigureAwait(false)).Id)
        {
            IsNamedByService = true,
        };
        yield return new AwsCheck(Describe, "*", Everybody, token => EndAsync(api, id!, clock, token)) { After = Execute, Condition = OfOwnStatements };
        yield return new AwsCheck("redshift-data:GetStatementResult", "*", Everybody, token => api.ResultAsync(id!, null, token))
        {
            After = Describe,
            Condition = OfOwnStatements,
        };
        yield return new AwsCheck("redshift-data:CancelStatement", "*", Everybody, token => CancelAsync(api, id!, token))
        {
            After = Describe,
            Condition = OfOwnStatements,
        };
        yield return new AwsCheck("redshift-data:BatchExecuteStatement", resource, Writers, token => api.BatchAsync(NewToken(), [Probe, Probe], token))
        {
            IsNamedByService = true,
        };
    }

    private static AwsCheck OfSecret(string secret, AwsIdentity identity, Func<CancellationToken, Task> read)
    {
        // Behind a secret's name its ARN has six characters more.
        var arn = secret.StartsWith("arn:", StringComparison.Ordinal) ? secret : identity.ArnOf("secretsmanager", $"secret:{secret}-??????");
        return new AwsCheck("secretsmanager:GetSecretValue", arn, Everybody, read)
        {
            On = $"secret {secret}",
            OfKey = new PolicyStatement("kms:Decrypt", identity.ArnOf("kms", "key/*"))
            {
                Condition = new PolicyCondition("kms:ViaService", $"secretsmanager.{identity.Region}.amazonaws.com"),
            },
        };
    }

    private static AwsCheck OfTemporaryLogin(RedshiftLogins logins, RedshiftPlace place, AwsIdentity identity) => place switch
    {
        { Workgroup: not null } => new AwsCheck("redshift-serverless:GetCredentials", ArnOf(place, identity), Everybody, logins.TemporaryAsync)
        {
            IsNamedByService = true,
        },

        // Needs the database too; which of the two is missing, the service says.
        { DbUser: { } user } => new AwsCheck(
            "redshift:GetClusterCredentials", identity.ArnOf("redshift", $"dbuser:{place.Cluster}/{user}"), Everybody, logins.TemporaryAsync)
        {
            IsNamedByService = true,
        },
        _ => new AwsCheck(
            "redshift:GetClusterCredentialsWithIAM", identity.ArnOf("redshift", $"dbname:{place.Cluster}/{place.Database}"), Everybody, logins.TemporaryAsync),
    };

    /// <summary>The warehouse's ARN. That of a workgroup ends in an id, not in its name.</summary>
    private static string ArnOf(RedshiftPlace place, AwsIdentity identity) =>
        place.Cluster is { } cluster ? identity.ArnOf("redshift", $"cluster:{cluster}") : identity.ArnOf("redshift-serverless", "workgroup/*");

    private static async Task EndAsync(RedshiftDataApi api, string id, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        for (var wait = FirstPoll; ; wait = wait * 2 < MaxPoll ? wait * 2 : MaxPoll)
        {
            var answer = await api.DescribeAsync(id, cancellationToken).ConfigureAwait(false);
            switch (answer.Status?.Value)
            {
                case "FINISHED":
                    return;
                case "FAILED" or "ABORTED":
                    throw new RedshiftApiException(null, $"allowed, but {Probe} failed: {answer.Error?.ReplaceLineEndings(" ").TrimEnd('.') ?? "it was stopped"}.", Fault.Operator, null);
                case var status when clock.GetElapsedTime(started) >= Patience:
                    throw new RedshiftApiException(
                        null, $"allowed, but {Probe} has not ended after {Patience.TotalSeconds:0} s, it is {status}; look again when the warehouse is less busy.", Fault.Outside, null);
            }

            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task CancelAsync(RedshiftDataApi api, string id, CancellationToken cancellationToken)
    {
        try
        {
            await api.CancelAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (RedshiftApiException ended) when (ended.Code == "ValidationException")
        {
            // As meant: it has ended, which is said to those alone who may cancel.
        }
    }

    private static string NewToken() => Guid.NewGuid().ToString();
}
