using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>Instants and dates in other formats.</summary>
internal static class TimeMess
{
    private const int Thursday = 4;
    private const int NanosPerMicro = 1_000;

    private static readonly byte[][] Months =
    [
        "JAN"u8.ToArray(), "FEB"u8.ToArray(), "MAR"u8.ToArray(), "APR"u8.ToArray(), "MAY"u8.ToArray(), "JUN"u8.ToArray(), "JUL"u8.ToArray(),
        "AUG"u8.ToArray(), "SEP"u8.ToArray(), "OCT"u8.ToArray(), "NOV"u8.ToArray(), "DEC"u8.ToArray(),
    ];

    private static readonly byte[][] MonthNames =
    [
        "Jan"u8.ToArray(), "Feb"u8.ToArray(), "Mar"u8.ToArray(), "Apr"u8.ToArray(), "May"u8.ToArray(), "Jun"u8.ToArray(), "Jul"u8.ToArray(),
        "Aug"u8.ToArray(), "Sep"u8.ToArray(), "Oct"u8.ToArray(), "Nov"u8.ToArray(), "Dec"u8.ToArray(),
    ];

    private static readonly byte[][] Weekdays =
    [
        "Sun"u8.ToArray(), "Mon"u8.ToArray(), "Tue"u8.ToArray(), "Wed"u8.ToArray(), "Thu"u8.ToArray(), "Fri"u8.ToArray(), "Sat"u8.ToArray(),
    ];

    /// <summary>Fields whose values a local time or a derived date leans on.</summary>
    private static readonly ulong Places = FieldSet.Of(Field.Airport, Field.Origin, Field.Destination);

    public static bool Format(EventDraft draft, SplitMix luck)
    {
        if (FieldSet.Pick(draft.FreeValues & FieldSet.Instants, luck) is not { } field)
        {
            return false;
        }

        var time = draft.Clean.Number(field);
        var output = draft.BeginValue(field);
        if (luck.Percent(45) || time % SimClock.Second != 0)
        {
            WriteEpoch(output, time, luck);
        }
        else
        {
            output.Write((byte)'"');
            WriteZoned(output, time, luck);
            output.Write((byte)'"');
        }

        draft.EndValue(field);
        draft.Repairs |= Repairs.TimeFormat;
        return true;
    }

    /// <summary>
    /// Writes an instant as the wall shows it where the field is at home, when the wall time leads back to it: an instant of the repeated hour
    /// may not, since a repeated wall time means the earlier one.
    /// </summary>
    public static bool Local(EventDraft draft, Surroundings around, SplitMix luck)
    {
        if (FieldSet.Pick(draft.FreeValues & FieldSet.Instants, luck) is not { } field || !draft.AreUntouched(Places & draft.Clean.Present))
        {
            return false;
        }

        var time = draft.Clean.Number(field);
        var clock = around.StationOf(field).Clock;
        var wall = clock.ToWall(SimClock.ToMicros(time));
        if (time % SimClock.Minute != 0 || clock.ToUtc(wall) != SimClock.ToMicros(time))
        {
            return false;
        }

        draft.TakeValues(Places);
        var output = draft.BeginValue(field);
        output.Write((byte)'"');
        WriteLocal(output, SimClock.FromMicros(wall), luck);
        output.Write((byte)'"');
        draft.EndValue(field);
        draft.Repairs |= Repairs.LocalTime;
        return true;
    }

    public static bool Date(EventDraft draft, SplitMix luck)
    {
        if (!draft.IsFree(Field.FlightDate))
        {
            return false;
        }

        var day = draft.Clean.Number(Field.FlightDate);
        var output = draft.BeginValue(Field.FlightDate);
        output.Write((byte)'"');
        switch (luck.Below(4))
        {
            case 0:
                WriteCompactDate(output, day);
                break;
            case 1:
                WriteAmericanDate(output, day);
                break;
            case 2:
                WriteNamedDate(output, day);
                break;
            default:
                output.WriteDate(day);
                output.Write("T00:00:00Z"u8);
                break;
        }

        output.Write((byte)'"');
        draft.EndValue(Field.FlightDate);
        draft.Repairs |= Repairs.DateFormat;
        return true;
    }

    /// <summary>Seconds, milliseconds, microseconds or nanoseconds since 1970, as a number or as text.</summary>
    private static void WriteEpoch(Utf8Output output, long time, SplitMix luck)
    {
        var quote = luck.Percent(40);
        output.Write(quote ? "\""u8 : default);
        switch (luck.Below(4))
        {
            case 0:
                output.WriteInteger(time / SimClock.Second);
                if (time % SimClock.Second is > 0 and var fraction)
                {
                    output.Write((byte)'.');
                    output.WriteDigits(fraction, 3);
                }

                break;
            case 1:
                output.WriteInteger(time);
                break;
            case 2:
                output.WriteInteger(SimClock.ToMicros(time));
                break;
            default:
                output.WriteInteger(SimClock.ToMicros(time) * NanosPerMicro);
                break;
        }

        output.Write(quote ? "\""u8 : default);
    }

