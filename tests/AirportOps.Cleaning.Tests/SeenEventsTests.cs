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
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, 5_000)]
    [InlineData(4, 2_048)]
    [InlineData(5, 900)]
    public void Outcomes_are_those_of_a_dictionary_that_forgets_nothing_and_compares_arrivals(int seed, int? inMemory)
    {
        var random = new Random(seed);
        var naive = new Dictionary<UInt128, AcceptedEvent>();
        var limit = inMemory is { } most ? new SeenLimit(most, Path.GetTempPath()) : null;
        var seen = new SeenEvents(Day, limit);
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
                seen.Dispose();
                seen = Restarted(naive, arrived, limit);
            }
        }

        seen.Dispose();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 300)]
    [InlineData(4, 2_048)]
    [InlineData(5, 4_999)]
    public void A_limit_changes_no_outcome(int seed, int inMemory)
    {
        var random = new Random(seed);
        foreach (var horizon in new TimeSpan?[] { null, TimeSpan.FromHours(2) })
        {
            using var limited = new SeenEvents(horizon, new SeenLimit(inMemory, Path.GetTempPath()));
            var unlimited = new SeenEvents(horizon);
            var events = inMemory < 100 ? 500 : 50_000;
            for (var i = 0; i < events; i++)
            {
                // Ids near each other and far apart, most of them more than once, over ten hours.
                var id = random.Next(3) == 0 ? (UInt128)random.NextInt64(events / 4) : Text.StableHash.Hash128(BitConverter.GetBytes(random.Next(events / 2)));
                var accepted = new AcceptedEvent(id, (ulong)random.Next(2), (i * 10 * Hour / events) - random.NextInt64(Hour / 2));
                if (random.Next(5) == 0)
                {
                    limited.Add(accepted);
                    unlimited.Add(accepted);
                    continue;
                }

                var (expected, actual) = (unlimited.TryAccept(accepted), limited.TryAccept(accepted));
                Assert.True(expected == actual, $"seed {seed}, horizon {horizon}, event {i}: expected {expected}, was {actual}");
            }
        }
    }

    [Fact]
    public void Beyond_the_limit_memory_grows_by_two_bytes_an_event_and_the_files_have_no_name()
    {
        const int limit = 10_000;
        const int count = 1_000_000;
        var folder = Directory.CreateTempSubdirectory("ao-ids-").FullName;
        try
        {
            using var seen = new SeenEvents(null, new SeenLimit(limit, folder));
            for (var i = 0; i < count; i++)
            {
                seen.TryAccept(new AcceptedEvent(Text.StableHash.Hash128(BitConverter.GetBytes(i)), 0, i));
            }

            Assert.Equal(count, seen.Count);
            Assert.InRange(seen.ApproximateBytes, 0, (48 * limit) + (2 * count) + (512 * 1024));
            Assert.Equal(OperatingSystem.IsWindows(), Directory.EnumerateFiles(folder).Any());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_that_can_not_be_written_is_an_IOException()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var seen = new SeenEvents(null, new SeenLimit(1, file));

            Assert.ThrowsAny<IOException>(() => seen.TryAccept(new AcceptedEvent(1, 10, 0)));
        }
        finally
        {
            File.Delete(file);
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
    private static SeenEvents Restarted(Dictionary<UInt128, AcceptedEvent> accepted, long now, SeenLimit? limit)
    {
        var seen = new SeenEvents(Day, limit);
        foreach (var known in accepted.Values.Where(known => known.ArrivedMicros >= now - (25 * Hour)).OrderBy(known => known.ArrivedMicros))
        {
            seen.Add(known);
        }

        return seen;
    }
}
