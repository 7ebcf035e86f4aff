namespace AirportOps.Cleaning;

/// <summary>What an event is about; each entity has its own Silver columns.</summary>
public enum Entity
{
    /// <summary>A flight's status, times, delay and passengers.</summary>
    FlightEvent,

    /// <summary>A bag's scan.</summary>
    BaggageEvent,

    /// <summary>A checkpoint's reading.</summary>
    SecurityEvent,

    /// <summary>The start or the end of a service on the apron.</summary>
    GroundEvent,
}
