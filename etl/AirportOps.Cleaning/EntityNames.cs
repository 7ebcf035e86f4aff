namespace AirportOps.Cleaning;

/// <summary>How entities are called in Silver's paths, in staging and in events.</summary>
public static class EntityNames
{
    private static readonly string[] Names = ["flight_event", "baggage_event", "security_event", "ground_event"];
    private static readonly string[] EventTypes = ["flight", "baggage", "security", "ground"];

    /// <summary>Every entity.</summary>
    public static IReadOnlyList<Entity> All { get; } =
        [Entity.FlightEvent, Entity.BaggageEvent, Entity.SecurityEvent, Entity.GroundEvent];

    /// <summary>The entity's name in Silver and staging: <c>flight_event</c>, <c>baggage_event</c>, <c>security_event</c>, <c>ground_event</c>.</summary>
    public static string Name(this Entity entity) => Names[(int)entity];

    /// <summary>The <c>event_type</c> of its events: <c>flight</c>, <c>baggage</c>, <c>security</c>, <c>ground</c>.</summary>
    public static string EventType(this Entity entity) => EventTypes[(int)entity];

    /// <summary>The entity of a name that <see cref="Name"/> gives; null for any other text.</summary>
    public static Entity? Find(string name) => Array.IndexOf(Names, name) is var index and >= 0 ? (Entity)index : null;
}
