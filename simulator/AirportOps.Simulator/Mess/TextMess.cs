using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>White space, case, and words that stand for nothing.</summary>
internal static class TextMess
{
    /// <summary>Words and codes that cleaning brings to one case.</summary>
    private static readonly ulong Cased = FieldSet.Codes | FieldSet.Of(
        Field.EventType, Field.TailNumber, Field.AircraftType, Field.Gate, Field.ScanPoint, Field.Service);

    private static readonly ulong Spaced = Cased | FieldSet.Of(Field.Source, Field.Terminal, Field.Checkpoint);

    /// <summary>Optional fields that any token may empty; codes are left out, since some tokens are codes.</summary>
    private static readonly ulong Emptied = FieldSet.Of(
        Field.Source, Field.TailNumber, Field.AircraftType, Field.EstimatedDeparture, Field.ActualDeparture, Field.EstimatedArrival,
        Field.ActualArrival, Field.Terminal, Field.Gate, Field.DelayMinutes, Field.DelayCause, Field.CancellationCause, Field.Passengers, Field.Seats,
        Field.WeightKg, Field.QueueLength, Field.LanesOpen, Field.PassengersScreened);

    private static readonly ulong[] OfType =
    [
        FieldSet.Of(
            Field.Source, Field.TailNumber, Field.AircraftType, Field.EstimatedDeparture, Field.ActualDeparture, Field.EstimatedArrival,
            Field.ActualArrival, Field.Terminal, Field.Gate, Field.DelayMinutes, Field.DelayCause, Field.CancellationCause, Field.Passengers, Field.Seats),
        FieldSet.Of(Field.Source, Field.WeightKg),
        FieldSet.Of(Field.Source, Field.Terminal, Field.QueueLength, Field.LanesOpen, Field.PassengersScreened),
        FieldSet.Of(Field.Source, Field.TailNumber, Field.AircraftType, Field.Gate),
    ];

    private static readonly byte[][] Tokens =
    [
        ""u8.ToArray(), "-"u8.ToArray(), "N/A"u8.ToArray(), "n/a"u8.ToArray(), "NA"u8.ToArray(), "NULL"u8.ToArray(), "null"u8.ToArray(), "None"u8.ToArray(),
        "NaN"u8.ToArray(), "UNKNOWN"u8.ToArray(), "unknown"u8.ToArray(), "?"u8.ToArray(), " - "u8.ToArray(), " N/A"u8.ToArray(),
    ];

    public static bool Trim(EventDraft draft, SplitMix luck)
    {
        if (FieldSet.Pick(draft.FreeValues & Spaced, luck) is not { } field)
        {
            return false;
        }

        var output = draft.BeginValue(field);
        output.Write((byte)'"');
        var before = luck.Below(3);
        var turned = (FieldTable.Bit(field) & Cased) != 0 && luck.Percent(60) && WriteTurned(output, draft.Clean.Text(field), luck);
        if (!turned)
        {
            WriteSpace(output, before);
            output.Write(draft.Clean.Text(field));
            WriteSpace(output, before == 0 ? 1 + luck.Below(2) : luck.Below(2));
        }

        output.Write((byte)'"');
        draft.EndValue(field);
        draft.Repairs |= Repairs.Trimmed;
        return true;
    }

    /// <summary>Empties an optional field, or fills in a token where there was none.</summary>
    /// <param name="draft">The event.</param>
    /// <param name="keepContent">Only where there was none.</param>
    /// <param name="luck">Where it falls.</param>
    public static bool Empty(EventDraft draft, bool keepContent, SplitMix luck)
    {
        var absent = OfType[(int)draft.Clean.Type] & ~draft.Clean.Present;
        var candidates = keepContent || (absent != 0 && luck.Percent(50)) ? absent : draft.FreeValues & draft.FreeKeys & Emptied;
        if (FieldSet.Pick(candidates, luck) is not { } field || !draft.AreUntouched(FieldTable.Bit(field)))
        {
            return false;
        }

        draft.Take(FieldTable.Bit(field));
        var output = draft.BeginValue(field);
        output.Write((byte)'"');
        output.Write(luck.Pick<byte[]>(Tokens));
        output.Write((byte)'"');
        draft.EndValue(field);
        draft.Row.Remove(field);
        draft.Repairs |= Repairs.NullToken;
        return true;
    }

    /// <summary>Writes a word in another case; says whether it has letters at all.</summary>
    private static bool WriteTurned(Utf8Output output, byte[] text, SplitMix luck)
    {
        if (!text.AsSpan().ContainsAnyInRange((byte)'A', (byte)'Z') && !text.AsSpan().ContainsAnyInRange((byte)'a', (byte)'z'))
        {
            return false;
        }

        var isUpper = char.IsAsciiLetterUpper((char)text[0]) || text.AsSpan().ContainsAnyInRange((byte)'A', (byte)'Z');
        var onlyFirst = !isUpper && luck.Percent(50);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = (char)text[i];
            output.Write((byte)(isUpper ? char.ToLowerInvariant(letter) : onlyFirst && i > 0 ? letter : char.ToUpperInvariant(letter)));
        }

        return true;
    }

    private static void WriteSpace(Utf8Output output, int kind)
    {
        switch (kind)
        {
            case 1:
                output.Write((byte)' ');
                break;
            case 2:
                output.Write("\\t "u8);
                break;
        }
    }
}
