using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>What a row loses or carries along: optional fields that can't be read, keys that nobody knows.</summary>
internal static class LossMess
{
    /// <summary>One byte more than a field keeps.</summary>
    private const int TooLong = 65;

    /// <summary>Well over the 65,535 bytes that extras may have.</summary>
    private const int TooManyExtras = 70_000;

    private static readonly ulong LongTexts = FieldSet.Of(Field.Source, Field.TailNumber, Field.AircraftType, Field.Terminal, Field.Gate);
    private static readonly ulong Required = FieldSet.Of(Field.EventId, Field.EventType, Field.EventTime);

    private static readonly ulong[] RequiredOfType =
    [
        FieldSet.Of(Field.Airport, Field.Airline, Field.FlightNumber, Field.FlightDate, Field.Origin, Field.Destination, Field.Status),
        FieldSet.Of(Field.Airport, Field.BagTag, Field.ScanPoint),
        FieldSet.Of(Field.Airport, Field.Checkpoint, Field.WaitMinutes),
        FieldSet.Of(Field.Airport, Field.Service, Field.Phase),
    ];

    private static readonly byte[][] UnreadableTimes =
    [
        "\"soon\""u8.ToArray(), "\"2026-13-45T00:00:00Z\""u8.ToArray(), "\"tomorrow morning\""u8.ToArray(), "\"0001-01-01T00:00:00Z\""u8.ToArray(),
        "\"9999-12-31T23:59:59Z\""u8.ToArray(),
    ];

    private static readonly byte[][] UnreadableDates = ["\"someday\""u8.ToArray(), "\"2026-02-30\""u8.ToArray()];
    private static readonly byte[][] UnreadableIntegers = ["\"many\""u8.ToArray(), "12.5"u8.ToArray(), "99999"u8.ToArray(), "-9999"u8.ToArray()];

    private static readonly byte[][] UnreadableCounts = ["\"many\""u8.ToArray(), "12.5"u8.ToArray(), "-1"u8.ToArray(), "999999999"u8.ToArray()];

    private static readonly byte[][] UnreadableWeights = ["\"heavy\""u8.ToArray(), "-3"u8.ToArray(), "500"u8.ToArray()];

    /// <summary>Members of no event, with what other producers put into their messages.</summary>
    private static readonly byte[][] Unknown =
    [
        "\"x_crew\":7"u8.ToArray(), "\"Remark\":{\"a\":[1,\"b\"],\"ok\":true}"u8.ToArray(), "\"schema_version\":\"2.1\""u8.ToArray(),
        "\"operatorNote\":\"caf\u00e9 crew, vol compl\u00e9t\""u8.ToArray(), "\"trace\":{\"host\":\"edge-7\",\"hops\":3}"u8.ToArray(),
        "\"is_test\":false"u8.ToArray(), "\"tags\":[\"ops\",\"live\"]"u8.ToArray(),
    ];

    /// <summary>Keys of another event type, by the type they are put on.</summary>
    private static readonly byte[][] Foreign =
    [
        "\"queue_length\":12"u8.ToArray(), "\"gate\":\"B4\""u8.ToArray(), "\"weight_kg\":21.5"u8.ToArray(), "\"delay_minutes\":3"u8.ToArray(),
    ];

    /// <summary>Writes something unreadable into an optional field.</summary>
    public static bool Drop(EventDraft draft, SplitMix luck)
    {
        var candidates = draft.FreeValues & draft.FreeKeys & ~Required & ~RequiredOfType[(int)draft.Clean.Type];
        if (FieldSet.Pick(candidates, luck) is not { } field)
        {
            return false;
        }

        draft.Take(FieldTable.Bit(field));
        var output = draft.BeginValue(field);
        WriteUnreadable(output, field, luck);
        draft.EndValue(field);
        draft.Row.Remove(field);
        draft.Repairs |= Repairs.Dropped(field);
        return true;
    }

    /// <summary>Writes a designator that can't be read where baggage and ground events name their flight.</summary>
    public static bool DropDesignator(EventDraft draft)
    {
        if (!draft.Clean.Has(Field.Airline) || !draft.AreUntouched(FieldSet.Designator))
        {
            return false;
        }

        foreach (var field in (ReadOnlySpan<Field>)[Field.Airline, Field.FlightNumber, Field.FlightSuffix])
        {
            draft.Omit(field);
            draft.Row.Remove(field);
        }

        draft.Rename(Field.Airline, "flight"u8.ToArray());
        draft.Rewrite(Field.Airline, "\"??!\""u8);
        draft.Repairs |= Repairs.DroppedDesignator;
        return true;
    }

    public static bool DropExtras(EventDraft draft)
    {
        if (draft.Extras.Length > 0)
        {
            return false;
        }

        var output = draft.BeginExtra();
        output.Write("\"log\":\""u8);
        output.Fill((byte)'x', TooManyExtras);
        output.Write((byte)'"');
        draft.ExtrasAreDropped = true;
        draft.Repairs |= Repairs.DroppedExtras;
        return true;
    }

    /// <summary>Adds keys that go to the extras: unknown, of another type, or an alias that loses against the canonical key.</summary>
    public static bool AddExtras(EventDraft draft, SplitMix luck)
    {
        if (draft.Extras.Length > 0)
        {
            return false;
        }

        draft.BeginExtra().Write(luck.Pick<byte[]>(Unknown));
        if (luck.Percent(30))
        {
            draft.BeginExtra().Write(Foreign[(int)draft.Clean.Type]);
        }

        var number = FieldTable.Bit(Field.FlightNumber);
        if (luck.Percent(30) && draft.Clean.Has(Field.FlightNumber) && draft.AreUntouched(number))
        {
            draft.Take(number);
            var output = draft.BeginExtra();
            output.Write("\"fltno\":"u8);
            output.WriteInteger(luck.Between(1, 999));
        }

        return true;
    }

    private static void WriteUnreadable(Utf8Output output, Field field, SplitMix luck)
    {
        switch (FieldTable.FormOf(field))
        {
            case FieldForm.Instant:
                output.Write(luck.Pick<byte[]>(UnreadableTimes));
                break;
            case FieldForm.Date:
                output.Write(luck.Pick<byte[]>(UnreadableDates));
                break;
            case FieldForm.Integer:
                output.Write(luck.Pick<byte[]>(field >= Field.QueueLength ? UnreadableCounts : UnreadableIntegers));
                break;
            case FieldForm.Decimal:
                output.Write(luck.Pick<byte[]>(UnreadableWeights));
                break;
            default:
                if ((FieldTable.Bit(field) & LongTexts) != 0)
                {
                    output.Write((byte)'"');
                    output.Fill((byte)'x', TooLong);
                    output.Write((byte)'"');
                }
                else
                {
                    output.Write(field switch
                    {
                        Field.Airline => "\"ZZZZ\""u8,
                        Field.FlightSuffix => "\"ABC\""u8,
                        _ => "\"gremlins\""u8,
                    });
                }

                break;
        }
    }
}
