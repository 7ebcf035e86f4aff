using AirportOps.Cleaning.Seen;
using AirportOps.Pipeline.Quarantine;

namespace AirportOps.Pipeline.Tests.Quarantine;

public sealed class AcceptedIndexTests
{
    private const long Hour = 3_600_000_000;

    [Fact]
    public void An_id_is_found_within_the_horizon_before_and_after_its_arrival()
    {
        var index = new AcceptedIndex(TimeSpan.FromHours(24));
        var accepted = new AcceptedEvent(1, 10, 100 * Hour);
        index.Add(accepted);

        Assert.Equal(accepted, index.Find(accepted with { ArrivedMicros = 76 * Hour }));
        Assert.Equal(accepted, index.Find(accepted with { ArrivedMicros = 124 * Hour }));
        Assert.Null(index.Find(accepted with { ArrivedMicros = (76 * Hour) - 1 }));
        Assert.Null(index.Find(accepted with { ArrivedMicros = (124 * Hour) + 1 }));
        Assert.Null(index.Find(accepted with { Id = 2 }));
    }

    [Fact]
    public void Of_several_the_one_with_equal_content_is_found()
    {
        var index = new AcceptedIndex(TimeSpan.FromHours(24));
        index.Add(new AcceptedEvent(1, 10, 80 * Hour));
        index.Add(new AcceptedEvent(1, 11, 120 * Hour));

        Assert.Equal(new AcceptedEvent(1, 11, 120 * Hour), index.Find(new AcceptedEvent(1, 11, 100 * Hour)));
        Assert.Equal(new AcceptedEvent(1, 10, 80 * Hour), index.Find(new AcceptedEvent(1, 12, 100 * Hour)));
    }
}
