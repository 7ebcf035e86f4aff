using AirportOps.Aws.Connecting;
using Amazon.Runtime;

namespace AirportOps.Aws.Redshift;

/// <summary>Turns trouble of calls about a Redshift warehouse into words.</summary>
internal static class RedshiftCalls
{
    /// <summary>
    /// Errors of the Data API that are the service's or the connection's own fault; in its words, an environmental error. The same call may work later.
    /// </summary>
    private static readonly string[] Passing =
        ["BatchExecuteStatementException", "ExecuteStatementException", "DatabaseConnectionException", "InternalServerException"];

    private static readonly string[] Busy = ["ActiveStatementsExceededException", "ActiveSessionsExceededException"];

    // What the services say of a warehouse on its way back is not documented; these are the words of its states.
    private static readonly string[] Waking = ["resuming", "is being resumed", "not available", "is unavailable", "modifying", "rebooting", "starting"];

    /// <summary>Makes a call.</summary>
    /// <param name="place">What it is about.</param>
    /// <param name="action">As policies name it, for instance <c>redshift-data:ExecuteStatement</c>.</param>
    /// <param name="resource">As an operator names it; null for the warehouse.</param>
    /// <param name="endpoint">Where the call goes; null for AWS's own.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RedshiftApiException">An error, or no answer.</exception>
    public static async Task<T> CallAsync<T>(
        RedshiftPlace place, string action, string? resource, string? endpoint, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
        {
            throw Failure(place, action, resource ?? place.Resource, endpoint, exception);
        }
    }

    private static RedshiftApiException Failure(RedshiftPlace place, string action, string resource, string? endpoint, Exception exception)
    {
        var code = (exception as AmazonServiceException)?.ErrorCode is { Length: > 0 } given ? given : null;
        var said = exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
        if (code is not null && said.Contains("paused", StringComparison.OrdinalIgnoreCase))
        {
            return new(code, $"{place.Resource} is paused; resume it ('aws redshift resume-cluster --cluster-identifier {place.Cluster ?? place.Workgroup}'): {said}.", false, false, exception);
        }

        // A session that is not available any more does not come back.
        if ((code is "ValidationException" or "ResourceNotFoundException" || Passing.Contains(code))
            && !said.StartsWith("Session", StringComparison.OrdinalIgnoreCase) && Array.Exists(Waking, word => said.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return new(code, $"{place.Resource} is not there yet: {said}.", true, true, exception);
        }

        if (Busy.Contains(code))
        {
            return new(code, $"{place.Resource} has as many statements or sessions as it may ({code}): {said}.", true, true, exception);
        }

        if (Passing.Contains(code))
        {
            return new(code, $"{action} failed ({code}): {said}.", true, false, exception);
        }

        // The Data API's words for a workgroup or cluster that it does not know; no code says so.
        if (code == "ValidationException" && said.Contains("endpoint doesn't exist", StringComparison.OrdinalIgnoreCase))
        {
            return new(code, $"{place.Resource} is not there ({said}); check its name, AWS_REGION and the account.", false, false, exception);
        }

        var trouble = AwsTrouble.Of(exception, action, resource, endpoint);
        return new(code, $"{char.ToUpperInvariant(trouble.Cause[0])}{trouble.Cause[1..]}.", trouble.IsTransient, trouble.Kind == AwsTroubleKind.Throttled, exception);
    }
}
