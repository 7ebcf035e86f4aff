using AirportOps.Reference.Time;

namespace AirportOps.Ingest;

/// <summary>Arithmetic on instants and wall clocks in microseconds since 1970-01-01, none of it before the year 2000.</summary>
internal static class Calendar
{
    public const int MinutesPerDay = 1440;
    public const long MicrosPerMinute = 60_000_000;
    public const long MicrosPerDay = MinutesPerDay * MicrosPerMinute;

    /// <summary><see cref="DateOnly.DayNumber"/> of 1970-01-01.</summary>
    public const int EpochDayNumber = 719_162;

    private const long MicrosPerHour = 60 * MicrosPerMinute;

    /// <summary>The instant at which a day's clock stands at a minute.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="day">Days since 1970-01-01.</param>
    /// <param name="minuteOfDay">0…1440; 1440 is the midnight at the day's end.</param>
    public static long InstantOf(LocalClock clock, int day, int minuteOfDay) =>
        clock.ToUtc((day * MicrosPerDay) + (minuteOfDay * MicrosPerMinute));

    /// <summary>The minute of the day, 0…1439, that a clock shows.</summary>
    public static int MinuteOfDay(LocalClock clock, long instant) => (int)(clock.ToWall(instant) % MicrosPerDay / MicrosPerMinute);

    /// <summary>The first instant, not before another one, at which a clock shows a minute of the day.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="earliest">The instant to search from.</param>
    /// <param name="minuteOfDay">0…1440; 1440 and 0 are the same.</param>
    public static long FirstAtOrAfter(LocalClock clock, long earliest, int minuteOfDay)
    {
        var wall = clock.ToWall(earliest);
        var candidate = wall - (wall % MicrosPerDay) + (minuteOfDay % MinutesPerDay * MicrosPerMinute);
        while (true)
        {
            var instant = clock.ToUtc(candidate);
            if (instant >= earliest) return instant;

            // The clock shows the hour that a change repeats twice, and the first time may be over.
            if (instant + MicrosPerHour >= earliest && clock.ToWall(instant + MicrosPerHour) == candidate) return instant + MicrosPerHour;
            candidate += MicrosPerDay;
        }
    }
}
