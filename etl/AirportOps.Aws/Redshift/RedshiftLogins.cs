using System.Text.Json;
using AirportOps.Aws.Connecting;
using AirportOps.Reliability;
using Amazon.Redshift;
using Amazon.Redshift.Model;
using Amazon.RedshiftServerless;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Redshift;

/// <summary>
/// Gives logins of one warehouse, from a secret or temporary ones. Each call asks anew: a secret is rotated, and a temporary password counts for minutes.
/// Safe for concurrent use.
/// </summary>
public sealed class RedshiftLogins : IDisposable
{
    private readonly RedshiftPlace _place;
    private readonly RedshiftCalls _calls;
    private readonly Lazy<IAmazonSecretsManager> _secrets;
    private readonly Lazy<IAmazonRedshiftServerless> _serverless;
    private readonly Lazy<IAmazonRedshift> _clusters;

    /// <summary>Makes one.</summary>
    /// <param name="place">The warehouse.</param>
    /// <param name="aws">How AWS is reached.</param>
    /// <param name="options">How calls go on through trouble.</param>
    /// <param name="logger">Told of trouble that is waited out.</param>
    /// <param name="clock">Waits.</param>
    public RedshiftLogins(RedshiftPlace place, AwsOptions aws, RedshiftCallOptions options, ILogger logger, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(aws);
        var clients = new AwsClients(aws);
        (_place, _calls) = (place, new RedshiftCalls(place, aws.Endpoint, options, logger, clock));
        _secrets = new(clients.SecretsManager);
        _serverless = new(clients.RedshiftServerless);
        _clusters = new(clients.Redshift);
    }

    /// <summary>Gives a login for the next connection.</summary>
    /// <exception cref="RedshiftApiException">It is refused, can't be read, or there is no answer.</exception>
    public async Task<RedshiftLogin> NextAsync(CancellationToken cancellationToken)
    {
        if (_place.Secret is { } secret)
        {
            return await FromSecretAsync(secret, cancellationToken).ConfigureAwait(false);
        }

        var (user, password) = await TemporaryAsync(cancellationToken).ConfigureAwait(false);
        var (host, port) = await EndpointAsync(cancellationToken).ConfigureAwait(false);
        return new RedshiftLogin(host, port, user, password);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in new IDisposable?[] { Made(_secrets), Made(_serverless), Made(_clusters) })
        {
            client?.Dispose();
        }

        static T? Made<T>(Lazy<T> client)
            where T : class => client.IsValueCreated ? client.Value : null;
    }

    /// <summary>Reads user and password from a secret, and host and port where it has them.</summary>
    /// <exception cref="RedshiftApiException">It is refused, can't be read, or there is no answer.</exception>
    internal async Task<(string User, string Password, string? Host, int? Port)> ReadSecretAsync(string secret, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "secretsmanager:GetSecretValue",
            secret,
            () => _secrets.Value.GetSecretValueAsync(new GetSecretValueRequest { SecretId = secret }, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> parts;
        try
        {
            using var json = JsonDocument.Parse(answer.SecretString ?? "");
            parts = json.RootElement.EnumerateObject().ToDictionary(part => part.Name, part => part.Value.ToString(), StringComparer.Ordinal);
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException)
        {
            throw Unfit(secret, "is no JSON object");
        }

        var user = parts.GetValueOrDefault("username") ?? throw Unfit(secret, "has no username");
        var password = parts.GetValueOrDefault("password") ?? throw Unfit(secret, "has no password");
        return (user, password, parts.GetValueOrDefault("host"), int.TryParse(parts.GetValueOrDefault("port"), out var port) ? port : null);
    }

    /// <summary>Asks for a temporary login.</summary>
    /// <exception cref="RedshiftApiException">It is refused, or there is no answer.</exception>
    internal async Task<(string User, string Password)> TemporaryAsync(CancellationToken cancellationToken)
    {
        if (_place.Workgroup is { } workgroup)
        {
            var serverless = await CallAsync(
                "redshift-serverless:GetCredentials",
                null,
                () => _serverless.Value.GetCredentialsAsync(
                    new Amazon.RedshiftServerless.Model.GetCredentialsRequest { WorkgroupName = workgroup, DbName = _place.Database }, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            return (serverless.DbUser!, serverless.DbPassword!);
        }

        if (_place.DbUser is { } dbUser)
        {
            var named = await CallAsync(
                "redshift:GetClusterCredentials",
                $"dbuser {_place.Cluster}/{dbUser} and dbname {_place.Cluster}/{_place.Database}",
                () => _clusters.Value.GetClusterCredentialsAsync(
                    new GetClusterCredentialsRequest { ClusterIdentifier = _place.Cluster, DbUser = dbUser, DbName = _place.Database }, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            return (named.DbUser!, named.DbPassword!);
        }

        var own = await CallAsync(
            "redshift:GetClusterCredentialsWithIAM",
            $"dbname {_place.Cluster}/{_place.Database}",
            () => _clusters.Value.GetClusterCredentialsWithIAMAsync(
                new GetClusterCredentialsWithIAMRequest { ClusterIdentifier = _place.Cluster, DbName = _place.Database }, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return (own.DbUser!, own.DbPassword!);
    }

    /// <summary>Finds where the warehouse listens: as the place says, or as the service knows of its workgroup.</summary>
    /// <exception cref="RedshiftApiException">It is refused, there is none yet, or no answer.</exception>
    internal async Task<(string Host, int Port)> EndpointAsync(CancellationToken cancellationToken)
    {
        if (_place.Host is { } host)
        {
            return (host, _place.Port ?? RedshiftPlace.UsualPort);
        }

        var answer = await CallAsync(
            "redshift-serverless:GetWorkgroup",
            null,
            () => _serverless.Value.GetWorkgroupAsync(
                new Amazon.RedshiftServerless.Model.GetWorkgroupRequest { WorkgroupName = _place.Workgroup }, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return answer.Workgroup?.Endpoint is { Address: { Length: > 0 } address } endpoint
            ? (address, _place.Port ?? endpoint.Port ?? RedshiftPlace.UsualPort)
            : throw new RedshiftApiException(null, $"{_place.Resource} has no endpoint yet, it is {answer.Workgroup?.Status ?? "unknown"}; wait, or add &host=ENDPOINT.", Fault.Outside, null);
    }

    private async Task<RedshiftLogin> FromSecretAsync(string secret, CancellationToken cancellationToken)
    {
        var (user, password, secretHost, secretPort) = await ReadSecretAsync(secret, cancellationToken).ConfigureAwait(false);
        var port = _place.Port ?? secretPort ?? RedshiftPlace.UsualPort;
        var host = _place.Host ?? secretHost;
        if (host is null)
        {
            (host, port) = _place.Workgroup is null
                ? throw Unfit(secret, "has no host, and the place names none: add &host=ENDPOINT")
                : await EndpointAsync(cancellationToken).ConfigureAwait(false);
        }

        return new RedshiftLogin(host, port, user, password);
    }

    private Task<T> CallAsync<T>(string action, string? resource, Func<Task<T>> call, CancellationToken cancellationToken) =>
        _calls.CallAsync(action, resource, call, cancellationToken);

    private static RedshiftApiException Unfit(string secret, string how) =>
        new(null, $"The secret {secret} {how}; expected username and password, and host and port where the place names none.", Fault.Operator, null);
}
