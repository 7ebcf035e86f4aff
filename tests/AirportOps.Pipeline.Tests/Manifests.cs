using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Tests;

/// <summary>Manifests for tests.</summary>
internal static class Manifests
{
    private const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly DateTimeOffset Arrived = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A window of so many rows and nothing else.</summary>
    internal static WindowManifest Of(WindowId window, long rows) => new()
    {
        Stream = window.Stream,
        Shard = window.Shard,
        Ordinal = window.Ordinal,
        Generation = window.Generation,
        LastSequenceBefore = window.Ordinal == 1 ? null : Text((window.Ordinal - 1) * 10),
        FirstSequence = Text(((window.Ordinal - 1) * 10) + 1),
        LastSequence = Text(window.Ordinal * 10),
        FirstArrived = Arrived,
        LastArrived = Arrived.AddSeconds(1),
        Ledger = new WindowLedger
        {
            Records = rows,
            Events = rows,
            Rows = rows,
            Duplicates = 0,
            Refused = new Dictionary<string, long>(),
            Repairs = new Dictionary<string, long>(),
        },
        Files = [],
        Quarantine = [],
        Rules = "1",
        Reference = "abc TZDB: 2026a",
    };

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A window with something in every field.</summary>
    internal static WindowManifest Full(WindowId window) => Of(window, rows: 5) with
    {
        Watermark = Arrived.AddMicroseconds(123456),
        Ledger = new WindowLedger
        {
            Records = 8,
            Events = 9,
            Rows = 5,
            Duplicates = 1,
            Refused = new Dictionary<string, long> { ["not_json"] = 2, ["truncated"] = 1 },
            Repairs = new Dictionary<string, long> { ["trimmed"] = 3 },
        },
        Files =
        [
            new WindowFile(
                "flight_event", new DateOnly(2026, 3, 1), "silver/flight_event/event_date=2026-03-01/x.parquet", 5, 1234, [new("event_id", 0, "a", "e")], Sha256),
        ],
        Quarantine = [new WindowObject("quarantine/date=2026-03-01/x.jsonl.gz", 3, 99, Sha256)],
        Ids = new WindowObject("silver/_ids/events/shard-0/x.ids", 5, 164, Sha256),
    };
}
