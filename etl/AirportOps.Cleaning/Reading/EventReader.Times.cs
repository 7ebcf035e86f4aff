using System.Text.Json;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Values;
using AirportOps.Reference.Time;

namespace AirportOps.Cleaning.Reading;

internal sealed partial class EventReader
{
    /// <summary>2000-01-01T00:00:00Z.</summary>
    private const long EarliestEventTime = 946_684_800 * InstantText.MicrosPerSecond;

    /// <summary>How far what an event tells may lie from its event_time: a sentinel such as the year 1 or 9999 does no harm further on.</summary>
    private const int MostDaysAway = 400;
    private const long MostMicrosAway = MostDaysAway * InstantText.MicrosPerDay;

    private FieldOutcome ReadInstant(Field field, in Member member, ref ulong repairs)
    {
        long micros;
        var form = InstantForm.Zoned;
        if (IsString(member))
        {
            var text = Text(member, ref repairs);
            if (!InstantText.TryParse(workspace[text], out micros, out form))
            {
                return NullTokens.IsNull(workspace[text]) ? FieldOutcome.Null : FieldOutcome.Bad;
            }

            if (_profile is not null && form != InstantForm.Local && (_profile.LocalTimes & FieldTable.Bit(field)) != 0
                && InstantText.TryParseWall(workspace[text], out var wall))
            {
                (micros, form) = (wall, InstantForm.Local);
                repairs |= RepairTable.Set(Repair.SourceProfile);
            }
        }
        else if (member.Token != JsonTokenType.Number || !InstantText.TryParseEpoch(workspace[ValueOf(member)], out micros))
        {
            return FieldOutcome.Bad;
        }

        if (form == InstantForm.Local)
        {
            if (ClockOf(field) is not { } clock)
            {
                return FieldOutcome.Bad;
            }

            micros = clock.ToUtc(micros);
            repairs |= RepairTable.Set(Repair.LocalTime);
        }
        else if (form == InstantForm.Zoned)
        {
            repairs |= RepairTable.Set(Repair.TimeFormat);
        }

        // An offset or a zone can lead out of the years that a date can show.
        if (micros is < InstantText.FirstMicros or > InstantText.LastMicros || (field != Field.EventTime && !IsNear(micros, MostMicrosAway, Values.Number(Field.EventTime))))
        {
            return FieldOutcome.Bad;
        }

        Values.Set(field, micros);
        _hasEventTime |= field == Field.EventTime && micros >= EarliestEventTime && micros <= _latestMicros;
        return FieldOutcome.Read;
    }

    /// <summary>The clock on the wall that a field's local times are read from; null where the airport or its zone is not known.</summary>
    private LocalClock? ClockOf(Field field)
    {
        var airport = field switch
        {
            Field.EventTime => Field.Airport,
            Field.ScheduledDeparture or Field.EstimatedDeparture or Field.ActualDeparture or Field.WheelsOff => Field.Origin,
            _ => Field.Destination,
        };
        var code = _airports[(int)airport];
        return code == NoCode ? null : codes.ClockAt(code);
    }

    private FieldOutcome ReadDate(Field field, in Member member, ref ulong repairs)
    {
        int day;
        if (IsString(member))
        {
            var slice = Text(member, ref repairs);
            var text = workspace[slice];
            if (CalendarDate.TryParseIso(text, out day))
            {
                return KeepDate(field, day);
            }

            if (!CalendarDate.TryParseCompact(text, out day) && !CalendarDate.TryParseWritten(text, out day)
                && !TryParseInstantsDate(text, out day))
            {
                return NullTokens.IsNull(text) ? FieldOutcome.Null : FieldOutcome.Bad;
            }
        }
        else if (member.Token != JsonTokenType.Number || !CalendarDate.TryParseCompact(workspace[ValueOf(member)], out day))
        {
            return FieldOutcome.Bad;
        }

        repairs |= RepairTable.Set(Repair.DateFormat);
        return KeepDate(field, day);
    }

    private FieldOutcome KeepDate(Field field, int day)
    {
        if (!IsNear(day, MostDaysAway, InstantText.DayOf(Values.Number(Field.EventTime))))
        {
            return FieldOutcome.Bad;
        }

        Values.Set(field, day);
        return FieldOutcome.Read;
    }

    /// <summary>Whether a time lies near the event's; where that is missing or out of its own range, the event is refused for it.</summary>
    private bool IsNear(long time, long most, long eventTime) => !_hasEventTime || Math.Abs(time - eventTime) <= most;

    /// <summary>The date as it is written in an instant, whatever the zone after it.</summary>
    private static bool TryParseInstantsDate(ReadOnlySpan<byte> text, out int day)
    {
        const int dateLength = 10;
        day = 0;
        return text.Length > dateLength && CalendarDate.TryParseIso(text[..dateLength], out day) && InstantText.TryParseIso(text, out _, out _);
    }

    /// <summary>A flight's date is the one at its origin when it is scheduled to leave, or else when the event occurred.</summary>
    private void DeriveFlightDate()
    {
        if (Values.Entity != Entity.FlightEvent || Values.Has(Field.FlightDate) || Fault?.Field == Field.FlightDate
            || ClockOf(Field.ScheduledDeparture) is not { } clock)
        {
            return;
        }

        var from = Values.Has(Field.ScheduledDeparture) ? Field.ScheduledDeparture : Field.EventTime;
        if (Values.Has(from))
        {
            Values.Set(Field.FlightDate, clock.DayAt(Values.Number(from)));
            Values.Add(Repair.DerivedDate);
        }
    }
}
