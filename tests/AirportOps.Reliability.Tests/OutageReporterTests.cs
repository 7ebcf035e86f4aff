namespace AirportOps.Reliability.Tests;

public sealed class OutageReporterTests
{
    private readonly SkippingClock _clock = new();
    private readonly RecordingLogger _logger = new();

    [Fact]
    public void An_outage_is_a_line_at_its_begin_and_one_at_its_end()
    {
        var outage = Reporter();

        for (var i = 0; i < 100; i++)
        {
            outage.Meet("The warehouse is away.\n");
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        outage.End();
        outage.End();

        Assert.Equal(["Warning: load waits: The warehouse is away.", "Information: load goes on after 100 s."], _logger.Lines);
    }

    [Fact]
    public void A_long_outage_is_brought_to_mind_now_and_then()
    {
        var outage = Reporter();

        for (var minute = 0; minute <= 25; minute++)
        {
            outage.Meet("Away.");
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(
            ["Warning: load waits: Away.", "Warning: load still waits, for 600 s now: Away.", "Warning: load still waits, for 1200 s now: Away."],
            _logger.Lines);
    }

    [Fact]
    public void Trouble_that_comes_and_goes_is_told_once_in_ten_seconds()
    {
        var outage = Reporter();

        for (var i = 0; i < 40; i++)
        {
            outage.Meet("Away.");
            outage.End();
            _clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.Equal(4, _logger.Lines.Count);
    }

    [Fact]
    public void What_works_says_nothing()
    {
        Reporter().End();

        Assert.Empty(_logger.Lines);
    }

    private OutageReporter Reporter() => new("load", _logger, _clock);
}
