using AirportOps.Aws.Connecting;
using AirportOps.Reliability;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Redshift;

/// <summary>Makes calls about a Redshift warehouse, through trouble that passes, and turns what does not into words. Safe for concurrent use.</summary>
internal sealed class RedshiftCalls
{
    /// <summary>
    /// Errors of the Data API that are the service's or the connection's own fault; in its words, an environmental error. The same call may work later.
    /// </summary>
    private static readonly string[] Passing =
        ["BatchExecuteStatementException", "ExecuteStatementException", "DatabaseConnectionException", "InternalServerException"];

    private static readonly string[] Full = ["ActiveStatementsExceededException", "ActiveSessionsExceededException"];

    // What the services say of a warehouse on its way back is not documented; these are the words of its states.
    private static readonly string[] Waking = ["resuming", "is being resumed", "not available", "is unavailable", "modifying", "rebooting", "starting"];

    private readonly AwsCalls _calls;
    private readonly RedshiftPlace _place;
    private readonly string? _endpoint;
    private readonly RedshiftCallOptions _options;
    private volatile bool _hasAnswered;

    /// <summary>Prepares them; nothing is called yet.</summary>
    /// <param name="place">The warehouse.</param>
    /// <param name="endpoint">Where the calls go; null for AWS's own.</param>
    /// <param name="options">How they go on through trouble.</param>
    /// <param name="logger">Told of outages that are waited out.</param>
    /// <param name="clock">Waits.</param>
    public RedshiftCalls(RedshiftPlace place, string? endpoint, RedshiftCallOptions options, ILogger logger, TimeProvider clock)
    {
        (_place, _endpoint, _options) = (place, endpoint, options);
        var retry = new RetryOptions
        {
            MaxAttempts = options.FirstAttempts,
            FirstDelay = options.RetryDelay,
            MaxDelay = RedshiftCallOptions.MaxRetryDelay,
            FaultOf = FaultOf,
        };
        _calls = new AwsCalls($"warehouse {place.Location}", retry, logger, clock);
    }

    /// <summary>Makes a call that may be repeated.</summary>
    /// <param name="action">As policies name it, for instance <c>redshift-data:ExecuteStatement</c>.</param>
    /// <param name="resource">As an operator names it; null for the warehouse.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RedshiftApiException">An error, or no answer; waiting does not help, or has been tried long enough.</exception>
    public async Task<T> CallAsync<T>(string action, string? resource, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var answer = await _calls.CallAsync(
            _ => call(), exception => Describe(exception, action, resource ?? _place.Resource), _ => _options.Patience, Failure, cancellationToken)
            .ConfigureAwait(false);
        _hasAnswered = true;
        return answer;
    }

    /// <summary>
    /// Whose fault a failed call is. Before the first answer nobody knows whether the service is away or the place is wrong, so no answer may be our own
    /// fault: a few tries. What asks to come again is there.
    /// </summary>
    private Fault FaultOf(Exception failure) => failure switch
    {
        _ when !_options.WaitsOut => Fault.Operator,
        AwsFailure { Trouble.Kind: AwsTroubleKind.Unavailable } when !_hasAnswered => Fault.Ours,
        _ => AwsFailure.FaultOfCall(failure),
    };

    private static RedshiftApiException Failure(AwsTrouble trouble, Exception exception) =>
        new(CodeOf(exception), $"{trouble.Cause}.", trouble.Fault, exception);

    private AwsTrouble Describe(Exception exception, string action, string resource)
    {
        var code = CodeOf(exception);
        var said = exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
        return code is null ? AwsTrouble.Of(exception, action, resource, _endpoint) : code switch
        {
            _ when said.Contains("paused", StringComparison.OrdinalIgnoreCase) => new(
                AwsTroubleKind.Refused,
                $"{_place.Resource} is paused; resume it ('aws redshift resume-cluster --cluster-identifier {_place.Cluster ?? _place.Workgroup}'): {said}"),

            _ when (code is "ValidationException" or "ResourceNotFoundException" || Passing.Contains(code))
                && !IsOverIn(said)
                && Array.Exists(Waking, word => said.Contains(word, StringComparison.OrdinalIgnoreCase)) =>
                new(AwsTroubleKind.Busy, $"{_place.Resource} is not there yet: {said}"),
            _ when Full.Contains(code) => new(AwsTroubleKind.Busy, $"{_place.Resource} has as many statements or sessions as it may ({code}): {said}"),
            _ when Passing.Contains(code) => new(AwsTroubleKind.Unavailable, $"{action} failed ({code}): {said}"),

            // What was not committed in it is undone as a whole, which may be run again.
            "ValidationException" when IsOverIn(said) => new(AwsTroubleKind.Undone, $"{code}: {said}"),

            // The Data API's words for a workgroup or cluster that it does not know; no code says so.
            "ValidationException" when said.Contains("endpoint doesn't exist", StringComparison.OrdinalIgnoreCase) =>
                new(AwsTroubleKind.Missing, $"{_place.Resource} is not there ({said}); check its name, AWS_REGION and the account"),
            _ => AwsTrouble.Of(exception, action, resource, _endpoint),
        };
    }

    /// <summary>Whether it is a session that is not available any more, which does not come back.</summary>
    private static bool IsOverIn(string said) => said.StartsWith("Session", StringComparison.OrdinalIgnoreCase);

    private static string? CodeOf(Exception exception) => (exception as AmazonServiceException)?.ErrorCode is { Length: > 0 } code ? code : null;
}
