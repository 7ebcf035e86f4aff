using AirportOps.Aws.Alerts;
using AirportOps.Aws.Connecting;
using AirportOps.Aws.Lakes;
using AirportOps.Aws.Redshift;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Checks;

/// <summary>
/// Looks at what the stages need on AWS, one thing after the other, by calls that change nothing that matters, and says what statement a policy lacks.
/// </summary>
/// <param name="aws">How AWS is reached.</param>
/// <param name="clock">Paces the question whether a statement of the warehouse has ended.</param>
public sealed class AwsDoctor(AwsOptions aws, TimeProvider clock)
{
    private readonly AwsClients _clients = new(aws);

    /// <summary>A stream of Kinesis to look at; null for none.</summary>
    public string? Stream { get; init; }

    /// <summary>A bucket, with a prefix after a slash or none; null for none.</summary>
    public string? Lake { get; init; }

    /// <summary>How the bucket is used.</summary>
    public S3LakeOptions LakeOptions { get; init; } = new();

    /// <summary>A table of leases; null for none.</summary>
    public string? LeaseTable { get; init; }

    /// <summary>A topic of alerts by its ARN; null for none.</summary>
    public string? Topic { get; init; }

    /// <summary>A warehouse in Redshift; null for none.</summary>
    public RedshiftPlace? Warehouse { get; init; }

    /// <summary>Looks. Credentials come first: without them nothing else can be asked.</summary>
    public async Task<IReadOnlyList<AwsFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var (identity, first) = await IdentifyAsync(cancellationToken).ConfigureAwait(false);
        var findings = new List<AwsFinding> { first };
        if (identity is null)
        {
            return findings;
        }

        if (Stream is { } stream)
        {
            using var client = _clients.Kinesis();
            findings.AddRange(await RunAsync(StreamChecks.Of(client, stream, identity), $"stream/{stream}", cancellationToken).ConfigureAwait(false));
        }

        if (Lake is { } lake)
        {
            var slash = lake.IndexOf('/', StringComparison.Ordinal);
            var (bucket, prefix) = slash < 0 ? (lake, string.Empty) : (lake[..slash], lake[(slash + 1)..].TrimEnd('/'));
            using var client = _clients.S3();
            var root = prefix.Length == 0 ? prefix : $"{prefix}/";
            findings.AddRange(await RunAsync(LakeChecks.Of(client, bucket, root, LakeOptions, identity), $"bucket {bucket}", cancellationToken)
                .ConfigureAwait(false));
        }

        if (LeaseTable is { } table)
        {
            using var client = _clients.DynamoDb();
            findings.AddRange(await RunAsync(LeaseTableChecks.Of(client, table, identity), $"table {table}", cancellationToken).ConfigureAwait(false));
        }

        if (Topic is { } topic)
        {
            var name = TopicName.Parse(topic);
            using var client = _clients.SimpleNotificationService(name.Region);
            findings.AddRange(await RunAsync(TopicChecks.Of(client, name), $"topic {topic}", cancellationToken).ConfigureAwait(false));
        }

        if (Warehouse is { } warehouse)
        {
            var atOnce = new RedshiftCallOptions { WaitsOut = false };
            using var api = new RedshiftDataApi(warehouse, aws, atOnce, NullLogger.Instance, clock);
            using var logins = new RedshiftLogins(warehouse, aws, atOnce, NullLogger.Instance, clock);
            findings.AddRange(await RunAsync(WarehouseChecks.Of(api, logins, warehouse, clock, identity), warehouse.Resource, cancellationToken)
                .ConfigureAwait(false));
        }

        return findings;
    }

    private async Task<(AwsIdentity? Identity, AwsFinding Finding)> IdentifyAsync(CancellationToken cancellationToken)
    {
        const string What = "credentials";
        try
        {
            using var client = _clients.SecurityToken();
            var identity = await AwsIdentity.AskAsync(client, cancellationToken).ConfigureAwait(false);
            return (identity, new AwsFinding(What, true, $"{identity.Arn} in {identity.Region}", null));
        }
        catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
        {
            return (null, new AwsFinding(What, false, $"{AwsTrouble.Of(exception, "sts:GetCallerIdentity", "*", aws.Endpoint).Cause}.", null));
        }
    }

    private async Task<IReadOnlyList<AwsFinding>> RunAsync(IEnumerable<AwsCheck> checks, string place, CancellationToken cancellationToken)
    {
        var findings = new List<AwsFinding>();
        var worked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var check in checks)
        {
            var what = $"{check.Action} on {check.On ?? place}";
            if (check.After is { } before && !worked.Contains(before))
            {
                findings.Add(NotKnown(what, before, check));
                continue;
            }

            try
            {
                await check.Call(cancellationToken).ConfigureAwait(false);
                worked.Add(check.Action);
                findings.Add(new AwsFinding(what, true, "allowed", check.NeededBy));
            }
            catch (RedshiftApiException trouble)
            {
                findings.Add(Refusal(check, what, trouble.InnerException, trouble.Message, findings));
            }
            catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
            {
                var cause = AwsTrouble.Of(exception, check.Action, check.Resource, aws.Endpoint).Cause;
                findings.Add(Refusal(check, what, exception, $"{cause}.", findings));
            }
        }

        return findings;
    }

    private static AwsFinding NotKnown(string what, string before, AwsCheck check) => new(what, false, $"not known before {before} works", check.NeededBy);

    private static AwsFinding Refusal(AwsCheck check, string what, Exception? exception, string trouble, IReadOnlyList<AwsFinding> before)
    {
        if (exception is null || AwsTrouble.DeniedBy(exception) is not { } denied)
        {
            return new AwsFinding(what, false, trouble, check.NeededBy);
        }

        // The service's own words name another action where a call needs several, a key's beside the object's for instance.
        var missing = denied.Action is not { } action || action == check.Action
            ? check.Statement(denied.Resource)
            : denied.Resource is null && check.OfKey is { } ofKey ? ofKey : new PolicyStatement(action, denied.Resource ?? check.Resource);
        return missing.Action != check.Action && before.Any(finding => finding.Missing?.Action == missing.Action)
            ? NotKnown(what, missing.Action, check)
            : new AwsFinding(what, false, "access denied", check.NeededBy) { Missing = missing };
    }
}
