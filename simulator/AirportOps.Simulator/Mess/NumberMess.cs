using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>Numbers as text and with units.</summary>
internal static class NumberMess
{
    private const int HundredthsPerWhole = 100;
    private const int MinutesPerHour = 60;

    /// <summary>Hundred-millionths of a kilogram in a pound.</summary>
    private const long PoundUnits = 45_359_237;

    private const long UnitsPerHundredth = 1_000_000;

    private static readonly ulong Durations = FieldSet.Of(
        Field.DelayMinutes, Field.CarrierMinutes, Field.WeatherMinutes, Field.NasMinutes, Field.SecurityMinutes, Field.LateAircraftMinutes, Field.WaitMinutes);

    public static bool AsText(EventDraft draft, SplitMix luck)
    {
        if (FieldSet.Pick(draft.FreeValues & (FieldSet.Integers | FieldSet.Decimals), luck) is not { } field)
        {
            return false;
        }

        var isDecimal = FieldTable.FormOf(field) == FieldForm.Decimal;
        var value = draft.Clean.Number(field);
        var isSpaced = luck.Percent(30);
        var output = draft.BeginValue(field);
        output.Write(isSpaced ? "\" "u8 : "\""u8);
        if (isDecimal)
        {
            output.WriteHundredths(value);
        }
        else if (value >= 1_000 && luck.Percent(50))
        {
            output.WriteInteger(value / 1_000);
            output.Write((byte)',');
            output.WriteDigits(value % 1_000, 3);
        }
        else
        {
            output.WriteInteger(value);
            output.Write(field != Field.FlightNumber && luck.Percent(25) ? ".0"u8 : default);
        }

        output.Write(isSpaced ? " \""u8 : "\""u8);
        draft.EndValue(field);
        draft.Repairs |= Repairs.NumberText;
        return true;
    }

    public static bool WithUnit(EventDraft draft, SplitMix luck)
    {
        if (FieldSet.Pick(draft.FreeValues & (Durations | FieldTable.Bit(Field.WeightKg)), luck) is not { } field || draft.Clean.Number(field) < 0)
        {
            return false;
        }

        var output = draft.BeginValue(field);
        if (field == Field.WeightKg)
        {
            WriteWeight(output, draft, luck);
        }
        else
        {
            var scale = field == Field.WaitMinutes ? HundredthsPerWhole : 1;
            output.Write((byte)'"');
            WriteDuration(output, draft.Clean.Number(field), scale, luck);
            output.Write((byte)'"');
        }

        draft.EndValue(field);
        draft.Repairs |= Repairs.Unit;
        return true;
    }

    private static void WriteWeight(Utf8Output output, EventDraft draft, SplitMix luck)
    {
        var weight = draft.Clean.Number(Field.WeightKg);
        switch (luck.Below(4))
        {
            case 0:
                output.Write("{\"value\":"u8);
                output.WriteHundredths(weight);
                output.Write(",\"unit\":\"kg\"}"u8);
                break;
            case 1:
                output.Write((byte)'"');
                output.WriteHundredths(weight);
                output.Write(" kg\""u8);
                break;
            case var pounds:
                // Whole pounds near the weight; the row shows what they are in kilograms, to the hundredth.
                var value = Math.Max(1, weight * UnitsPerHundredth / PoundUnits);
                draft.Row.Set(Field.WeightKg, ((value * PoundUnits) + (UnitsPerHundredth / 2)) / UnitsPerHundredth);
                output.Write((byte)'"');
                output.WriteInteger(value);
                output.Write(pounds == 2 ? " lb\""u8 : " lbs\""u8);
                break;
        }
    }

    /// <summary>Writes minutes in one of the ways that hold them exactly.</summary>
    private static void WriteDuration(Utf8Output output, long value, int scale, SplitMix luck)
    {
        var (minutes, rest) = Math.DivRem(value, scale);
        if (rest != 0)
        {
            output.WriteInteger(value * 60 / scale);
            output.Write(" s"u8);
            return;
        }

        var (hours, minutesOfHour) = Math.DivRem(minutes, MinutesPerHour);
        switch (luck.Below(4))
        {
            case 0:
                output.WriteInteger(minutes * 60);
                output.Write(" s"u8);
                break;
            case 1:
                output.WriteInteger(minutes);
                output.Write(" min"u8);
                break;
            case 2 when hours > 0 && minutesOfHour > 0:
                output.WriteInteger(hours);
                output.Write("h "u8);
                output.WriteInteger(minutesOfHour);
                output.Write((byte)'m');
                break;
            default:
                output.Write("PT"u8);
                output.WriteInteger(minutes);
                output.Write((byte)'M');
                break;
        }
    }
}
