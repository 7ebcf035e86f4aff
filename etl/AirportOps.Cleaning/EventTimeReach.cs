namespace AirportOps.Cleaning;

/// <summary>
/// How far rows have come in event time. One event 23 hours ahead would otherwise move a shard's watermark for a day, and make all that follows late.
/// </summary>
internal struct EventTimeReach
{
    private long? _happened;
    private long? _arrived;

    /// <summary>
    /// The greatest event_time among rows that had happened when they arrived; where none had, the greatest arrival; null without rows. Microseconds
    /// since 1970-01-01 UTC.
    /// </summary>
    public readonly long? Micros => _happened ?? _arrived;

    /// <summary>Adds a row.</summary>
    public void Add(long eventTime, long arrived)
    {
        if (eventTime <= arrived)
        {
            _happened = Math.Max(_happened ?? eventTime, eventTime);
        }

        _arrived = Math.Max(_arrived ?? arrived, arrived);
    }
}