    /// <summary>An instant on whole seconds, its zone with it.</summary>
    private static void WriteZoned(Utf8Output output, long time, SplitMix luck)
    {
        var (day, millis) = Math.DivRem(time, SimClock.Day);
        switch (luck.Below(6))
        {
            case 0:
                var hours = luck.Pick<int>([9, 1, 2, -5, -8]);
                var (shiftedDay, shiftedMillis) = Math.DivRem(time + (hours * SimClock.Hour), SimClock.Day);
                output.WriteDate(shiftedDay);
                output.Write((byte)'T');
                output.WriteTime(shiftedMillis);
                output.Write(hours < 0 ? (byte)'-' : (byte)'+');
                output.WriteDigits(Math.Abs(hours), 2);
                output.Write(":00"u8);
                break;
            case 1:
                output.WriteDate(day);
                output.Write((byte)' ');
                output.WriteTime(millis);
                output.Write((byte)'Z');
                break;
            case 2:
                output.WriteDate(day);
                output.Write((byte)' ');
                output.WriteTime(millis);
                output.Write(luck.Percent(50) ? " UTC"u8 : " +00:00"u8);
                break;
            case 3:
                output.WriteDate(day);
                output.Write((byte)'T');
                output.WriteTime(millis);
                output.Write(",000Z"u8);
                break;
            case 4:
                WriteCompactDate(output, day);
                output.Write((byte)'T');
                output.WriteDigits(millis / SimClock.Hour, 2);
                output.WriteDigits(millis / SimClock.Minute % 60, 2);
                output.WriteDigits(millis / SimClock.Second % 60, 2);
                output.Write((byte)'Z');
                break;
            default:
                var date = DateOf(day);
                output.Write(Weekdays[(day + Thursday) % 7]);
                output.Write(", "u8);
                output.WriteDigits(date.Day, 2);
                output.Write((byte)' ');
                output.Write(MonthNames[date.Month - 1]);
                output.Write((byte)' ');
                output.WriteDigits(date.Year, 4);
                output.Write((byte)' ');
                output.WriteTime(millis);
                output.Write(" GMT"u8);
                break;
        }
    }

    /// <summary>A wall time on whole minutes.</summary>
    private static void WriteLocal(Utf8Output output, long wall, SplitMix luck)
    {
        var (day, millis) = Math.DivRem(wall, SimClock.Day);
        switch (luck.Below(4))
        {
            case 0 or 1:
                output.WriteDate(day);
                output.Write(luck.Percent(50) ? (byte)'T' : (byte)' ');
                WriteClock(output, millis);
                output.Write(luck.Percent(50) ? ":00"u8 : default);
                break;
            case 2:
                var hour = millis / SimClock.Hour;
                WriteAmericanDate(output, day);
                output.Write((byte)' ');
                output.WriteInteger(hour % 12 == 0 ? 12 : hour % 12);
                output.Write((byte)':');
                output.WriteDigits(millis / SimClock.Minute % 60, 2);
                output.Write(hour < 12 ? " AM"u8 : " PM"u8);
                break;
            default:
                WriteNamedDate(output, day);
                output.Write((byte)' ');
                WriteClock(output, millis);
                break;
        }
    }

    private static void WriteClock(Utf8Output output, long millis)
    {
        output.WriteDigits(millis / SimClock.Hour, 2);
        output.Write((byte)':');
        output.WriteDigits(millis / SimClock.Minute % 60, 2);
    }

    private static void WriteCompactDate(Utf8Output output, long day)
    {
        var date = DateOf(day);
        output.WriteDigits(date.Year, 4);
        output.WriteDigits(date.Month, 2);
        output.WriteDigits(date.Day, 2);
    }

    private static void WriteAmericanDate(Utf8Output output, long day)
    {
        var date = DateOf(day);
        output.WriteDigits(date.Month, 2);
        output.Write((byte)'/');
        output.WriteDigits(date.Day, 2);
        output.Write((byte)'/');
        output.WriteDigits(date.Year, 4);
    }

    private static void WriteNamedDate(Utf8Output output, long day)
    {
        var date = DateOf(day);
        output.WriteDigits(date.Day, 2);
        output.Write((byte)'-');
        output.Write(Months[date.Month - 1]);
        output.Write((byte)'-');
        output.WriteDigits(date.Year, 4);
    }

    private static DateOnly DateOf(long day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day);
}
