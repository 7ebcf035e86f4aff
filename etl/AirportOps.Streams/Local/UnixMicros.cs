namespace AirportOps.Streams;

/// <summary>Instants as microseconds since 1970 UTC.</summary>
internal static class UnixMicros
{
    /// <summary>An instant, rounded towards 1970.</summary>
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant of a number of microseconds.</summary>
    public static DateTimeOffset ToTime(long micros) =>
        new(DateTimeOffset.UnixEpoch.Ticks + (micros * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
