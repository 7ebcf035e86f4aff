using System.Globalization;
using System.Text;
using AirportOps.Cleaning.Seen;

namespace AirportOps.Cleaning.Tests;

public sealed class AllocationTests
{
    private const int Window = 4_096;

    /// <summary>The length of the arrival times of a window, so that a few windows fill and then renew the horizon.</summary>
    private const long WindowMicros = 30 * 60 * 1_000_000L;

    [Fact]
    public void Clean_and_lightly_repaired_events_allocate_nothing_in_steady_state()
    {
        var cleaner = new EventCleaner(CleaningRun.Codes, new CleanerOptions());
        var seen = new SeenEvents(TimeSpan.FromHours(1));
        var batch = new CleanBatch();
        for (var window = 0; window < 12; window++)
        {
            Clean(cleaner, seen, batch, Records(window), window);
        }

        // What happens once, as when the runtime replaces a method's code, may fall into any window; what events cost falls into all of them.
        Assert.Equal(0, Enumerable.Range(12, 3).Min(window => Allocated(cleaner, seen, batch, Records(window), window)));
    }

    private static long Allocated(EventCleaner cleaner, SeenEvents seen, CleanBatch batch, byte[][] records, int window)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Clean(cleaner, seen, batch, records, window);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Clean(EventCleaner cleaner, SeenEvents seen, CleanBatch batch, byte[][] records, int window)
    {
        batch.Clear();
        foreach (var record in records)
        {
            cleaner.Clean(record, new RecordOrigin("shard"u8, "1"u8, CleaningRun.Arrival + (window * WindowMicros)), seen, batch);
        }

        // Checked without allocating: an assertion on equal numbers would box them.
        Assert.True(batch.Rows == Window);
    }

    private static byte[][] Records(int window) =>
    [
        .. Enumerable.Range(0, Window).Select(i =>
        {
            var id = ("event_id", $"\"{window.ToString(CultureInfo.InvariantCulture)}-{i.ToString(CultureInfo.InvariantCulture)}\"");
            return Encoding.UTF8.GetBytes((i % 8) switch
            {
                0 => Events.Flight(id, ("gate", "\"B4\""), ("delay_minutes", "12"), ("scheduled_departure", "\"2026-03-01T14:00:00Z\"")),
                1 => Events.Baggage(id, ("weight_kg", "19.5")),
                2 => Events.Security(id),
                3 => Events.Ground(id),
                4 => Events.Flight(id, ("gate", "\" b4\""), ("status", "\"Landed\""), ("flt no", "\"100\""), ("flight_number", null)),
                5 => Events.Flight(id, ("event_time", "\"2026-03-01 09:05\""), ("airline", "\"AAL\""), ("x", "{\"y\":1}")),
                6 => Events.Flight(("event_id", null), ("source", $"\"{window}-{i}\"")),
                _ => Events.Flight(id, ("airline", null), ("flight_number", null), ("flight", "\"AA 0100\""), ("source", "\"caf\\u00e9\"")),
            });
        }),
    ];
}
