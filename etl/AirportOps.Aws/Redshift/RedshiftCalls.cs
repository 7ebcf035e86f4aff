using AirportOps.Aws.Connecting;
using AirportOps.Reliability;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Redshift;

/// <summary>Makes calls about a Redshift warehouse, through trouble that passes, and turns what does not into words. Safe for concurrent use.</summary>
/// <param name="place">The warehouse.</param>
/// <param name="endpoint">Where the calls go; null for AWS's own.</param>
/// <param name="options">How they go on through trouble.</param>
/// <param name="logger">Told of trouble that is waited out.</param>
/// <param name="clock">Waits.</param>
internal sealed class RedshiftCalls(RedshiftPlace place, string? endpoint, RedshiftCallOptions options, ILogger logger, TimeProvider clock)
{
    /// <summary>
    /// Errors of the Data API that are the service's or the connection's own fault; in its words, an environmental error. The same call may work later.
    /// </summary>
    private static readonly string[] Passing =
        ["BatchExecuteStatementException", "ExecuteStatementException", "DatabaseConnectionException", "InternalServerException"];

    private static readonly string[] Full = ["ActiveStatementsExceededException", "ActiveSessionsExceededException"];

    // What the services say of a warehouse on its way back is not documented; these are the words of its states.
    private static readonly string[] Waking = ["resuming", "is being resumed", "not available", "is unavailable", "modifying", "rebooting", "starting"];

    private readonly PatientCalls _calls = new(
        options.RetryDelay,
        options.ReportInterval,
        cause => Log.WarehouseTrouble(logger, place.Location, cause),
        (action, seconds) => Log.WarehouseWorksAgain(logger, place.Location, action, seconds),
        clock);

    private volatile bool _hasAnswered;

    /// <summary>Makes a call that may be repeated.</summary>
    /// <param name="action">As policies name it, for instance <c>redshift-data:ExecuteStatement</c>.</param>
    /// <param name="resource">As an operator names it; null for the warehouse.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RedshiftApiException">An error, or no answer; waiting does not help, or has been tried long enough.</exception>
    public async Task<T> CallAsync<T>(string action, string? resource, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var answer = await _calls.CallAsync(
            action, _ => call(), exception => Describe(exception, action, resource ?? place.Resource), PatienceFor, Failure, cancellationToken).ConfigureAwait(false);
        _hasAnswered = true;
        return answer;
    }

    /// <summary>What is away at the start is told at once; what only asks to come again is there.</summary>
    private TimeSpan PatienceFor(AwsTroubleKind kind) => kind switch
    {
        _ when !options.WaitsOut => TimeSpan.Zero,
        AwsTroubleKind.Throttled => TimeSpan.MaxValue,
        AwsTroubleKind.Busy => options.Patience,
        _ => _hasAnswered ? options.Patience : TimeSpan.Zero,
    };

    private RedshiftApiException Failure(AwsTrouble trouble, Exception exception) => new(CodeOf(exception), $"{trouble.Cause}.", trouble.Fault, exception)
    {
        IsWaitedOut = trouble.Fault is Fault.Outside && PatienceFor(trouble.Kind) > TimeSpan.Zero,
        IsSessionOver = CodeOf(exception) == "ValidationException" && IsOfSession(exception.Message),
    };

    private AwsTrouble Describe(Exception exception, string action, string resource)
    {
        var code = CodeOf(exception);
        var said = exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
        return code is null ? AwsTrouble.Of(exception, action, resource, endpoint) : code switch
        {
            _ when said.Contains("paused", StringComparison.OrdinalIgnoreCase) => new(
                AwsTroubleKind.Refused,
                $"{place.Resource} is paused; resume it ('aws redshift resume-cluster --cluster-identifier {place.Cluster ?? place.Workgroup}'): {said}"),

            _ when (code is "ValidationException" or "ResourceNotFoundException" || Passing.Contains(code))
                && !IsOfSession(said)
                && Array.Exists(Waking, word => said.Contains(word, StringComparison.OrdinalIgnoreCase)) =>
                new(AwsTroubleKind.Busy, $"{place.Resource} is not there yet: {said}"),
            _ when Full.Contains(code) => new(AwsTroubleKind.Busy, $"{place.Resource} has as many statements or sessions as it may ({code}): {said}"),
            _ when Passing.Contains(code) => new(AwsTroubleKind.Unavailable, $"{action} failed ({code}): {said}"),

            // The Data API's words for a workgroup or cluster that it does not know; no code says so.
            "ValidationException" when said.Contains("endpoint doesn't exist", StringComparison.OrdinalIgnoreCase) =>
                new(AwsTroubleKind.Missing, $"{place.Resource} is not there ({said}); check its name, AWS_REGION and the account"),
            _ => AwsTrouble.Of(exception, action, resource, endpoint),
        };
    }

    /// <summary>Whether it is a session that is not available any more, which does not come back.</summary>
    private static bool IsOfSession(string said) => said.StartsWith("Session", StringComparison.OrdinalIgnoreCase);

    private static string? CodeOf(Exception exception) => (exception as AmazonServiceException)?.ErrorCode is { Length: > 0 } code ? code : null;
}
