using System.Globalization;
using System.Numerics;
using System.Text;
using AirportOps.Cleaning.Columns;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Reading;

/// <summary>
/// Telling what came of each field. Reading notes nothing for it: the fields are read again, one at a time, with what the others came to at hand.
/// </summary>
internal sealed partial class EventReader
{
    /// <summary>Tells of the event read last; after it, <see cref="Values"/> must not be used.</summary>
    /// <param name="recordRepairs">Repairs that the event took as a whole.</param>
    internal EventAccount Account(ulong recordRepairs)
    {
        var (isClean, all) = (Fault is null, Values.Repairs);
        var hasType = Fault is not { Reason: ReasonTable.UnknownType };
        var clean = FieldTable.All.Select(info => TextOf(info.Field)).ToArray();
        clean[(int)Field.EventType] = hasType ? Values.Entity.Name()[..^"_event".Length] : null;
        var fields = new List<FieldAccount>();
        var told = recordRepairs;
        foreach (var info in FieldTable.All.Where(info => hasType ? (_used & FieldTable.Bit(info.Field)) != 0 : info.Field <= Field.EventType))
        {
            var (repairs, reason) = Again(info.Field, clean[(int)Field.Airline] is not null);
            repairs |= all & Derived(info.Field);
            reason ??= clean[(int)info.Field] is null && MustBeThere(info.Field) ? ReasonTable.Missing(info.Field) : null;
            told |= repairs;
            if (IsGiven(info.Field) || clean[(int)info.Field] is not null || reason is not null)
            {
                fields.Add(new FieldAccount(
                    info.Name,
                    IsGiven(info.Field) ? KeyOf(info.Field) : null,
                    IsGiven(info.Field) ? Encoding.UTF8.GetString(workspace[ValueOf(_document[info.Field])]) : null,
                    Names(repairs),
                    clean[(int)info.Field],
                    reason));
            }
        }

        var extras = isClean && Values.Extras is { } kept ? Encoding.UTF8.GetString(workspace[kept]) : null;
        return new EventAccount(isClean, Names(recordRepairs), fields, extras, Names(all & ~told));
    }

    /// <summary>Reads one field again: its own repairs and fault.</summary>
    private (ulong Repairs, string? Reason) Again(Field field, bool hasAirline)
    {
        (Values.Repairs, Fault) = (0, null);
        if (field == Field.EventType)
        {
            TryReadType();
        }
        else if (!IsGiven(field))
        {
            return default;
        }
        else if (field == Field.EventId)
        {
            var required = _required;
            ReadEventId();
            _required = required;
        }
        else if (field is Field.Airline or Field.FlightNumber)
        {
            ReadDesignatedAgain(field);
        }
        else if (field == Field.Designator)
        {
            ReadDesignatorAgain(hasAirline);
        }
        else
        {
            ReadField(field);
        }

        return (Values.Repairs, Fault?.Reason);
    }

    /// <summary>The repair that says a field was derived; none for most.</summary>
    private static ulong Derived(Field field) => field switch
    {
        Field.EventId => RepairTable.Set(Repair.DerivedEventId),
        Field.FlightDate => RepairTable.Set(Repair.DerivedDate),
        _ => 0,
    };

    private bool MustBeThere(Field field) =>
        (_required & ~Identity & FieldTable.Bit(field)) != 0 && !(field == Field.Airport && Values.Entity == Entity.FlightEvent);

    private string KeyOf(Field field)
    {
        var path = new List<string>();
        for (var member = _document[field]; ; member = _document.Members[member.Parent])
        {
            path.Insert(0, Encoding.UTF8.GetString(workspace[new Slice(member.NameStart + 1, member.NameEnd - member.NameStart - 2)]));
            if (member.Parent < 0)
            {
                return string.Join('.', path);
            }
        }
    }

    private string? TextOf(Field field) => !Values.Has(field) ? null : FieldTable.TypeOf(field) switch
    {
        ColumnType.Utf8 => Encoding.UTF8.GetString(workspace[Values.Text(field)]),
        ColumnType.Instant => InstantOf(Values.Number(field)),
        ColumnType.Date => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(Values.Number(field))).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnType.Double => BitConverter.Int64BitsToDouble(Values.Number(field)).ToString("R", CultureInfo.InvariantCulture),
        _ => Values.Number(field).ToString(CultureInfo.InvariantCulture),
    };

    private static string InstantOf(long micros)
    {
        var format = micros % TimeSpan.MicrosecondsPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
        return DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond).ToString(format, CultureInfo.InvariantCulture);
    }

    private static string[] Names(ulong repairs)
    {
        var names = new List<string>();
        for (; repairs != 0; repairs &= repairs - 1)
        {
            names.Add(RepairTable.Ids[BitOperations.TrailingZeroCount(repairs)]);
        }

        return [.. names];
    }
}
