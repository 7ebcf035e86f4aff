namespace AirportOps.Ingest;

/// <summary>The kinds of flight files, told apart by their column names.</summary>
public enum FlightFileFamily
{
    /// <summary>On-Time Performance with schedules, causes and both flags: <c>SCHEDULED_DEPARTURE</c>, <c>ORIGIN_AIRPORT</c>…</summary>
    Bts,

    /// <summary>The columns of R's hflights: no schedules, but both flags and elapsed minutes.</summary>
    Hflights,

    /// <summary>The columns of R's lexflights22, and of nycflights13 since its version 1.0: schedules, no flags.</summary>
    Lexflights,

    /// <summary>The columns of R's first nycflights13: neither schedules nor flags.</summary>
    Nycflights13,
}
