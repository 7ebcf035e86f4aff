using AirportOps.Pipeline.Tests.Bronze;
using AirportOps.Pipeline.Workers;
using AirportOps.Reliability;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>Who leads and who stands by, each by a clock of its own that stops when its machine does.</summary>
public sealed class LeaderLeaseTests
{
    private const string Key = "s3://lake#*/load/warehouse";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    /// <summary>For a worker to come to wait again after a step: far more than it takes.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly MemoryLeaseStore _store = new();

    [Fact]
    public async Task One_leads_and_the_other_stands_by()
    {
        var (a, b) = (new Worker(this, "a"), new Worker(this, "b"));

        await PassAsync(TimeSpan.FromMinutes(10), a, b);

        await a.UntilAsync(leads: true);
        Assert.Equal((1, 0), (a.TimesLed, b.TimesLed));
        Assert.InRange(b.Touches, 200, 400);
        await StopAsync(a, b);
    }

    [Fact]
    public async Task A_leader_that_stops_is_followed_at_the_next_heartbeat()
    {
        var (a, b) = (new Worker(this, "a"), new Worker(this, "b"));
        await PassAsync(TimeSpan.FromMinutes(1), a, b);

        await StopAsync(a);
        await PassAsync(TimeSpan.FromSeconds(2), b);

        await b.UntilAsync(leads: true);
        await StopAsync(b);
    }

    [Fact]
    public async Task A_killed_leader_is_followed_once_its_lease_has_run_out()
    {
        var (a, b) = (new Worker(this, "a"), new Worker(this, "b"));
        await PassAsync(TimeSpan.FromMinutes(1), a, b);

        await PassAsync(TimeSpan.FromSeconds(7), b);
        Assert.False(b.Leads);
        await PassAsync(TimeSpan.FromSeconds(6), b);

        await b.UntilAsync(leads: true);
        await StopAsync(b);
    }

    [Fact]
    public async Task A_leader_that_was_frozen_ends_its_work_and_stands_by()
    {
        var (a, b) = (new Worker(this, "a"), new Worker(this, "b"));
        await PassAsync(TimeSpan.FromMinutes(1), a, b);
        await PassAsync(TimeSpan.FromSeconds(30), b);
        await b.UntilAsync(leads: true);
        Assert.True(a.Leads);

        await PassAsync(TimeSpan.FromSeconds(4), a, b);
        await a.UntilAsync(leads: false);
        Assert.True(b.Leads);
        await StopAsync(b);
        await PassAsync(TimeSpan.FromSeconds(4), a);

        await a.UntilAsync(leads: true);
        Assert.Equal(2, a.TimesLed);
        await StopAsync(a);
    }

    [Fact]
    public async Task A_leader_that_cannot_renew_its_lease_ends_its_work_before_another_can_have_it()
    {
        var a = new Worker(this, "a");
        await PassAsync(TimeSpan.FromMinutes(1), a);

        _store.IsAway = true;
        await PassAsync(TimeSpan.FromSeconds(8), a);
        Assert.True(a.Leads);
        await PassAsync(TimeSpan.FromSeconds(2), a);
        await a.UntilAsync(leads: false);
        _store.IsAway = false;
        await PassAsync(TimeSpan.FromSeconds(4), a);

        await a.UntilAsync(leads: true);
        await StopAsync(a);
    }

    [Fact]
    public async Task Work_that_ends_gives_the_lease_up_and_work_that_fails_too()
    {
        var (a, b) = (new Worker(this, "a"), new Worker(this, "b"));
        await PassAsync(TimeSpan.FromSeconds(4), a, b);

        a.Work.SetResult();
        await a.Task;
        await PassAsync(TimeSpan.FromSeconds(4), b);
        await b.UntilAsync(leads: true);
        b.Work.SetException(new PipelineException("It can't.", Fault.Operator, null));

        await Assert.ThrowsAsync<PipelineException>(() => b.Task);
        Assert.Null(Assert.Single(_store.All).Owner);
    }

    /// <summary>Lets time pass for those whose machines run, step by step, each when they wait again.</summary>
    private static async Task PassAsync(TimeSpan time, params Worker[] running)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            foreach (var worker in running)
            {
                worker.Clock.Advance(Step);
                await Task.WhenAny(worker.Task, worker.Clock.WaitForTimerAsync(TimeSpan.FromMinutes(1))).WaitAsync(Deadline, TestContext.Current.CancellationToken);
            }
        }
    }

    private static async Task StopAsync(params Worker[] workers)
    {
        foreach (var worker in workers)
        {
            await worker.Stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker.Task);
        }
    }

    /// <summary>A process that takes part.</summary>
    private sealed class Worker
    {
        internal Worker(LeaderLeaseTests test, string name)
        {
            var lease = new LeaderLease(test._store, Key, "load", new LeaseOptions(name), Clock, NullLogger.Instance);
            Task = lease.RunAsync(LeadAsync, () => Touches++, Stop.Token);
        }

        internal ManualClock Clock { get; } = new(DateTimeOffset.UnixEpoch);

        internal CancellationTokenSource Stop { get; } = new();

        internal TaskCompletionSource Work { get; } = new();

        internal Task Task { get; }

        internal bool Leads { get; private set; }

        internal int TimesLed { get; private set; }

        internal int Touches { get; private set; }

        /// <summary>Waits until it leads, or does not: it comes to wait for its clock a moment before its work has begun or ended.</summary>
        internal async Task UntilAsync(bool leads)
        {
            var since = TimeProvider.System.GetTimestamp();
            while (Leads != leads)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(since) < Deadline, $"the worker did not come to {(leads ? "lead" : "stand by")}");
                await System.Threading.Tasks.Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }

        private async Task LeadAsync(CancellationToken cancellationToken)
        {
            (Leads, TimesLed) = (true, TimesLed + 1);
            try
            {
                await Work.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Leads = false;
            }
        }
    }
}
