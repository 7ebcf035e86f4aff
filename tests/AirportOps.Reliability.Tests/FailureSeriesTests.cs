namespace AirportOps.Reliability.Tests;

public sealed class FailureSeriesTests
{
    private readonly SkippingClock _clock = new();

    [Fact]
    public void Patience_ends_after_its_time_and_begins_anew_once_it_worked()
    {
        var series = Series(new RetryOptions { Patience = TimeSpan.FromMinutes(1) });

        Assert.True(series.MayRepeat(new TestFailure(Fault.Outside)));
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True(series.MayRepeat(new TestFailure(Fault.Outside)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(series.MayRepeat(new TestFailure(Fault.Outside)));

        series.Reset();
        Assert.True(series.MayRepeat(new TestFailure(Fault.Outside)));
    }

    [Fact]
    public void A_failure_that_is_waited_out_without_end_stops_the_count_of_the_others()
    {
        var series = Series(new RetryOptions());
        TimeSpan Patience(Exception failure) => failure.Message == "slower" ? Timeout.InfiniteTimeSpan : TimeSpan.FromMinutes(1);

        Assert.True(series.MayRepeat(new TestFailure(Fault.Outside), Patience));
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True(series.MayRepeat(new TestFailure(Fault.Outside, "slower"), Patience));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.True(series.MayRepeat(new TestFailure(Fault.Outside), Patience));
    }

    [Fact]
    public void Whose_fault_it_is_is_asked_of_the_options()
    {
        var series = Series(new RetryOptions { MaxAttempts = 2, FaultOf = failure => failure is TimeoutException ? Fault.Ours : Fault.Operator });

        Assert.True(series.MayRepeat(new TimeoutException()));
        Assert.False(series.MayRepeat(new TimeoutException()));
        Assert.False(series.MayRepeat(new TestFailure(Fault.Outside)));
    }

    private FailureSeries Series(RetryOptions options) => new(options, _clock);
}
