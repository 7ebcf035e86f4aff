namespace AirportOps.Ingest.Legs;

/// <summary>Causes of delays, in the order that decides between equal minutes. The first four are also the cancellation codes A to D.</summary>
internal static class DelayCause
{
    public const int Count = 5;

    /// <summary>What a cause is called in an event.</summary>
    public static ReadOnlySpan<byte> Name(int cause) => cause switch
    {
        0 => "carrier"u8,
        1 => "weather"u8,
        2 => "nas"u8,
        3 => "security"u8,
        _ => "late_aircraft"u8,
    };

    /// <summary>What comes before a cause's minutes in an event.</summary>
    public static ReadOnlySpan<byte> MinutesKey(int cause) => cause switch
    {
        0 => ",\"carrier_minutes\":"u8,
        1 => ",\"weather_minutes\":"u8,
        2 => ",\"nas_minutes\":"u8,
        3 => ",\"security_minutes\":"u8,
        _ => ",\"late_aircraft_minutes\":"u8,
    };
}
