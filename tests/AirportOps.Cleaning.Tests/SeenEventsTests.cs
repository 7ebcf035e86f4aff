using AirportOps.Cleaning.Seen;

namespace AirportOps.Cleaning.Tests;

public sealed class SeenEventsTests
{
    private const long Hour = 3_600_000_000;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public void An_id_is_remembered_for_exactly_the_horizon_and_a_duplicate_does_not_renew_it()
    {
        var seen = new SeenEvents(Day);

        SeenOutcome[] outcomes =
        [
            seen.TryAccept(new AcceptedEvent(1, 10, 0)),
            seen.TryAccept(new AcceptedEvent(1, 10, 12 * Hour)),
            seen.TryAccept(new AcceptedEvent(1, 11, 24 * Hour)),
            seen.TryAccept(new AcceptedEvent(1, 11, (24 * Hour) + 1)),
            seen.TryAccept(new AcceptedEvent(1, 10, 25 * Hour)),
        ];

        Assert.Equal([SeenOutcome.New, SeenOutcome.Duplicate, SeenOutcome.Conflict, SeenOutcome.New, SeenOutcome.Conflict], outcomes);
    }

    [Fact]
    public void Without_a_horizon_nothing_is_forgotten()
    {
        var seen = new SeenEvents(null);
        seen.TryAccept(new AcceptedEvent(1, 10, long.MinValue));

        Assert.Equal(SeenOutcome.Duplicate, seen.TryAccept(new AcceptedEvent(1, 10, long.MaxValue)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Outcomes_are_those_of_a_dictionary_that_forgets_nothing_and_compares_arrivals(int seed)
    {
        var random = new Random(seed);
        var naive = new Dictionary<UInt128, AcceptedEvent>();
        var seen = new SeenEvents(Day);
        var arrived = 0L;
        for (var i = 0; i < 200_000; i++)
        {
            // Arrivals go on by about ten days in all, some a little out of order; ids and contents recur, some hashes differ in one bit only.
            arrived += random.NextInt64(2 * 4_320_000);
            var id = (UInt128)random.NextInt64(30_000) << random.Next(0, 2) * 64;
            var accepted = new AcceptedEvent(id, (ulong)random.Next(2), arrived - random.NextInt64(Hour / 2));

            var expected = naive.TryGetValue(id, out var known) && accepted.ArrivedMicros - known.ArrivedMicros <= 24 * Hour
                ? known.Content == accepted.Content ? SeenOutcome.Duplicate : SeenOutcome.Conflict
                : SeenOutcome.New;
            if (expected == SeenOutcome.New)
            {
                naive[id] = accepted;
            }

            var actual = seen.TryAccept(accepted);
            Assert.True(expected == actual, $"seed {seed}, event {i}: expected {expected}, was {actual}");

            if (random.Next(20_000) == 0)
            {
                seen = Restarted(naive, arrived);
            }
        }
    }

    [Fact]
    public void An_event_costs_at_most_48_bytes_however_many_there_are()
    {
        var seen = new SeenEvents(null);
        for (var i = 1; i <= 1_000_000; i++)
        {
            seen.TryAccept(new AcceptedEvent(Text.StableHash.Hash128(BitConverter.GetBytes(i)), 0, i));
            if (i % 9_973 == 0)
            {
                const int unfilledChunkAndSmallestIndex = 128 * 1024;
                Assert.True(seen.ApproximateBytes <= (48L * i) + unfilledChunkAndSmallestIndex, $"{seen.ApproximateBytes} bytes for {i} events");
            }
        }

        Assert.Equal(1_000_000, seen.Count);
    }

    [Fact]
    public void What_is_forgotten_is_let_go_of()
    {
        var seen = new SeenEvents(Day);
        for (var i = 0; i < 500_000; i++)
        {
            seen.TryAccept(new AcceptedEvent(Text.StableHash.Hash128(BitConverter.GetBytes(i)), 0, i * (Hour / 1000)));
        }

        Assert.Equal(25_001, seen.Count);
        Assert.InRange(seen.ApproximateBytes, 0, (48 * 25_000) + (384 * 1024));
    }

    /// <summary>As after a restart: what was accepted in the horizon and its slack, in the order of acceptance, is read back.</summary>
    private static SeenEvents Restarted(Dictionary<UInt128, AcceptedEvent> accepted, long now)
    {
        var seen = new SeenEvents(Day);
        foreach (var known in accepted.Values.Where(known => known.ArrivedMicros >= now - (25 * Hour)).OrderBy(known => known.ArrivedMicros))
        {
            seen.Add(known);
        }

        return seen;
    }
}
