namespace AirportOps.Aws.Tests.Kinesis;

/// <summary>A clock that stands until it is moved; timers fire when it passes them.</summary>
internal sealed class FakeClock : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_timers)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>What is due later than this from now is a limit that nobody waits for.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Whether anybody waits for it.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (_timers)
            {
                return _timers.Exists(timer => !timer.IsDisposed && timer.Due <= _now + LongestWait);
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_timers)
        {
            var timer = new Timer(() => callback(state), _now + dueTime);
            _timers.Add(timer);
            return timer;
        }
    }

    public void Advance(TimeSpan time)
    {
        List<Timer> due;
        lock (_timers)
        {
            _now += time;
            due = _timers.Where(timer => timer.Due <= _now).ToList();
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>Lets time pass for work that waits for it, until it has ended, however it ends.</summary>
    /// <param name="step">How far the clock moves at once.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="TimeoutException">It has not ended after five minutes of real time.</exception>
    public async Task PassAsync(TimeSpan step, Task work)
    {
        var began = System.GetTimestamp();
        while (!work.IsCompleted)
        {
            if (System.GetElapsedTime(began) > TimeSpan.FromMinutes(5))
            {
                throw new TimeoutException("not within 5 minutes: the end of the work that time passes for");
            }

            // While requests are under way it stands.
            if (IsAwaited)
            {
                Advance(step);
            }

            await Task.WhenAny(work, Task.Delay(1, TestContext.Current.CancellationToken));
        }
    }

    private sealed class Timer(Action fire, DateTimeOffset due) : ITimer
    {
        public bool IsDisposed { get; private set; }

        public DateTimeOffset Due => due;

        public void Fire()
        {
            if (!IsDisposed)
            {
                fire();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
