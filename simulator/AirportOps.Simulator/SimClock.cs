namespace AirportOps.Simulator;

/// <summary>Time in the simulator: milliseconds since 1970-01-01T00:00:00Z, as a long.</summary>
internal static class SimClock
{
    public const long Second = 1_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    private const long MicrosPerMilli = 1_000;

    public static long StartOf(DateOnly date) => (date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * Day;

    public static long ToMicros(long time) => time * MicrosPerMilli;

    public static long FromMicros(long micros) => micros / MicrosPerMilli;

    /// <summary>Whole minutes from one time to another; both on whole minutes.</summary>
    public static int MinutesBetween(long from, long to) => (int)((to - from) / Minute);

    public static long FloorToMinute(long time) => time - (time % Minute);

    public static long CeilToMinute(long time) => FloorToMinute(time + Minute - 1);
}
