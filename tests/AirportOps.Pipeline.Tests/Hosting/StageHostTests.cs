using AirportOps.Pipeline.Hosting;
using AirportOps.Reliability;
using AirportOps.Reliability.Tests;

namespace AirportOps.Pipeline.Tests.Hosting;

public sealed class StageHostTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly SkippingClock _clock = new();
    private readonly RecordingLogger _logger = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>No stage counts as working before it says so: on this clock every wait is over at once.</summary>
    private static StageHostOptions Service => StageHostOptions.Service with { Standing = Timeout.InfiniteTimeSpan };

    private static StageHostOptions Once => StageHostOptions.Once(TimeSpan.FromMinutes(5)) with { Standing = Timeout.InfiniteTimeSpan };

    [Fact]
    public async Task A_fault_outside_is_waited_out_with_a_line_at_its_begin_and_one_at_its_end()
    {
        var runs = 0;
        var load = Stage("load", (progress, _, _) =>
        {
            if (++runs <= 50)
            {
                throw new TestFailure(Fault.Outside, "The warehouse is away.");
            }

            progress.Add(outputs: 1);
            return Task.CompletedTask;
        });

        var failures = await RunAsync(Service with { Retry = Service.Retry with { MaxDelay = TimeSpan.FromSeconds(1) } }, load);

        Assert.Empty(failures);
        Assert.Equal(51, runs);
        Assert.Equal("Warning: load waits: The warehouse is away.", _logger.Lines.First());
        Assert.StartsWith("Information: load goes on after ", _logger.Lines.Last(), StringComparison.Ordinal);
        Assert.Equal(2, _logger.Lines.Count);
    }

    [Fact]
    public async Task What_may_be_our_own_fault_is_tried_a_few_times_and_then_ends_the_stage_alone()
    {
        var (runs, gold) = (0, new TaskCompletionSource());
        var failing = Stage("load", (_, _, _) =>
        {
            runs++;
            throw new InvalidOperationException("A bug.");
        });
        var other = Stage("gold", (_, _, _) => gold.Task);

        var running = RunAsync(Service, failing, other);
        await UntilAsync(() => _logger.Lines.Any(line => line.Contains("load has ended", StringComparison.Ordinal)), "load to end");
        Assert.False(running.IsCompleted);
        gold.SetResult();
        var failure = Assert.Single(await running.WaitAsync(Deadline, Token));

        Assert.Equal(("load", 5), (failure.Stage, runs));
        Assert.Contains("Error: load has ended: an error of the program, InvalidOperationException: A bug. The others go on.", _logger.Lines);
    }

    [Fact]
    public async Task What_an_operator_must_mend_ends_the_stage_at_once()
    {
        var runs = 0;

        var failures = await RunAsync(Service, Stage("load", (_, _, _) =>
        {
            runs++;
            throw new TestFailure(Fault.Operator, "The password is wrong.");
        }));

        Assert.Equal(1, runs);
        Assert.Equal("The password is wrong.", Assert.Single(failures).Failure.Message);
    }

    [Fact]
    public async Task Work_in_between_makes_a_failure_the_first_of_a_new_series()
    {
        var runs = 0;

        var failures = await RunAsync(Service, Stage("silver", (progress, _, _) =>
        {
            if (++runs == 40)
            {
                return Task.CompletedTask;
            }

            if (runs % 4 == 0)
            {
                progress.Add(outputs: 1);
            }

            throw new InvalidOperationException("Now and then.");
        }));

        Assert.Empty(failures);
        Assert.Equal(40, runs);
    }

    [Theory]
    [InlineData("bronze", "")]
    [InlineData("silver", "load gold")]
    [InlineData("load", "gold")]
    [InlineData("gold", "")]
    public async Task With_once_what_a_failed_stage_feeds_ends_too_and_nothing_else(string failing, string ending)
    {
        var done = new List<string>();
        var stages = Chain((name, drain, stop) => name == failing ? Fail() : WorkAsync(name, drain, stop));

        var failures = await RunAsync(Once, Drain.Now(), Token, stages);

        var ended = ending.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(failing, Assert.Single(failures).Stage);
        Assert.Equal(new[] { "bronze", "silver", "load", "gold" }.Except([failing, .. ended]).Order(), done.Order());
        Assert.Equal(ended, _logger.Lines.Where(line => line.Contains(" ends too: ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]));

        static Task Fail() => throw new TestFailure(Fault.Operator, "Broken.");

        async Task WorkAsync(string name, Drain drain, CancellationToken stop)
        {
            while (!drain.IsRequested)
            {
                await drain.WaitAsync(TimeSpan.FromHours(1), TimeProvider.System, stop);
            }

            lock (done)
            {
                done.Add(name);
            }
        }
    }

    [Theory]
    [InlineData("bronze")]
    [InlineData("silver")]
    [InlineData("load")]
    [InlineData("gold")]
    public async Task In_a_service_no_stage_ends_because_another_does(string failing)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var going = 0;
        var stages = Chain(async (name, _, stopped) =>
        {
            if (name == failing)
            {
                throw new TestFailure(Fault.Operator, "Broken.");
            }

            Interlocked.Increment(ref going);
            await Task.Delay(Timeout.InfiniteTimeSpan, stopped);
        });

        var running = RunAsync(Service, new Drain(), stop.Token, stages);
        await UntilAsync(() => Volatile.Read(ref going) == 3 && _logger.Lines.Any(line => line.Contains("has ended", StringComparison.Ordinal)), "the failing stage to end");
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();

        Assert.Equal(failing, Assert.Single(await running.WaitAsync(Deadline, Token)).Stage);
    }

    [Fact]
    public async Task Stages_work_off_what_those_before_them_left()
    {
        var order = new List<string>();
        var stages = Chain(async (name, drain, stop) =>
        {
            while (!drain.IsRequested)
            {
                await drain.WaitAsync(TimeSpan.FromHours(1), TimeProvider.System, stop);
            }

            lock (order)
            {
                order.Add(name);
            }
        });

        Assert.Empty(await RunAsync(Once, Drain.Now(), Token, stages));

        Assert.Equal(["silver", "load", "gold"], order.Where(name => name != "bronze"));
    }

    [Fact]
    public async Task Once_waits_for_a_bounded_time()
    {
        var began = _clock.GetUtcNow();

        var failure = Assert.Single(await RunAsync(Once, Stage("load", (_, _, _) => throw new TestFailure(Fault.Outside, "The warehouse is away."))));

        Assert.Equal("The warehouse is away.", failure.Failure.Message);
        Assert.InRange(_clock.GetUtcNow() - began, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_an_outage_is_a_clean_end()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var stopping = new StageHost(Service, _logger, TimeProvider.System).RunAsync(
            [Stage("load", (_, _, _) => throw new TestFailure(Fault.Outside))], new Drain(), stop.Token);
        await UntilAsync(() => !_logger.Lines.IsEmpty, "the outage");

        await stop.CancelAsync();

        Assert.Empty(await stopping.WaitAsync(Deadline, Token));
    }

    [Fact]
    public async Task The_first_failure_ends_all_where_that_is_asked_for()
    {
        var failures = await RunAsync(
            Once with { EndsAll = true },
            Stage("load", (_, _, _) => throw new TestFailure(Fault.Operator, "Broken.")),
            Stage("bronze", (_, _, stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop)));

        Assert.Equal("load", Assert.Single(failures).Stage);
    }

    [Fact]
    public async Task What_can_not_be_repeated_is_not()
    {
        var runs = 0;
        var feed = Stage("feed", (_, _, _) =>
        {
            runs++;
            throw new TestFailure(Fault.Outside);
        }) with
        { IsRepeatable = false };

        // The host never repeats it, so its retry must not either.
        Assert.Single(await RunAsync(Service, feed).WaitAsync(Deadline, Token));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_stage_that_runs_for_a_while_without_a_failure_works()
    {
        var runs = 0;
        var load = Stage("load", async (_, _, _) =>
        {
            if (++runs == 1)
            {
                throw new TestFailure(Fault.Outside, "Away.");
            }

            await UntilAsync(() => _logger.Lines.Count == 2, "the line at the end of the outage");
        });

        Assert.Empty(await RunAsync(StageHostOptions.Service, load).WaitAsync(Deadline, Token));
    }

    private static HostedStage Stage(string name, Func<StageProgress, Drain, CancellationToken, Task> run)
    {
        var progress = new StageProgress(name);
        return new HostedStage(progress, (drain, stop) => run(progress, drain, stop));
    }

    private static HostedStage[] Chain(Func<string, Drain, CancellationToken, Task> run)
    {
        var bronze = Stage("bronze", (_, drain, stop) => run("bronze", drain, stop));
        var silver = Stage("silver", (_, drain, stop) => run("silver", drain, stop));
        var load = Stage("load", (_, drain, stop) => run("load", drain, stop)) with { After = [silver] };
        var gold = Stage("gold", (_, drain, stop) => run("gold", drain, stop)) with { After = [load] };
        return [bronze, silver, load, gold];
    }

    private Task<IReadOnlyList<StageFailure>> RunAsync(StageHostOptions options, params HostedStage[] stages) =>
        RunAsync(options, new Drain(), Token, stages);

    private Task<IReadOnlyList<StageFailure>> RunAsync(StageHostOptions options, Drain drain, CancellationToken stop, params HostedStage[] stages) =>
        new StageHost(options, _logger, _clock).RunAsync(stages, drain, stop).WaitAsync(Deadline, CancellationToken.None);

    private static async Task UntilAsync(Func<bool> isSo, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline, $"Waited {Deadline} for {what}.");
            await Task.Delay(5, Token);
        }
    }
}
