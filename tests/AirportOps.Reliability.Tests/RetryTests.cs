namespace AirportOps.Reliability.Tests;

public sealed class RetryTests
{
    private readonly SkippingClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_ours_is_tried_a_few_times()
    {
        var runs = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(new RetryOptions { MaxAttempts = 3 }, () =>
        {
            runs++;
            throw new InvalidOperationException("A bug.");
        }));

        Assert.Equal((3, 2), (runs, _clock.Waits.Count));
    }

    [Fact]
    public async Task What_an_operator_must_mend_is_told_at_once()
    {
        var runs = 0;

        await Assert.ThrowsAsync<TestFailure>(() => RunAsync(new RetryOptions { Patience = Timeout.InfiniteTimeSpan }, () =>
        {
            runs++;
            throw new TestFailure(Fault.Operator);
        }));

        Assert.Equal((1, 0), (runs, _clock.Waits.Count));
    }

    [Fact]
    public async Task What_is_outside_is_waited_out_until_it_works()
    {
        var runs = 0;

        var result = await RunAsync(
            new RetryOptions { Patience = Timeout.InfiniteTimeSpan, Seed = 1 },
            () => ++runs <= 1000 ? throw new TestFailure(Fault.Outside) : Task.FromResult("done"));

        Assert.Equal(("done", 1001), (result, runs));
    }

    [Fact]
    public async Task Waits_grow_jitter_and_stay_below_the_longest()
    {
        var options = new RetryOptions { Patience = TimeSpan.FromHours(1), FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(30), Seed = 7 };

        await Assert.ThrowsAsync<TestFailure>(() => RunAsync(options, () => throw new TestFailure(Fault.Outside)));
        var first = _clock.Waits;

        Assert.All(first, wait => Assert.InRange(wait, TimeSpan.Zero, options.MaxDelay));
        Assert.True(first[0] < TimeSpan.FromSeconds(4), $"The first wait was {first[0]}.");
        Assert.Contains(options.MaxDelay, first);
        Assert.True(first.Take(4).Distinct().Count() > 1, "Waits have no jitter.");
    }

    [Fact]
    public async Task Equal_seeds_give_equal_waits()
    {
        async Task<IReadOnlyList<TimeSpan>> WaitsAsync(int seed)
        {
            var clock = new SkippingClock();
            var retry = new Retry(new RetryOptions { Patience = TimeSpan.FromMinutes(1), Seed = seed }, clock);
            await Assert.ThrowsAsync<TestFailure>(() => retry.RunAsync<int>(_ => throw new TestFailure(Fault.Outside), Token));
            return clock.Waits;
        }

        Assert.Equal(await WaitsAsync(3), await WaitsAsync(3));
        Assert.NotEqual(await WaitsAsync(3), await WaitsAsync(4));
    }

    [Fact]
    public async Task Patience_is_counted_from_the_first_failure()
    {
        var began = _clock.GetUtcNow();
        var options = new RetryOptions { Patience = TimeSpan.FromMinutes(5), MaxDelay = TimeSpan.FromSeconds(10), Seed = 1 };

        await Assert.ThrowsAsync<TestFailure>(() => RunAsync(options, () => throw new TestFailure(Fault.Outside)));

        Assert.InRange(_clock.GetUtcNow() - began, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_cancelled_call_is_not_repeated()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var runs = 0;
        var retry = new Retry(new RetryOptions { Patience = Timeout.InfiniteTimeSpan }, _clock);

        await Assert.ThrowsAnyAsync<Exception>(() => retry.RunAsync<int>(
            _ =>
            {
                runs++;
                stop.Cancel();
                throw new TestFailure(Fault.Outside);
            },
            stop.Token));

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Each_failure_that_is_waited_for_is_told()
    {
        var told = new List<string>();
        var runs = 0;
        var retry = new Retry(new RetryOptions { MaxAttempts = 5, Patience = TimeSpan.FromMinutes(1) }, _clock);

        await retry.RunAsync(
            _ => runs++ switch
            {
                0 => throw new TestFailure(Fault.Outside, "one"),
                1 => throw new TestFailure(Fault.Ours, "two"),
                _ => Task.FromResult(0),
            },
            failure => told.Add(failure.Message),
            null,
            Token);

        Assert.Equal(["one", "two"], told);
    }

    [Fact]
    public async Task An_outage_is_reported_from_the_first_failure_to_the_run_that_worked()
    {
        var logger = new RecordingLogger();
        var runs = 0;
        var retry = new Retry(new RetryOptions { Patience = TimeSpan.FromMinutes(5) }, _clock);

        await retry.RunAsync(
            _ => runs++ < 3 ? throw new TestFailure(Fault.Outside, "It is away.") : Task.FromResult(0), new OutageReporter("lake", logger, _clock), null, Token);

        Assert.Collection(
            logger.Lines,
            line => Assert.Equal("Warning: lake waits: It is away.", line),
            line => Assert.StartsWith("Information: lake goes on after ", line, StringComparison.Ordinal));
    }

    private Task<string> RunAsync(RetryOptions options, Func<Task<string>> work) => new Retry(options, _clock).RunAsync(_ => work(), Token);
}
