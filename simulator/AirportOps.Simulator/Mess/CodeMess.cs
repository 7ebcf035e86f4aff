using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>Airlines and airports under other codes or by name; flights by their designator.</summary>
internal static class CodeMess
{
    private static readonly byte[][] DesignatorKeys =
        ["flight"u8.ToArray(), "Flight"u8.ToArray(), "flight_designator"u8.ToArray(), "ident"u8.ToArray(), "flightIata"u8.ToArray(), "designator"u8.ToArray()];

    private static readonly byte[][] IcaoDesignatorKeys =
        ["callsign"u8.ToArray(), "flight_icao"u8.ToArray(), "ident"u8.ToArray(), "CallSign"u8.ToArray()];

    public static bool Alias(EventDraft draft, Surroundings around, SplitMix luck)
    {
        if (FieldSet.Pick(draft.FreeValues & FieldSet.Codes, luck) is not { } field)
        {
            return false;
        }

        var spelling = field == Field.Airline ? around.Leg!.Line.Airline.Spelling : around.StationOf(field).Spelling;
        if ((luck.Percent(60) ? spelling.Icao ?? spelling.Name : spelling.Name ?? spelling.Icao) is not { } other)
        {
            return false;
        }

        var output = draft.BeginValue(field);
        output.Write((byte)'"');
        output.Write(other);
        output.Write((byte)'"');
        draft.EndValue(field);
        draft.Repairs |= Repairs.CodeAlias;
        return true;
    }

    /// <summary>Puts airline, number and suffix into one word, under a designator's key or as the flight number.</summary>
    public static bool Designator(EventDraft draft, Surroundings around, SplitMix luck)
    {
        if (!draft.Clean.Has(Field.Airline) || !draft.AreUntouched(FieldSet.Designator))
        {
            return false;
        }

        var icao = luck.Percent(35) ? around.Leg!.Line.Airline.Spelling.Icao : null;
        var asNumber = luck.Percent(25);
        var field = asNumber ? Field.FlightNumber : Field.Airline;
        draft.Omit(Field.Airline);
        draft.Omit(Field.FlightNumber);
        draft.Omit(Field.FlightSuffix);
        if (!asNumber)
        {
            draft.Rename(field, luck.Pick<byte[]>(icao is null ? DesignatorKeys : IcaoDesignatorKeys));
        }

        var isSpaced = luck.Percent(15);
        var output = draft.BeginValue(field);
        output.Write(isSpaced ? "\" "u8 : "\""u8);
        Write(output, draft.Clean, icao ?? draft.Clean.Text(Field.Airline), luck);
        output.Write((byte)'"');
        draft.EndValue(field);
        draft.Repairs |= Repairs.Designator | (isSpaced ? Repairs.Trimmed : 0);
        return true;
    }

    private static void Write(Utf8Output output, EventFields fields, byte[] airline, SplitMix luck)
    {
        var isLower = luck.Percent(20);
        WriteCased(output, airline, isLower);
        if (luck.Percent(30))
        {
            output.Write((byte)' ');
        }

        output.WriteDigits(fields.Number(Field.FlightNumber), Math.Max(luck.Percent(30) ? 4 : 1, Digits(fields.Number(Field.FlightNumber))));
        if (fields.Has(Field.FlightSuffix))
        {
            WriteCased(output, fields.Text(Field.FlightSuffix), isLower);
        }
    }

    private static void WriteCased(Utf8Output output, byte[] text, bool isLower)
    {
        foreach (var letter in text)
        {
            output.Write(isLower ? (byte)char.ToLowerInvariant((char)letter) : letter);
        }
    }

    private static int Digits(long number) => number switch
    {
        < 10 => 1,
        < 100 => 2,
        < 1_000 => 3,
        _ => 4,
    };
}
