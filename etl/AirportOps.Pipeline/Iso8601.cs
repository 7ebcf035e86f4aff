using System.Globalization;

namespace AirportOps.Pipeline;

/// <summary>Instants as text: <c>YYYY-MM-DDTHH:MM:SS[.ffffff]Z</c>, the clean form of events.</summary>
public static class Iso8601
{
    private const long MicrosPerSecond = 1_000_000;

    /// <summary>The text of an instant; without a fraction where it is a whole second, else with six digits.</summary>
    /// <param name="micros">Microseconds since 1970-01-01 UTC, of the years 1 to 9999.</param>
    public static string FromMicros(long micros) => ToTime(micros).UtcDateTime.ToString(
        micros % MicrosPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
        CultureInfo.InvariantCulture);

    /// <summary>An instant.</summary>
    /// <param name="micros">Microseconds since 1970-01-01 UTC, of the years 1 to 9999.</param>
    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>Microseconds since 1970-01-01 UTC; finer parts are cut off.</summary>
    public static long ToMicros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
