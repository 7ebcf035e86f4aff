using AirportOps.Simulator.Day;
using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>Other keys: aliases, other spellings, blocks that keys are nested in. The values stay as they are.</summary>
internal static class KeyMess
{
    private static readonly byte[] Departure = "departure"u8.ToArray();
    private static readonly byte[] Arrival = "arrival"u8.ToArray();
    private static readonly byte[] Event = "event"u8.ToArray();
    private static readonly byte[] Bag = "bag"u8.ToArray();

    /// <summary>Blocks as live feeds nest them: departure.scheduled joins to the alias departurescheduled.</summary>
    private static readonly (byte[] Parent, EventType? Type, (Field Field, byte[] Key)[] Members)[] Blocks =
    [
        (Departure, EventType.Flight,
        [
            (Field.Origin, "iata"u8.ToArray()), (Field.ScheduledDeparture, "scheduled"u8.ToArray()), (Field.EstimatedDeparture, "estimated"u8.ToArray()),
            (Field.ActualDeparture, "actual"u8.ToArray()), (Field.Terminal, "terminal"u8.ToArray()), (Field.Gate, "gate"u8.ToArray()),
            (Field.DelayMinutes, "delay"u8.ToArray()),
        ]),
        (Arrival, EventType.Flight,
        [
            (Field.Destination, "iata"u8.ToArray()), (Field.ScheduledArrival, "scheduled"u8.ToArray()), (Field.EstimatedArrival, "estimated"u8.ToArray()),
            (Field.ActualArrival, "actual"u8.ToArray()),
        ]),
        (Bag, EventType.Baggage, [(Field.BagTag, "tag"u8.ToArray())]),
        (Event, null, [(Field.EventId, "id"u8.ToArray()), (Field.EventType, "type"u8.ToArray()), (Field.EventTime, "time"u8.ToArray())]),
    ];

    public static bool Apply(EventDraft draft, SplitMix luck)
    {
        if (luck.Percent(25) && Nest(draft, luck))
        {
            return true;
        }

        var renamed = 0;
        for (var wanted = luck.Between(1, 4); wanted > 0; wanted--)
        {
            if (FieldSet.Pick(draft.FreeKeys, luck) is { } field)
            {
                draft.Rename(field, luck.Pick<byte[]>(KeySpellings.For(field)));
                renamed++;
            }
        }

        draft.Repairs |= renamed > 0 ? Repairs.KeyAlias : 0;
        return renamed > 0;
    }

    private static bool Nest(EventDraft draft, SplitMix luck)
    {
        var (parent, type, members) = luck.Pick<(byte[], EventType?, (Field Field, byte[] Key)[])>(Blocks);
        if (type is not null && type != draft.Clean.Type)
        {
            return false;
        }

        var nested = false;
        foreach (var (field, key) in members)
        {
            if ((draft.FreeKeys & FieldTable.Bit(field)) != 0)
            {
                draft.Nest(field, parent, key);
                nested = true;
            }
        }

        draft.Repairs |= nested ? Repairs.KeyAlias : 0;
        return nested;
    }
}
