using System.Collections.Concurrent;
using NodaTime;

namespace AirportOps.Reference.Time;

/// <summary>
/// The wall clock of one IANA zone. Instants and wall times are microseconds since 1970-01-01T00:00:00, the one in UTC and the other as the
/// clock on the wall shows it. Immutable; safe for any number of threads. Rules are exact for 1970 to 2099; outside, the nearest offset holds.
/// </summary>
public sealed class LocalClock
{
    private const long MicrosPerSecond = 1_000_000;
    private const long MicrosPerDay = 86_400 * MicrosPerSecond;

    private static readonly ConcurrentDictionary<string, LocalClock?> ByZone = new(StringComparer.Ordinal);
    private static readonly Instant FirstInstant = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant LastInstant = Instant.FromUtc(2100, 1, 1, 0, 0);

    /// <summary>Interval <c>i</c> starts at instant <c>_starts[i]</c>, is reached by wall times from <c>_wallStarts[i]</c>, and has <c>_offsets[i]</c>.</summary>
    private readonly long[] _starts;
    private readonly long[] _wallStarts;
    private readonly long[] _offsets;

    private LocalClock(string zone, DateTimeZone rules)
    {
        Zone = zone;
        var intervals = rules.GetZoneIntervals(FirstInstant, LastInstant).ToArray();
        _offsets = [.. intervals.Select(interval => interval.WallOffset.Seconds * MicrosPerSecond)];
        _starts = [.. intervals.Select((interval, i) => i == 0 ? long.MinValue : interval.Start.ToUnixTimeTicks() / 10)];

        // A wall time that the change skips or repeats counts as before the change: a skipped one so moves forward by the gap,
        // a repeated one is the earlier instant.
        _wallStarts = [.. _starts.Select((start, i) => i == 0 ? long.MinValue : start + Math.Max(_offsets[i - 1], _offsets[i]))];
    }

    /// <summary>The IANA name this clock was asked for by.</summary>
    public string Zone { get; }

    /// <summary>The version of the time zone database, for instance <c>TZDB: 2025b</c>.</summary>
    public static string Version => DateTimeZoneProviders.Tzdb.VersionId;

    /// <summary>The clock of a zone.</summary>
    /// <param name="zone">An IANA name or alias, for instance <c>America/New_York</c>; null finds nothing.</param>
    /// <returns>The clock, or null when the database has no such zone.</returns>
    public static LocalClock? Find(string? zone) => zone is null
        ? null
        : ByZone.GetOrAdd(zone, name => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } rules ? new LocalClock(name, rules) : null);

    /// <summary>
    /// The instant of a wall time. A time that a clock change skips moves forward by the gap; of a repeated one it is the earlier instant.
    /// </summary>
    /// <param name="wallMicros">Microseconds since 1970-01-01 on the wall clock.</param>
    /// <returns>Microseconds since 1970-01-01 in UTC.</returns>
    public long ToUtc(long wallMicros) => wallMicros - _offsets[IndexOf(_wallStarts, wallMicros)];

    /// <summary>What the wall clock shows at an instant.</summary>
    /// <param name="utcMicros">Microseconds since 1970-01-01 in UTC.</param>
    /// <returns>Microseconds since 1970-01-01 on the wall clock.</returns>
    public long ToWall(long utcMicros) => utcMicros + _offsets[IndexOf(_starts, utcMicros)];

    /// <summary>The date on the wall at an instant.</summary>
    /// <param name="utcMicros">Microseconds since 1970-01-01 in UTC.</param>
    /// <returns>Days since 1970-01-01.</returns>
    public int DayAt(long utcMicros) => (int)Math.DivRem(ToWall(utcMicros), MicrosPerDay, out var rest) - (rest < 0 ? 1 : 0);

    private static int IndexOf(long[] starts, long value)
    {
        var found = Array.BinarySearch(starts, value);
        return found >= 0 ? found : ~found - 1;
    }
}
