namespace AirportOps.Simulator.Day;

/// <summary>The event types of the contract.</summary>
internal enum EventType : byte
{
    Flight,
    Baggage,
    Security,
    Ground,
}

/// <summary>Statuses of a flight, in the contract's order.</summary>
internal enum FlightStatus : byte
{
    Scheduled,
    Boarding,
    Delayed,
    Departed,
    Arrived,
    Cancelled,
    Diverted,
}

/// <summary>Points where a bag is scanned, in the contract's order.</summary>
internal enum ScanPoint : byte
{
    CheckIn,
    Sorter,
    Loaded,
    Unloaded,
    Claim,
    Mishandled,
}

/// <summary>Services of a turnaround, in the contract's order.</summary>
internal enum GroundService : byte
{
    Deboarding,
    Cleaning,
    Catering,
    Fueling,
    Baggage,
    Boarding,
    Pushback,
}

/// <summary>
/// Something that happened, small enough to wait by the hundred thousand (48 bytes): the fields of its event are read off its subject when
/// it is sent.
/// </summary>
/// <param name="DueTime">When it is sent: the event time, or later when the delivery is late.</param>
/// <param name="Time">The event time.</param>
/// <param name="Subject">Flight and baggage: the <see cref="Leg"/>. Ground: the <see cref="Stay"/>. Security: the <see cref="Reading"/>.</param>
/// <param name="Value">Flight: the estimated departure of a delay. Baggage: the tag.</param>
/// <param name="Sequence">Counts what happened; no two things share it.</param>
/// <param name="Weight">Baggage: hundred grams.</param>
/// <param name="Type">Event type.</param>
/// <param name="Detail">The <see cref="FlightStatus"/>, <see cref="ScanPoint"/> or <see cref="GroundService"/>.</param>
/// <param name="IsSecond">Ground: the end of the service. Baggage: scanned at the destination.</param>
/// <param name="Delivery">What delivery has already done to it.</param>
internal readonly record struct SimEvent(
    long DueTime,
    long Time,
    object Subject,
    long Value,
    uint Sequence,
    short Weight,
    EventType Type,
    byte Detail,
    bool IsSecond,
    DeliveryMark Delivery);

/// <summary>What delivery has already done to an event.</summary>
internal enum DeliveryMark : byte
{
    /// <summary>Nothing yet: it is on time and first.</summary>
    None,

    /// <summary>It was held back and now goes out.</summary>
    Late,

    /// <summary>It went out before, and now does again.</summary>
    Again,
}
