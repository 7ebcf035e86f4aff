using AirportOps.Reliability;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Connecting;

/// <summary>
/// Makes calls about one place again and again while they meet trouble that passes, as long as patience lasts, with a line when that begins and one when it
/// ends. The SDK has tried each of them three times already. Safe for concurrent use.
/// </summary>
/// <param name="place">The place, as the lines begin: <c>lake s3://bucket</c>.</param>
/// <param name="retry">How often and how fast; its patience is not used, as each call brings its own.</param>
/// <param name="logger">Told of outages.</param>
/// <param name="clock">Waits.</param>
internal sealed class AwsCalls(string place, RetryOptions retry, ILogger logger, TimeProvider clock)
{
    private readonly Retry _retry = new(retry, clock);
    private readonly OutageReporter _outage = new(place, logger, clock);

    /// <summary>Makes a call that may be repeated, whatever became of the ones before.</summary>
    /// <param name="call">The call; an exception that is no trouble with AWS passes through.</param>
    /// <param name="describe">Finds the words for what it threw.</param>
    /// <param name="patience">How long trouble of a kind is waited out; zero: it is told at once. Throttling is waited out however long it lasts.</param>
    /// <param name="failure">Makes the exception of trouble that waiting does not help, or has been waited out long enough.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<T> CallAsync<T>(
        Func<CancellationToken, Task<T>> call,
        Func<Exception, AwsTrouble> describe,
        Func<AwsTroubleKind, TimeSpan> patience,
        Func<AwsTrouble, Exception, Exception> failure,
        CancellationToken cancellationToken)
    {
        try
        {
            return await _retry.RunAsync(
                TryAsync, _outage, failed => AwsFailure.PatienceWith(failed, patience), cancellationToken).ConfigureAwait(false);
        }
        catch (AwsFailure lasting)
        {
            throw failure(lasting.Trouble, lasting.InnerException ?? lasting);
        }

        async Task<T> TryAsync(CancellationToken stop)
        {
            try
            {
                return await call(stop).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not AwsFailure && AwsTrouble.IsOfAws(exception, cancellationToken))
            {
                throw new AwsFailure(describe(exception), exception);
            }
        }
    }
}
