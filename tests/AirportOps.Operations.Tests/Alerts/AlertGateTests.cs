using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Lake;
using AirportOps.Operations.Alerts;
using AirportOps.Pipeline.Tests;
using AirportOps.Pipeline.Tests.Bronze;
using AirportOps.Reliability;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Operations.Tests.Alerts;

/// <summary>What of the findings is sent: for each kind and place one in an hour, and one when it is over.</summary>
public sealed class AlertGateTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_lasts_is_told_at_once_then_every_hour_and_when_it_is_over()
    {
        var gate = InProcess();

        Assert.Equal(
            ["", "raised", "", "", "lasting", "", "recovered", ""],
            await PassAsync(gate, (0, false), (1, true), (1, true), (30, true), (30, true), (5, true), (5, false), (5, false)));
    }

    [Fact]
    public async Task What_comes_and_goes_is_told_once_an_hour_with_what_was_held_back()
    {
        var gate = InProcess();

        Assert.Equal(
            ["raised", "recovered", "held", "", "held", "", "", "raised 2", "recovered"],
            await PassAsync(
                gate, (0, true), (5, false), (5, true), (5, false), (5, true), (5, true), (5, false), (60, true), (1, false)));
    }

    [Fact]
    public async Task What_came_back_too_soon_and_stays_is_told_when_the_hour_is_over()
    {
        var gate = InProcess();

        Assert.Equal(
            ["raised", "recovered", "held", "", "raised 1"],
            await PassAsync(gate, (0, true), (10, false), (10, true), (39, true), (1, true)));
    }

    [Fact]
    public async Task Every_failing_run_of_the_data_tests_counts()
    {
        var gate = InProcess();
        var failed = Condition(true) with { Kind = AlertKind.FailedTest, IsOccurrence = true };

        var told = new List<string>();
        foreach (var minutes in (int[])[0, 15, 15, 15, 15])
        {
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            told.Add(Word(await gate.PassAsync(failed, Token)));
        }

        Assert.Equal(["raised", "held", "held", "held", "lasting 3"], told);
    }

    [Fact]
    public async Task Kinds_and_places_do_not_hold_each_other_back()
    {
        var gate = InProcess();

        Assert.Equal("raised", Word(await gate.PassAsync(Condition(true), Token)));
        Assert.Equal("raised", Word(await gate.PassAsync(Condition(true) with { Place = "silver of other" }, Token)));
        Assert.Equal("raised", Word(await gate.PassAsync(Condition(true) with { Kind = AlertKind.StuckWindow }, Token)));
        Assert.Equal("", Word(await gate.PassAsync(Condition(true), Token)));
    }

    [Fact]
    public async Task A_process_started_anew_says_nothing_twice_and_tells_that_it_is_over()
    {
        Assert.Equal(["raised"], await PassAsync(InLake("first"), (0, true)));
        Assert.Equal(["held", ""], await PassAsync(InLake("second"), (5, true), (5, true)));
        Assert.Equal(["lasting 1"], await PassAsync(InLake("third"), (50, true)));
        Assert.Equal(["recovered", ""], await PassAsync(InLake("fourth"), (1, false), (1, false)));
        Assert.Equal([""], await PassAsync(InLake("fifth"), (1, false)));
    }

    [Fact]
    public async Task One_of_several_workers_does_not_take_back_what_another_says_until_that_one_is_gone()
    {
        var (ill, well) = (InLake("ill"), InLake("well"));

        Assert.Equal("raised", Word(await ill.PassAsync(Condition(true) with { IsShared = true }, Token)));
        Assert.Equal("", Word(await well.PassAsync(Condition(false) with { IsShared = true }, Token)));
        _clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal("lasting", Word(await ill.PassAsync(Condition(true) with { IsShared = true }, Token)));
        _clock.Advance(TimeSpan.FromMinutes(66));

        Assert.Equal("recovered", Word(await InLake("later").PassAsync(Condition(false) with { IsShared = true }, Token)));
    }

    [Fact]
    public async Task Two_workers_that_find_the_same_tell_it_once()
    {
        var (one, other) = (InLake("one"), InLake("other"));

        Assert.Equal("raised", Word(await one.PassAsync(Condition(true), Token)));
        Assert.Equal("held", Word(await other.PassAsync(Condition(true), Token)));
    }

    [Fact]
    public async Task A_lake_that_is_away_costs_one_line_and_no_alert()
    {
        var logger = new RecordingLogger();
        var memory = new AlertMemory(() => throw new LakeException("The lake s3://b can't be used: it is away.", Fault.Outside, null), logger, _clock);
        var gate = new AlertGate(memory, TimeSpan.FromHours(1), "me", _clock);

        Assert.Equal(["raised", "", "recovered"], await PassAsync(gate, (0, true), (1, true), (1, false)));
        Assert.Equal(["7105 Warning: What alerts were sent before is not known: The lake s3://b can't be used: it is away. One may come twice."], logger.Lines);
    }

    private static AlertCondition Condition(bool isMet) => new(AlertKind.Stale, "silver of events", isMet, "It is so.", IsShared: false, IsOccurrence: false);

    private static string Word((Alert? Alert, bool IsSuppressed) passed) => passed switch
    {
        ({ Suppressed: > 0 } alert, _) => $"{alert.StateName} {alert.Suppressed}",
        ({ } alert, _) => alert.StateName,
        (_, true) => "held",
        _ => "",
    };

    private AlertGate InProcess() => new(new AlertMemory(null, NullLogger.Instance, _clock), TimeSpan.FromHours(1), "me", _clock);

    private AlertGate InLake(string owner) => new(
        new AlertMemory(() => FileLake.Open(_folder.Path, TimeProvider.System), NullLogger.Instance, TimeProvider.System), TimeSpan.FromHours(1), owner, _clock);

    /// <summary>Findings, each some minutes after the one before.</summary>
    private async Task<IReadOnlyList<string>> PassAsync(AlertGate gate, params (int Minutes, bool IsMet)[] findings)
    {
        var told = new List<string>();
        foreach (var (minutes, isMet) in findings)
        {
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            told.Add(Word(await gate.PassAsync(Condition(isMet), Token)));
        }

        return told;
    }
}
