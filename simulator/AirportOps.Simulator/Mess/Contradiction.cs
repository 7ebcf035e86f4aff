using AirportOps.Simulator.Day;
using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>The same id with something else to say.</summary>
internal static class Contradiction
{
    private const int HundredthsPerKilogram = 100;

    private static readonly byte[] OtherGate = "Z99"u8.ToArray();

    public static Refusal Refusal { get; } = new("conflicting_duplicate"u8.ToArray(), null, true);

    /// <summary>Changes one field so that the event stays clean and differs.</summary>
    public static void Change(EventFields fields)
    {
        switch (fields.Type)
        {
            case EventType.Baggage:
                fields.Set(Field.WeightKg, fields.Number(Field.WeightKg) + HundredthsPerKilogram);
                break;
            case EventType.Security:
                fields.Set(Field.QueueLength, fields.Number(Field.QueueLength) + 1);
                break;
            default:
                fields.Set(Field.Gate, OtherGate);
                break;
        }
    }
}
