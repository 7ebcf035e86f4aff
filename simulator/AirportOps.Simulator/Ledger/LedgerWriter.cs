using System.Numerics;
using AirportOps.Simulator.Day;
using AirportOps.Simulator.Events;
using AirportOps.Simulator.Mess;

namespace AirportOps.Simulator.Ledger;

/// <summary>Writes what a cleaner must make of every event, a line of JSON each.</summary>
internal static class LedgerWriter
{
    private const int CleanFraction = 6;

    private static readonly byte[][] Entities =
        ["flight_event"u8.ToArray(), "baggage_event"u8.ToArray(), "security_event"u8.ToArray(), "ground_event"u8.ToArray()];

    public static void WriteRow(Utf8Output output, long record, int number, EventDraft draft)
    {
        Begin(output, record, number, draft.Mess, "row"u8);
        output.Write(",\"entity\":\""u8);
        output.Write(Entities[(int)draft.Clean.Type]);
        output.Write("\",\"row\":{"u8);
        WriteFields(output, draft);
        output.Write("},\"repairs\":"u8);
        if (draft.Repairs == 0)
        {
            output.Write("null"u8);
        }
        else
        {
            output.Write((byte)'"');
            Repairs.Write(output, draft.Repairs);
            output.Write((byte)'"');
        }

        output.Write("}\n"u8);
    }

    public static void WriteDuplicate(Utf8Output output, long record, int number, ulong mess, ReadOnlySpan<byte> eventId)
    {
        Begin(output, record, number, mess, "duplicate"u8);
        WriteMember(output, "event_id"u8, eventId);
        output.Write("}\n"u8);
    }

    public static void WriteRefusal(Utf8Output output, long record, int number, ulong mess, Refusal refusal, ReadOnlySpan<byte> eventId)
    {
        Begin(output, record, number, mess, "refused"u8);
        WriteMember(output, "reason"u8, refusal.Reason);
        if (refusal.Field is { } field)
        {
            WriteMember(output, "field"u8, field);
        }

        if (refusal.HasEventId)
        {
            WriteMember(output, "event_id"u8, eventId);
        }

        output.Write("}\n"u8);
    }

    private static void Begin(Utf8Output output, long record, int number, ulong mess, ReadOnlySpan<byte> expect)
    {
        output.Write("{\"record\":"u8);
        output.WriteInteger(record);
        output.Write(",\"event\":"u8);
        output.WriteInteger(number);
        output.Write(",\"mess\":["u8);
        for (var rest = mess; rest != 0; rest &= rest - 1)
        {
            output.Write(rest == mess ? "\""u8 : ",\""u8);
            output.Write(MessTable.Ids[BitOperations.TrailingZeroCount(rest)]);
            output.Write((byte)'"');
        }

        output.Write((byte)']');
        WriteMember(output, "expect"u8, expect);
    }

    private static void WriteFields(Utf8Output output, EventDraft draft)
    {
        var row = draft.Row;
        if (draft.Clean.Type == EventType.Flight && !row.Has(Field.Airport))
        {
            row.Set(Field.Airport, row.Text(Field.Origin));
        }

        // The type is what the entity says.
        var fields = row.Present & ~FieldTable.Bit(Field.EventType);
        for (var rest = fields; rest != 0; rest &= rest - 1)
        {
            var field = (Field)BitOperations.TrailingZeroCount(rest);
            output.Write(rest == fields ? default : ","u8);
            output.Write(FieldTable.Keys[(int)field]);
            CleanJson.WriteValue(output, row, field, CleanFraction);
        }

        if (draft.Extras.Length > 0 && !draft.ExtrasAreDropped)
        {
            output.Write(",\"extras\":{"u8);
            output.Write(draft.Extras.Written);
            output.Write((byte)'}');
        }
    }

    private static void WriteMember(Utf8Output output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        output.Write(",\""u8);
        output.Write(name);
        output.Write("\":\""u8);
        output.Write(value);
        output.Write((byte)'"');
    }
}
