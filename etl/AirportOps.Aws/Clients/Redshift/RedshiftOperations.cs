using System.Globalization;
using AirportOps.Aws.Clients.Runtime;
using Amazon.Redshift.Model;
using Amazon.Runtime;

namespace Amazon.Redshift;

/// <summary>The operations with their shapes and errors.</summary>
internal static class RedshiftOperations
{
    private static readonly ServiceErrors Errors = new(
        error => new AmazonRedshiftException(
            error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        Typed());

    internal static readonly QueryOperation<GetClusterCredentialsRequest, GetClusterCredentialsResponse> GetClusterCredentials = new(
        AmazonRedshiftConfig.ServiceIdentity,
        "GetClusterCredentials",
        request =>
        [
            ("AutoCreate", request.AutoCreate is { } create ? (create ? "true" : "false") : null),
            ("ClusterIdentifier", request.ClusterIdentifier),
            ("DbName", request.DbName),
            ("DbUser", request.DbUser),
            ("DurationSeconds", request.DurationSeconds?.ToString(CultureInfo.InvariantCulture)),
        ],
        result => new GetClusterCredentialsResponse
        {
            DbPassword = result("DbPassword"),
            DbUser = result("DbUser"),
            Expiration = Instant(result("Expiration")),
        },
        Errors);

    internal static readonly QueryOperation<GetClusterCredentialsWithIAMRequest, GetClusterCredentialsWithIAMResponse> GetClusterCredentialsWithIAM = new(
        AmazonRedshiftConfig.ServiceIdentity,
        "GetClusterCredentialsWithIAM",
        request =>
        [
            ("ClusterIdentifier", request.ClusterIdentifier),
            ("DbName", request.DbName),
            ("DurationSeconds", request.DurationSeconds?.ToString(CultureInfo.InvariantCulture)),
        ],
        result => new GetClusterCredentialsWithIAMResponse
        {
            DbPassword = result("DbPassword"),
            DbUser = result("DbUser"),
            Expiration = Instant(result("Expiration")),
            NextRefreshTime = Instant(result("NextRefreshTime")),
        },
        Errors);

    private static DateTime? Instant(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime;

    private static Dictionary<string, Func<ErrorDetails, AmazonServiceException>> Typed() => new(StringComparer.Ordinal)
    {
        ["ClusterNotFound"] = error =>
            new ClusterNotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        ["UnsupportedOperation"] = error =>
            new UnsupportedOperationException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
