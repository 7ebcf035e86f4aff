using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Tests.Bronze;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Tests.Loading;

/// <summary>What a loader asks of a lake that is paid by the request, by a clock that the tests move.</summary>
public sealed class LoaderRequestsTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>For the loader to come to wait again after a step: far more than it takes.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly string[] FourShards = ["s-0", "s-1", "s-2", "s-3"];

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MeteredLake _lake = new();
    private readonly RecordingStaging _staging = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, long> _committed = [];
    private readonly WindowStore _windows;
    private Task _loading = Task.CompletedTask;

    public LoaderRequestsTests() => _windows = new WindowStore(_lake);

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Idle_it_makes_less_than_two_requests_a_minute_and_shard_and_none_to_the_warehouse()
    {
        await CommitAsync(FourShards);
        Start();
        await PassAsync(TimeSpan.FromMinutes(20));
        _lake.BeginCount();
        var asked = _staging.Asked;

        await PassAsync(TimeSpan.FromMinutes(20));

        Assert.InRange(_lake.Gets, 4 * 19, 4 * 21);
        Assert.InRange(_lake.Requests, 4 * 19, (2 * 4 * 20) - 1);
        Assert.Equal(asked, _staging.Asked);
        await StopAsync();
    }

    [Fact]
    public async Task A_shard_that_has_ended_costs_nothing()
    {
        await CommitAsync(FourShards);
        foreach (var ended in FourShards[..3])
        {
            var note = new ShardNote { Stream = "events", Shard = ended, Ordinal = 1, EmptyThrough = _clock.GetUtcNow(), IsEnded = true, Children = ["s-3"] };
            await ShardNotes.OfSilver(_lake).WriteAsync(note, TestContext.Current.CancellationToken);
        }

        Start();
        await PassAsync(TimeSpan.FromMinutes(20));
        _lake.BeginCount();

        await PassAsync(TimeSpan.FromMinutes(20));

        Assert.InRange(_lake.Gets, 19, 21);
        Assert.Equal(4, _staging.Transactions.Sum(transaction => transaction.Count));
        await StopAsync();
    }

    [Fact]
    public async Task At_a_window_a_minute_and_shard_it_finds_each_within_five_seconds_by_a_few_reads()
    {
        await CommitAsync(FourShards);
        Start();
        for (var minute = 0; minute < 10; minute++)
        {
            await CommitEachAsync();
        }

        _lake.BeginCount();
        var latest = TimeSpan.Zero;
        for (var minute = 0; minute < 10; minute++)
        {
            var late = await CommitEachAsync();
            latest = late > latest ? late : latest;
        }

        Assert.InRange(latest, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.InRange(_lake.Gets, 4 * 10 * 2, 4 * 10 * 5);
        Assert.InRange(_lake.Lists, 1, 60);
        await StopAsync();
    }

    [Fact]
    public async Task A_window_after_hours_of_silence_is_found_within_a_minute()
    {
        await CommitAsync(FourShards);
        Start();
        await PassAsync(TimeSpan.FromHours(3));
        var before = _staging.Transactions.Count;

        await CommitAsync("s-2");
        await PassAsync(TimeSpan.FromSeconds(61));

        Assert.Equal(before + 1, _staging.Transactions.Count);
        await StopAsync();
    }

    [Fact]
    public async Task A_new_shard_is_found_within_five_minutes_of_silence()
    {
        await CommitAsync("s-0");
        Start();
        await PassAsync(TimeSpan.FromHours(3));

        await CommitAsync("s-1");
        await PassAsync(TimeSpan.FromMinutes(5) + Step);

        Assert.Equal([1], _staging.OrdinalsOf("events", "s-1"));
        await StopAsync();
    }

    [Fact]
    public async Task Windows_that_somebody_else_loaded_are_passed_over_and_the_journal_says_where_to_go_on()
    {
        await CommitAsync("s-0");
        Start();
        await PassAsync(TimeSpan.FromSeconds(10));
        await CommitAsync("s-0");
        await CommitAsync("s-0");
        await new LoaderStage(_windows, _lake, _staging, _clock).RunAsync(null, Drain.Now(), new StageProgress("load"), _stop.Token);
        var asked = _staging.Asked;

        await CommitAsync("s-0");
        await PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal([1, 2, 3, 4], _staging.OrdinalsOf("events", "s-0"));
        Assert.Equal(asked + 1, _staging.Asked);
        await StopAsync();
    }

    private void Start() => _loading = new LoaderStage(_windows, _lake, _staging, _clock).RunAsync(null, new Drain(), new StageProgress("load"), _stop.Token);

    /// <summary>Lets time pass, step by step, each when the loader waits again.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            _clock.Advance(Step);
            await Task.WhenAny(_loading, _clock.WaitForTimerAsync(TimeSpan.FromMinutes(1))).WaitAsync(Deadline, TestContext.Current.CancellationToken);
            Assert.False(_loading.IsCompleted, _loading.Exception?.ToString());
        }
    }

    /// <summary>A minute in which each shard commits a window, at moments of its own.</summary>
    /// <returns>The longest time until one was loaded.</returns>
    private async Task<TimeSpan> CommitEachAsync()
    {
        var latest = TimeSpan.Zero;
        foreach (var shard in FourShards)
        {
            await CommitAsync(shard);
            var loaded = _staging.OrdinalsOf("events", shard).Count();
            var late = TimeSpan.Zero;
            for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(15); passed += Step)
            {
                late = _staging.OrdinalsOf("events", shard).Count() > loaded ? late : late + Step;
                await PassAsync(Step);
            }

            latest = late > latest ? late : latest;
        }

        return latest;
    }

    private async Task CommitAsync(params IEnumerable<string> shards)
    {
        foreach (var shard in shards)
        {
            var ordinal = _committed[shard] = _committed.GetValueOrDefault(shard) + 1;
            var manifest = Manifests.Of(new WindowId("events", shard, ordinal), rows: 10) with { LastArrived = _clock.GetUtcNow() };
            await _windows.TryCommitAsync(manifest, TestContext.Current.CancellationToken);
        }
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _loading);
    }
}
