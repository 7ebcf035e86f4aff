using System.Net;
using System.Net.Sockets;
using AirportOps.Reliability;
using Amazon.Runtime;

namespace AirportOps.Aws.Connecting;

/// <summary>What went wrong with a call to AWS, and what to do, in words for one line.</summary>
/// <param name="Kind">Decides how to go on.</param>
/// <param name="Cause">What and what to do, without a full stop.</param>
internal sealed partial record AwsTrouble(AwsTroubleKind Kind, string Cause)
{
    /// <summary>Whose fault it is.</summary>
    public Fault Fault => Kind switch
    {
        AwsTroubleKind.Throttled or AwsTroubleKind.Busy or AwsTroubleKind.Unavailable => Fault.Outside,
        AwsTroubleKind.Undone => Fault.Ours,
        _ => Fault.Operator,
    };

    /// <summary>
    /// Whether an exception is trouble with AWS. Time-outs of the transport come as cancellations, which the caller's own is not.
    /// </summary>
    public static bool IsOfAws(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException
            ? !cancellationToken.IsCancellationRequested
            : exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException;

    /// <summary>Finds the words.</summary>
    /// <param name="exception">Of the SDK or the transport.</param>
    /// <param name="action">As policies name it, for instance <c>kinesis:PutRecords</c>.</param>
    /// <param name="resource">As an operator names it, for instance <c>stream/flights</c>.</param>
    /// <param name="endpoint">Where the call went; null for AWS's own.</param>
    public static AwsTrouble Of(Exception exception, string action, string resource, string? endpoint)
    {
        if (exception is AmazonServiceException { ErrorCode.Length: > 0 } error && !IsBare(error))
        {
            return OfService(error, action, resource);
        }

        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException or SocketException or IOException or TimeoutException or OperationCanceledException)
            {
                var place = endpoint is null ? "AWS" : $"the endpoint {endpoint}";
                var reason = cause is OperationCanceledException or TimeoutException ? "it took too long" : cause.GetBaseException().Message;
                return new(AwsTroubleKind.Unavailable, $"{place} does not answer ({OneLine(reason)}); check network and endpoint, then it goes on");
            }
        }

        if (exception is AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } failed)
        {
            return new(AwsTroubleKind.Unavailable, $"the service failed with HTTP status {(int)failed.StatusCode}; wait, then it goes on");
        }

        if (exception is AmazonServiceException bare && IsBare(bare))
        {
            return DeniedBy(bare) is not null
                ? new(AwsTroubleKind.Refused, $"access denied: allow {action} on {resource} in the policy of the credentials in use")
                : new(
                    AwsTroubleKind.Refused,
                    $"{action} on {resource} is refused without a reason (HTTP status {(int)bare.StatusCode}), most often because the AWS credentials have expired;"
                    + " renew them, for instance by 'aws sso login'");
        }

        if (exception.Message.Contains("RegionEndpoint", StringComparison.Ordinal))
        {
            return new(AwsTroubleKind.Refused, "no region is set; set AWS_REGION or name an endpoint by --aws-endpoint");
        }

        return exception is AmazonClientException && exception.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase)
            ? new(AwsTroubleKind.Refused, "there are no AWS credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE after 'aws sso login'")
            : new(AwsTroubleKind.Other, OneLine(exception.Message));
    }

    private static AwsTrouble OfService(AmazonServiceException error, string action, string resource)
    {
        var code = error.ErrorCode;
        if (IsSkewed(error))
        {
            return new(AwsTroubleKind.Refused, "this machine's clock and AWS's are minutes apart; set the clock");
        }

        // Signed for another region than the endpoint's: no code says so.
        if (error.Message.Contains("Credential should be scoped to", StringComparison.OrdinalIgnoreCase))
        {
            return new(AwsTroubleKind.Refused, $"it lies in another region; set AWS_REGION to it ({OneLine(error.Message)})");
        }

        switch (code)
        {
            case var _ when DeniedBy(error) is { } denied:
                var on = denied.Resource ?? (denied.Action?.StartsWith("kms:", StringComparison.Ordinal) == true ? $"the key of {resource}" : resource);
                return new(
                    AwsTroubleKind.Refused,
                    $"access denied: allow {denied.Action ?? action} on {on} in the policy of the credentials in use ({OneLine(error.Message)})");
            case "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "RequestExpired":
                return new(AwsTroubleKind.Refused, "the AWS credentials have expired; renew them, for instance by 'aws sso login'");
            case "InvalidClientTokenId" or "UnrecognizedClientException" or "InvalidAccessKeyId" or "SignatureDoesNotMatch"
                or "InvalidSignatureException" or "IncompleteSignature" or "MissingAuthenticationToken" or "MissingAuthenticationTokenException"
                or "InvalidToken" or "AuthFailure":
                return new(
                    AwsTroubleKind.Refused, $"the AWS credentials are wrong ({code}); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN");
            case "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" or "TemporaryRedirect":
                return new(AwsTroubleKind.Refused, $"it lies in another region; set AWS_REGION to it ({OneLine(error.Message)})");
            case "ResourceNotFoundException" or "NoSuchBucket" or "NoSuchKey" or "NoSuchUpload" or "NotFound":
                return new(AwsTroubleKind.Missing, $"it is not there ({OneLine(error.Message)}); check its name, AWS_REGION and the account");
        }

        // S3 asks for fewer requests by either code, and to a HEAD by the status alone.
        if (code.Contains("Throttl", StringComparison.Ordinal) || code is "ProvisionedThroughputExceededException" or "LimitExceededException"
            or "SlowDown" or "RequestLimitExceeded" or "TooManyRequestsException" or "BandwidthLimitExceeded"
            || (code == "ServiceUnavailable" && action.StartsWith("s3:", StringComparison.Ordinal)))
        {
            return new(AwsTroubleKind.Throttled, $"{action} is throttled ({code}); it goes on by itself, slower");
        }

        return error.StatusCode >= HttpStatusCode.InternalServerError || code is "RequestTimeout" or "OperationAborted" or "ConditionalRequestConflict"
            ? new(AwsTroubleKind.Unavailable, $"the service failed ({code}, HTTP status {(int)error.StatusCode}); wait, then it goes on")
            : new(AwsTroubleKind.Other, $"{code}: {OneLine(error.Message)}");
    }

    /// <summary>Whether an answer had no body, as that of a HEAD, and so no code but its status.</summary>
    private static bool IsBare(AmazonServiceException error) =>
        error.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest
        && error.ErrorCode is null or "" or "Forbidden" or "403" or "BadRequest" or "Bad Request" or "400";

    private static bool IsSkewed(AmazonServiceException error) =>
        error.ErrorCode is "RequestTimeTooSkewed"
        || (error.ErrorCode is "InvalidSignatureException" or "SignatureDoesNotMatch"
            && (error.Message.Contains("Signature expired", StringComparison.OrdinalIgnoreCase)
                || error.Message.Contains("Signature not yet current", StringComparison.OrdinalIgnoreCase)));

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
