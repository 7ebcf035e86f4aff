using System.Buffers.Text;
using AirportOps.Simulator.Day;

namespace AirportOps.Simulator.Events;

/// <summary>Reads the fields of an event off what happened: what a system at the airport would know at that time, and no more.</summary>
internal sealed class EventReader(ulong seed)
{
    private static readonly byte[][] Types = ["flight"u8.ToArray(), "baggage"u8.ToArray(), "security"u8.ToArray(), "ground"u8.ToArray()];
    private static readonly byte[][] Sources = ["aodb"u8.ToArray(), "bhs"u8.ToArray(), "queue-sensor"u8.ToArray(), "turnaround-app"u8.ToArray()];
    private static readonly byte[] Start = "start"u8.ToArray();
    private static readonly byte[] End = "end"u8.ToArray();

    private static readonly byte[][] Suffixes = [.. Enumerable.Range('A', 26).Select(letter => (byte[])[(byte)letter])];

    /// <summary>What an id is made of; 64 bits through a bijection, so no two events of a run share one.</summary>
    private readonly ulong _idBase = SplitMix.Mix(seed + 0x1D);

    private readonly byte[] _id = "xx-0123456789abcdef"u8.ToArray();

    /// <summary>The words of <see cref="FlightStatus"/>.</summary>
    public static byte[][] Statuses { get; } =
        [.. new[] { "scheduled", "boarding", "delayed", "departed", "arrived", "cancelled", "diverted" }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>The words of <see cref="Day.DelayCause"/>.</summary>
    public static byte[][] Causes { get; } =
        [.. new[] { "carrier", "weather", "nas", "security", "late_aircraft" }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>The words of <see cref="Day.ScanPoint"/>.</summary>
    public static byte[][] ScanPoints { get; } =
        [.. new[] { "checkin", "sorter", "loaded", "unloaded", "claim", "mishandled" }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>The words of <see cref="GroundService"/>.</summary>
    public static byte[][] Services { get; } =
        [.. new[] { "deboarding", "cleaning", "catering", "fueling", "baggage", "boarding", "pushback" }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>The partition key: of all that is about a leg its identity, of readings airport and checkpoint.</summary>
    public static string KeyOf(in SimEvent item) => item.Subject switch
    {
        Leg leg => leg.Key,
        Stay stay => LegOf(stay, (GroundService)item.Detail).Key,
        Reading reading => reading.At.Key,
        _ => throw new InvalidOperationException($"Nothing happens to a {item.Subject.GetType().Name}."),
    };

    /// <summary>Fills in the fields. The id's bytes stay the reader's and change with the next event.</summary>
    public void Read(in SimEvent item, EventFields fields)
    {
        fields.Clear();
        fields.Type = item.Type;
        WriteId(item);
        fields.Set(Field.EventId, _id);
        fields.Set(Field.EventType, Types[(int)item.Type]);
        fields.Set(Field.EventTime, item.Time);
        fields.Set(Field.Source, Sources[(int)item.Type]);
        switch (item.Type)
        {
            case EventType.Flight:
                ReadFlight((Leg)item.Subject, (FlightStatus)item.Detail, item.Value, fields);
                break;
            case EventType.Baggage:
                ReadBag(item, (Leg)item.Subject, fields);
                break;
            case EventType.Security:
                ReadSecurity((Reading)item.Subject, fields);
                break;
            default:
                ReadGround((Stay)item.Subject, (GroundService)item.Detail, item.IsSecond, fields);
                break;
        }
    }

    private static void ReadFlight(Leg leg, FlightStatus status, long estimate, EventFields fields)
    {
        ReadIdentity(leg, fields);
        fields.Set(Field.Origin, leg.Line.Origin.Utf8);
        fields.Set(Field.Destination, leg.Line.Destination.Utf8);
        fields.Set(Field.TailNumber, leg.Aircraft.Tail);
        fields.Set(Field.AircraftType, leg.Aircraft.Model.IcaoUtf8);
        fields.Set(Field.Status, Statuses[(int)status]);
        fields.Set(Field.ScheduledDeparture, leg.ScheduledOff);
        fields.Set(Field.ScheduledArrival, leg.ScheduledOn);
        fields.Set(Field.Seats, leg.Aircraft.Model.Seats);
        if (leg.Gate is { } gate)
        {
            fields.Set(Field.Terminal, gate.Terminal);
            fields.Set(Field.Gate, gate.Name);
        }

        switch (status)
        {
            case FlightStatus.Delayed:
                fields.Set(Field.EstimatedDeparture, estimate);
                fields.Set(Field.EstimatedArrival, leg.ScheduledOn + estimate - leg.ScheduledOff);
                fields.Set(Field.DelayMinutes, SimClock.MinutesBetween(leg.ScheduledOff, estimate));
                SetCause(fields, Field.DelayCause, leg.Cause);
                break;
            case FlightStatus.Cancelled:
                SetCause(fields, Field.CancellationCause, leg.Cause);
                break;
            case FlightStatus.Departed or FlightStatus.Diverted or FlightStatus.Arrived:
                ReadFlown(leg, status, fields);
                break;
        }
    }

    private static void ReadFlown(Leg leg, FlightStatus status, EventFields fields)
    {
        fields.Set(Field.ActualDeparture, leg.ActualOff);
        fields.Set(Field.DelayMinutes, leg.DepartureDelay);
        fields.Set(Field.Passengers, leg.Passengers);
        if (status == FlightStatus.Departed)
        {
            fields.Set(Field.EstimatedArrival, Math.Max(leg.ScheduledOn + leg.ActualOff - leg.ScheduledOff, leg.ActualOff));
            SetCause(fields, Field.DelayCause, leg.Cause);
        }

        if (status != FlightStatus.Arrived)
        {
            return;
        }

        fields.Set(Field.Airport, leg.Line.Destination.Utf8);
        fields.Set(Field.ActualArrival, leg.ActualOn);
        SetCause(fields, Field.DelayCause, leg.ArrivalCause ?? leg.Cause);
        if (leg.ArrivalCause is not null)
        {
            for (var cause = 0; cause < Leg.Causes; cause++)
            {
                fields.Set(Field.CarrierMinutes + (byte)cause, leg.CauseMinutes[cause]);
            }
        }
    }

    private static void ReadBag(in SimEvent item, Leg leg, EventFields fields)
    {
        fields.Set(Field.Airport, (item.IsSecond ? leg.Line.Destination : leg.Line.Origin).Utf8);
        ReadIdentity(leg, fields);
        fields.Set(Field.BagTag, item.Value);
        fields.Set(Field.ScanPoint, ScanPoints[item.Detail]);
        fields.Set(Field.WeightKg, item.Weight * 10L);
    }

    private static void ReadSecurity(Reading reading, EventFields fields)
    {
        fields.Set(Field.Airport, reading.At.Station.Utf8);
        fields.Set(Field.Terminal, reading.At.Terminal);
        fields.Set(Field.Checkpoint, reading.At.Name);
        fields.Set(Field.WaitMinutes, reading.WaitTenths * 10L);
        fields.Set(Field.QueueLength, reading.Queue);
        fields.Set(Field.LanesOpen, reading.Lanes);
        fields.Set(Field.PassengersScreened, reading.Screened);
    }

    private static void ReadGround(Stay stay, GroundService service, bool isEnd, EventFields fields)
    {
        fields.Set(Field.Airport, stay.At.Utf8);
        ReadIdentity(LegOf(stay, service), fields);
        fields.Set(Field.TailNumber, stay.Outbound.Aircraft.Tail);
        fields.Set(Field.AircraftType, stay.Outbound.Aircraft.Model.IcaoUtf8);
        fields.Set(Field.Gate, stay.Gate.Name);
        fields.Set(Field.Service, Services[(int)service]);
        fields.Set(Field.Phase, isEnd ? End : Start);
    }

    private static void ReadIdentity(Leg leg, EventFields fields)
    {
        fields.Set(Field.Airline, leg.Line.Airline.Utf8);
        fields.Set(Field.FlightNumber, leg.Line.Number);
        fields.Set(Field.FlightDate, leg.FlightDay);
        if (leg.Line.Suffix != 0)
        {
            fields.Set(Field.FlightSuffix, Suffixes[leg.Line.Suffix - 'A']);
        }
    }

    /// <summary>Deboarding and cleaning are the inbound leg's business, the rest the outbound's.</summary>
    public static Leg LegOf(Stay stay, GroundService service) =>
        service <= GroundService.Cleaning && stay.Inbound is { } inbound ? inbound : stay.Outbound;

    private static void SetCause(EventFields fields, Field field, DelayCause? cause)
    {
        if (cause is { } known)
        {
            fields.Set(field, Causes[(int)known]);
        }
    }

    private void WriteId(in SimEvent item)
    {
        var word = Types[(int)item.Type];
        _id[0] = word[0];
        _id[1] = word[1];
        Utf8Formatter.TryFormat(SplitMix.Mix(_idBase + item.Sequence), _id.AsSpan(3), out _, new System.Buffers.StandardFormat('x', 16));
    }
}
