using Polly;
using Polly.Retry;

namespace AirportOps.Reliability;

/// <summary>
/// Tries work again where that helps, as <see cref="Fault"/> says: what is outside is waited out as long as patience lasts, what is ours is tried a few
/// times, what needs an operator is told at once. Waits grow exponentially and jitter. Safe for concurrent use: each call counts for itself.
/// </summary>
public sealed class Retry
{
    private static readonly ResiliencePropertyKey<Call> CallOf = new("airportops.call");

    private readonly RetryOptions _options;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _pipeline;

    /// <summary>Prepares it.</summary>
    /// <param name="options">How often and how fast.</param>
    /// <param name="clock">Waits, and measures patience.</param>
    public Retry(RetryOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        var strategy = new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.FirstDelay,
            MaxDelay = options.MaxDelay,
            ShouldHandle = arguments => ValueTask.FromResult(CallIn(arguments.Context).ShouldRepeat(arguments.Outcome.Exception)),
            OnRetry = arguments =>
            {
                CallIn(arguments.Context).Waiting(arguments.Outcome.Exception!);
                return ValueTask.CompletedTask;
            },
        };
        if (options.Seed is { } seed)
        {
            var (guard, random) = (new Lock(), new Random(seed));
            strategy.Randomizer = () =>
            {
                lock (guard)
                {
                    return random.NextDouble();
                }
            };
        }

        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(strategy).Build();
    }

    /// <summary>Runs work until it is done, or fails in a way that another run does not help.</summary>
    /// <param name="work">The work; each run must start from what is stored.</param>
    /// <param name="cancellationToken">Stops the work and the waiting.</param>
    public Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, static _ => { }, null, cancellationToken);

    /// <summary>Runs work until it is done, or fails in a way that another run does not help.</summary>
    /// <param name="work">The work; each run must start from what is stored.</param>
    /// <param name="waiting">Told of each failure that another run follows, before the wait.</param>
    /// <param name="patience">How long a failure outside is waited out; null: <see cref="RetryOptions.Patience"/>, whatever the failure.</param>
    /// <param name="cancellationToken">Stops the work and the waiting.</param>
    /// <returns>What the work gives.</returns>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> work, Action<Exception> waiting, Func<Exception, TimeSpan>? patience, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            context.Properties.Set(CallOf, new Call(_options, patience, waiting, _clock, cancellationToken));
            return await _pipeline.ExecuteAsync(
                static async (scope, run) => await run(scope.CancellationToken).ConfigureAwait(false), context, work).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Runs work until it is done, or fails in a way that another run does not help, and reports the outage in between.</summary>
    /// <param name="work">The work; each run must start from what is stored.</param>
    /// <param name="outage">Told of each failure that another run follows, and that the work is done.</param>
    /// <param name="patience">How long a failure outside is waited out; null: <see cref="RetryOptions.Patience"/>, whatever the failure.</param>
    /// <param name="cancellationToken">Stops the work and the waiting.</param>
    /// <returns>What the work gives.</returns>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> work, OutageReporter outage, Func<Exception, TimeSpan>? patience, CancellationToken cancellationToken)
    {
        var done = await RunAsync(work, failure => outage.Meet(failure.Message), patience, cancellationToken).ConfigureAwait(false);
        outage.End();
        return done;
    }

    private static Call CallIn(ResilienceContext context) => context.Properties.TryGetValue(CallOf, out var call)
        ? call
        : throw new InvalidOperationException("A retry without its call.");

    /// <summary>One call: the work's failures so far, and who is told of them.</summary>
    private sealed class Call(
        RetryOptions options, Func<Exception, TimeSpan>? patience, Action<Exception> waiting, TimeProvider clock, CancellationToken cancellationToken)
    {
        private readonly FailureSeries _failures = new(options, clock);

        public Action<Exception> Waiting { get; } = waiting;

        public bool ShouldRepeat(Exception? failure) =>
            failure is not null && !cancellationToken.IsCancellationRequested && _failures.MayRepeat(failure, patience);
    }
}
