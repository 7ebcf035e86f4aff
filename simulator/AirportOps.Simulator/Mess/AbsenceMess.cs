using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>What is not said but can be derived: id, date, type. And bytes of a string that are none of UTF-8.</summary>
internal static class AbsenceMess
{
    /// <summary>What a type is derived from; these keys must be found under their own names.</summary>
    private static readonly ulong[] Telling =
    [
        FieldSet.Of(Field.Status, Field.Origin, Field.Destination), FieldSet.Of(Field.BagTag), FieldSet.Of(Field.Checkpoint), FieldSet.Of(Field.Service),
    ];

    /// <summary>Ill-formed ends of a string with the replacement characters they become: one for each maximal ill-formed part.</summary>
    private static readonly (byte[] Bytes, int Parts)[] BadEnds =
    [
        ([0xFF], 1), ([0x80], 1), ([0xC3], 1), ([0xE2, 0x82], 1), ([0xF0, 0x9F, 0x98], 1), ([0xFF, 0xFE], 2),
        ("\\ud83d"u8.ToArray(), 1), ("\\uDC00"u8.ToArray(), 1),
    ];

    public static bool Id(EventDraft draft)
    {
        if (draft.HasBadBytes || draft.Wrap == Wrap.Comma || !draft.AreUntouched(FieldTable.Bit(Field.EventId)))
        {
            return false;
        }

        draft.Omit(Field.EventId);
        draft.IdIsDerived = true;
        draft.Repairs |= Repairs.DerivedEventId;
        return true;
    }

    /// <summary>The date is that of the scheduled departure on the wall at the origin, so both must stay.</summary>
    public static bool Date(EventDraft draft)
    {
        var leaned = FieldSet.Of(Field.ScheduledDeparture, Field.Origin);
        if (!draft.Clean.Has(Field.ScheduledDeparture) || !draft.AreUntouched(leaned | FieldTable.Bit(Field.FlightDate)))
        {
            return false;
        }

        draft.TakeValues(leaned);
        draft.Omit(Field.FlightDate);
        draft.Repairs |= Repairs.DerivedDate;
        return true;
    }

    public static bool Type(EventDraft draft)
    {
        var telling = Telling[(int)draft.Clean.Type];
        if (!draft.AreUntouched(telling | FieldTable.Bit(Field.EventType)))
        {
            return false;
        }

        draft.Take(telling);
        draft.Omit(Field.EventType);
        draft.Repairs |= Repairs.DerivedType;
        return true;
    }

    public static bool BadBytes(EventDraft draft, SplitMix luck)
    {
        if (draft.IdIsDerived || draft.Wrap != Wrap.None || !draft.IsFree(Field.Source))
        {
            return false;
        }

        var (bytes, parts) = luck.Pick<(byte[], int)>(BadEnds);
        var output = draft.BeginValue(Field.Source);
        output.Write((byte)'"');
        output.Write(draft.Clean.Text(Field.Source));
        output.Write(bytes);
        output.Write((byte)'"');
        draft.EndValue(Field.Source);
        draft.Row.Set(Field.Source, [.. draft.Clean.Text(Field.Source), .. Enumerable.Repeat("\uFFFD"u8.ToArray(), parts).SelectMany(part => part)]);
        draft.HasBadBytes = true;
        draft.Repairs |= Repairs.BadUtf8;
        return true;
    }
}
