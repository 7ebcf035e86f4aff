using System.Numerics;

namespace AirportOps.Simulator.Events;

/// <summary>Writes events in the clean form of the contract.</summary>
internal static class CleanJson
{
    /// <summary>Digits of a second's fraction as events carry it.</summary>
    public const int EventFraction = 3;

    public static void WriteEvent(Utf8Output output, EventFields fields)
    {
        output.Write((byte)'{');
        for (var rest = fields.Present; rest != 0; rest &= rest - 1)
        {
            var field = (Field)BitOperations.TrailingZeroCount(rest);
            if (rest != fields.Present)
            {
                output.Write((byte)',');
            }

            output.Write(FieldTable.Keys[(int)field]);
            WriteValue(output, fields, field, EventFraction);
        }

        output.Write((byte)'}');
    }

    /// <summary>Writes a value as JSON. Texts of the simulator hold nothing that JSON escapes.</summary>
    public static void WriteValue(Utf8Output output, EventFields fields, Field field, int fractionDigits)
    {
        switch (FieldTable.FormOf(field))
        {
            case FieldForm.Integer:
                output.WriteInteger(fields.Number(field));
                return;
            case FieldForm.Decimal:
                output.WriteHundredths(fields.Number(field));
                return;
        }

        output.Write((byte)'"');
        WriteText(output, fields, field, fractionDigits);
        output.Write((byte)'"');
    }

    /// <summary>Writes what stands between the quotes of a value that is a string.</summary>
    public static void WriteText(Utf8Output output, EventFields fields, Field field, int fractionDigits = EventFraction)
    {
        switch (FieldTable.FormOf(field))
        {
            case FieldForm.Instant:
                output.WriteInstant(fields.Number(field), fractionDigits);
                break;
            case FieldForm.Date:
                output.WriteDate(fields.Number(field));
                break;
            case FieldForm.Tag:
                output.WriteDigits(fields.Number(field), 10);
                break;
            default:
                output.Write(fields.Text(field));
                break;
        }
    }
}
