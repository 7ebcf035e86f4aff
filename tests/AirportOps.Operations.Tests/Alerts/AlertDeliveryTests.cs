using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Operations.Alerts;
using AirportOps.Pipeline.Tests.Bronze;

namespace AirportOps.Operations.Tests.Alerts;

public sealed class AlertDeliveryTests : IDisposable
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingLogger _logger = new();
    private readonly RecordingTarget _target = new();
    private readonly AlertMetrics _metrics = new($"test{Guid.NewGuid():N}");

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task A_target_that_is_away_for_hours_gets_every_alert_in_order_once_it_is_back()
    {
        _target.Failures = 40;
        await using (var delivery = Delivery())
        {
            delivery.Post(Of("a"));
            delivery.Post(Of("b"));
            for (var attempt = 1; attempt <= 40; attempt++)
            {
                await _target.AttemptAsync();
                await _clock.WaitForTimerAsync(TimeSpan.FromMinutes(5));
                _clock.Advance(TimeSpan.FromMinutes(5));
            }

            await _target.AttemptAsync();
            await _target.AttemptAsync();
        }

        Assert.Equal(["raised a", "raised b"], _target.Delivered);
        Assert.Equal(2, _target.Ids.Distinct().Count());
        var lines = _logger.Lines.ToList();
        Assert.Equal("9001 Warning: delivery of alerts to topic t waits: It is away. The stages go on.", lines[0]);
        Assert.All(lines[1..^1], line => Assert.StartsWith("9002 Warning: delivery of alerts to topic t still waits, for ", line, StringComparison.Ordinal));
        Assert.Equal("9003 Information: delivery of alerts to topic t goes on after 12000 s.", lines[^1]);
        Assert.InRange(lines.Count, 3, 2 + 20);
    }

    [Fact]
    public async Task A_process_that_ends_waits_a_little_and_says_how_many_were_not_delivered()
    {
        _target.Failures = int.MaxValue;
        var delivery = Delivery();
        delivery.Post(Of("a"));
        delivery.Post(Of("b"));
        await _target.AttemptAsync();

        var ending = delivery.DisposeAsync().AsTask();
        while (!ending.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await ending;
        Assert.Empty(_target.Delivered);
        Assert.Equal("7104 Warning: 2 alerts were not delivered to topic t; the log has them.", _logger.Lines.Last());
    }

    [Fact]
    public async Task Of_more_than_it_holds_the_oldest_are_given_up_and_nobody_waits()
    {
        _target.Failures = 1;
        var delivery = Delivery();
        delivery.Post(Of("first"));
        await _target.AttemptAsync();
        for (var number = 0; number < 300; number++)
        {
            delivery.Post(Of($"{number}"));
        }

        await _clock.WaitForTimerAsync(TimeSpan.FromMinutes(5));
        _clock.Advance(TimeSpan.FromMinutes(5));
        await delivery.DisposeAsync();

        Assert.Equal(["raised first", "raised 44"], _target.Delivered.Take(2));
        Assert.Equal("raised 299", _target.Delivered.Last());
        Assert.Equal("7104 Warning: 44 alerts were not delivered to topic t; the log has them.", _logger.Lines.Last());
    }

    [Fact]
    public void A_message_says_what_since_when_and_what_to_do()
    {
        var alert = new Alert(
            AlertKind.StuckWindow,
            $"events/Zürich-{new string('x', 100)}",
            AlertState.Lasting,
            "It is stuck.",
            new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero),
            3);

        Assert.Equal($"AirportOps lasting: stuck window, events/Z?rich-{new string('x', 49)}...", alert.Subject);
        Assert.Equal(100, alert.Subject.Length);
        Assert.StartsWith(
            "It is stuck.\nSince 2026-03-01T11:00:00Z.\nIt came up 3 more times since the last message; those were held back.\nNothing is lost.",
            alert.Body,
            StringComparison.Ordinal);
        Assert.EndsWith($"kind=stuck_window state=lasting place={alert.Place}\n", alert.Body, StringComparison.Ordinal);
    }

    private static Alert Of(string place) => new(AlertKind.Stale, place, AlertState.Raised, "It is so.", DateTimeOffset.UnixEpoch, 0);

    private AlertDelivery Delivery() => new(_target, TimeSpan.FromSeconds(10), _metrics, _logger, _clock);
}
