namespace AirportOps.Ingest.Legs;

/// <summary>The statuses that flight files tell of.</summary>
internal enum LegStatus
{
    Scheduled,
    Departed,
    Arrived,
    Cancelled,
    Diverted,
}
