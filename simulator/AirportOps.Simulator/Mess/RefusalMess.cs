using System.Text;
using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>One fault that no cleaner can repair, on an event that is otherwise clean.</summary>
internal static class RefusalMess
{
    private const int TooLong = 65;

    private static readonly ulong[] Required =
    [
        FieldSet.Of(Field.EventTime, Field.Airline, Field.FlightNumber, Field.Origin, Field.Destination, Field.Status),
        FieldSet.Of(Field.EventTime, Field.Airport, Field.BagTag, Field.ScanPoint),
        FieldSet.Of(Field.EventTime, Field.Airport, Field.Checkpoint, Field.WaitMinutes),
        FieldSet.Of(Field.EventTime, Field.Airport, Field.Service, Field.Phase),
    ];

    private static readonly ulong[] Spoilt =
    [
        FieldSet.Of(Field.EventId, Field.EventTime, Field.FlightNumber, Field.FlightDate, Field.Status),
        FieldSet.Of(Field.EventId, Field.EventTime, Field.BagTag, Field.ScanPoint),
        FieldSet.Of(Field.EventId, Field.EventTime, Field.Checkpoint, Field.WaitMinutes),
        FieldSet.Of(Field.EventId, Field.EventTime, Field.Service, Field.Phase),
    ];

    private static readonly byte[][] Nothing = ["null"u8.ToArray(), "\"N/A\""u8.ToArray(), "\"\""u8.ToArray(), "\"-\""u8.ToArray()];

    private static readonly byte[][] FarTimes =
        ["\"1999-12-31T23:59:59Z\""u8.ToArray(), "\"1970-01-01T00:00:00Z\""u8.ToArray(), "\"2150-01-01T00:00:00Z\""u8.ToArray()];

    private static readonly byte[][] OtherTypes = ["\"weather\""u8.ToArray(), "\"crew\""u8.ToArray(), "\"fuel_order\""u8.ToArray()];

    private static readonly Refusal UnknownTypeRefusal = new("unknown_type"u8.ToArray(), null, true);
    private static readonly Refusal UnknownAirlineRefusal = new("unknown_airline"u8.ToArray(), FieldTable.Names[(int)Field.Airline], true);
    private static readonly Refusal TimeRefusal = new("time_out_of_range"u8.ToArray(), FieldTable.Names[(int)Field.EventTime], true);
    private static readonly Refusal ArrivalRefusal = new("arrival_before_departure"u8.ToArray(), null, true);
    private static readonly Refusal[] Missing = [.. Enum.GetValues<Field>().Select(field => Fault("missing_", field))];
    private static readonly Refusal[] Bad = [.. Enum.GetValues<Field>().Select(field => Fault("bad_", field))];

    private static readonly Refusal[] UnknownAirports =
        [.. Enum.GetValues<Field>().Select(field => new Refusal("unknown_airport"u8.ToArray(), FieldTable.Names[(int)field], true))];

    /// <summary>An event type that does not exist, or no type and nothing to tell it from.</summary>
    public static bool UnknownType(EventDraft draft, SplitMix luck)
    {
        if (luck.Percent(70))
        {
            draft.Rewrite(Field.EventType, luck.Pick<byte[]>(OtherTypes));
        }
        else
        {
            foreach (var field in (ReadOnlySpan<Field>)[Field.EventType, Field.BagTag, Field.Checkpoint, Field.Service, Field.Status])
            {
                draft.Omit(field);
            }
        }

        draft.Refusal = UnknownTypeRefusal;
        return true;
    }

    public static bool MissingField(EventDraft draft, SplitMix luck)
    {
        var candidates = Required[(int)draft.Clean.Type];
        if (!draft.Clean.Has(Field.Airport))
        {
            // A flight that names neither would leave it open which of the two is missed first.
            candidates &= ~FieldTable.Bit(Field.Origin);
        }

        if (FieldSet.Pick(candidates, luck) is not { } field)
        {
            return false;
        }

        LeaveNoStandIn(draft, field);
        if (luck.Percent(60))
        {
            draft.Omit(field);
        }
        else
        {
            draft.Rewrite(field, luck.Pick<byte[]>(Nothing));
        }

        draft.Refusal = Missing[(int)field];
        return true;
    }

    /// <summary>A reading without a wait stands where it tells the queue or the people screened.</summary>
    private static void LeaveNoStandIn(EventDraft draft, Field field)
    {
        if (field == Field.WaitMinutes)
        {
            draft.Omit(Field.QueueLength);
            draft.Omit(Field.PassengersScreened);
        }
    }

    public static bool BadField(EventDraft draft, SplitMix luck)
    {
        if (FieldSet.Pick(Spoilt[(int)draft.Clean.Type], luck) is not { } field)
        {
            return false;
        }

        LeaveNoStandIn(draft, field);
        var output = draft.BeginValue(field);
        if (field is Field.EventId or Field.Checkpoint)
        {
            output.Write((byte)'"');
            output.Fill((byte)'x', TooLong);
            output.Write((byte)'"');
        }
        else
        {
            output.Write(field switch
            {
                Field.EventTime => luck.Percent(50) ? "\"2026-13-45T00:00:00Z\""u8 : "\"soon\""u8,
                Field.FlightNumber => luck.Percent(50) ? "12345"u8 : "0"u8,
                Field.FlightDate => luck.Percent(50) ? "\"2026-02-30\""u8 : "\"someday\""u8,
                Field.Status => "\"teleported\""u8,
                Field.BagTag => luck.Percent(50) ? "\"123456789\""u8 : "\"12AB567890\""u8,
                Field.ScanPoint => "\"moon\""u8,
                Field.WaitMinutes => luck.Percent(50) ? "-5"u8 : "9999"u8,
                Field.Service => "\"singing\""u8,
                _ => "\"middle\""u8,
            });
        }

        draft.EndValue(field);
        draft.Refusal = Bad[(int)field];
        return true;
    }

    public static bool UnknownAirline(EventDraft draft)
    {
        draft.Rewrite(Field.Airline, "\"ZZZZ\""u8);
        draft.Refusal = UnknownAirlineRefusal;
        return true;
    }

    public static bool UnknownAirport(EventDraft draft, SplitMix luck)
    {
        if (FieldSet.Pick(draft.Clean.Present & FieldSet.Codes & ~FieldTable.Bit(Field.Airline), luck) is not { } field)
        {
            return false;
        }

        draft.Rewrite(field, luck.Percent(70) ? "\"ZZZZZ\""u8 : "\"Atlantis Deep Harbour Airport\""u8);
        draft.Refusal = UnknownAirports[(int)field];
        return true;
    }

    public static bool TimeOutOfRange(EventDraft draft, SplitMix luck)
    {
        draft.Rewrite(Field.EventTime, luck.Pick<byte[]>(FarTimes));
        draft.Refusal = TimeRefusal;
        return true;
    }

    public static bool ArrivalBeforeDeparture(EventDraft draft, SplitMix luck)
    {
        if (!draft.Clean.Has(Field.ActualArrival))
        {
            return false;
        }

        draft.Clean.Set(Field.ActualArrival, draft.Clean.Number(Field.ActualDeparture) - (luck.Between(1, 300) * SimClock.Minute));
        draft.Refusal = ArrivalRefusal;
        return true;
    }

    private static Refusal Fault(string prefix, Field field) => new(
        [.. Encoding.ASCII.GetBytes(prefix), .. FieldTable.Names[(int)field]], FieldTable.Names[(int)field], field != Field.EventId);
}
