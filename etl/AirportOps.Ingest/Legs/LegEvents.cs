using System.Text;

namespace AirportOps.Ingest.Legs;

/// <summary>
/// Writes a leg as the events that would have told of it: scheduled a day ahead, then departed, then arrived, cancelled or diverted.
/// </summary>
/// <remarks>
/// Event times are such that the event of the greatest one, of equal ones the later status, is the leg's last state. Each event holds what
/// was known by then, the recorded departure included, so that a lost event costs a state and no fact.
/// </remarks>
internal sealed class LegEvents(string source)
{
    private const int MaxMinutes = 2880;

    private readonly byte[] _source = Encoding.ASCII.GetBytes(source);

    /// <summary>Appends the leg's events to a batch.</summary>
    public void Write(FlightLeg leg, FlightEventBatch batch)
    {
        var key = PartitionKey(leg);
        var end = End(leg);
        if (leg.ScheduledDeparture is { } scheduled) Write(batch, key, leg, LegStatus.Scheduled, scheduled - Calendar.MicrosPerDay, isLast: false);
        if (leg.ActualDeparture is { } departure) Write(batch, key, leg, LegStatus.Departed, departure, isLast: end is null);
        if (end is var (status, time)) Write(batch, key, leg, status, time, isLast: true);
    }

    /// <summary>What became of the leg, and when; null where the row ends before.</summary>
    private static (LegStatus Status, long Time)? End(FlightLeg leg) => leg.Outcome switch
    {
        LegOutcome.Cancelled => (LegStatus.Cancelled, Later(leg.ScheduledDeparture, leg.ActualDeparture) ?? StartOfDay(leg)),
        LegOutcome.Diverted when Later(leg.ActualDeparture ?? leg.ScheduledDeparture, leg.ActualArrival) is { } time => (LegStatus.Diverted, time),
        LegOutcome.Flown when leg.ActualArrival is { } arrival => (LegStatus.Arrived, arrival),
        _ => null,
    };

    private static string PartitionKey(FlightLeg leg) =>
        $"{leg.Airline} {leg.FlightNumber} {DateOnly.FromDayNumber(leg.Day + Calendar.EpochDayNumber):yyyy-MM-dd} {leg.Origin}";

    private static long? Later(long? left, long? right) => left is null ? right : right > left ? right : left;

    private static long StartOfDay(FlightLeg leg) => Calendar.InstantOf(leg.OriginClock, leg.Day, minuteOfDay: 0);

    private void Write(FlightEventBatch batch, string key, FlightLeg leg, LegStatus status, long eventTime, bool isLast)
    {
        var to = batch.Buffer;
        var start = to.Length;
        WriteIdentity(to, leg, status, eventTime);
        WriteTimes(to, leg, status);
        if (isLast) WriteGround(to, leg, status);
        to.Append("}"u8);
        batch.Add(key, start);
    }

    private void WriteIdentity(Utf8Buffer to, FlightLeg leg, LegStatus status, long eventTime)
    {
        to.Append("{\"event_id\":\""u8);
        to.Append(_source);
        to.Append("-"u8);
        to.AppendDate(leg.Day);
        to.Append("-"u8);
        to.AppendAscii(leg.Airline);
        to.Append("-"u8);
        to.AppendNumber(leg.FlightNumber);
        to.Append("-"u8);
        to.AppendAscii(leg.Origin);
        to.Append("-"u8);
        to.Append(Name(status));
        to.Append("\",\"event_type\":\"flight\",\"event_time\":\""u8);
        to.AppendInstant(eventTime);
        to.Append("\",\"source\":\""u8);
        to.Append(_source);
        to.Append("\",\"airport\":\""u8);
        to.AppendAscii(status == LegStatus.Arrived ? leg.Destination : leg.Origin);
        to.Append("\",\"airline\":\""u8);
        to.AppendAscii(leg.Airline);
        to.Append("\",\"flight_number\":"u8);
        to.AppendNumber(leg.FlightNumber);
        to.Append(",\"flight_date\":\""u8);
        to.AppendDate(leg.Day);
        to.Append("\",\"origin\":\""u8);
        to.AppendAscii(leg.Origin);
        to.Append("\",\"destination\":\""u8);
        to.AppendAscii(leg.Destination);
        if (leg.TailNumber is { } tail)
        {
            to.Append("\",\"tail_number\":\""u8);
            to.AppendAscii(tail);
        }

        to.Append("\",\"status\":\""u8);
        to.Append(Name(status));
        to.Append("\""u8);
    }

    private static void WriteTimes(Utf8Buffer to, FlightLeg leg, LegStatus status)
    {
        WriteInstant(to, ",\"scheduled_departure\":\""u8, leg.ScheduledDeparture);
        if (status != LegStatus.Scheduled) WriteInstant(to, ",\"actual_departure\":\""u8, leg.ActualDeparture);
        WriteInstant(to, ",\"scheduled_arrival\":\""u8, leg.ScheduledArrival);
        if (status is LegStatus.Arrived or LegStatus.Diverted) WriteInstant(to, ",\"actual_arrival\":\""u8, leg.ActualArrival);
        if (status != LegStatus.Scheduled) WriteNumber(to, ",\"delay_minutes\":"u8, leg.DelayMinutes);
        if (status == LegStatus.Arrived) WriteCauses(to, leg);
        if (status == LegStatus.Cancelled && leg.CancellationCause is { } cause)
        {
            to.Append(",\"cancellation_cause\":\""u8);
            to.Append(DelayCause.Name(cause));
            to.Append("\""u8);
        }
    }

    /// <summary>When it left the ground and came back to it, which no other event tells.</summary>
    private static void WriteGround(Utf8Buffer to, FlightLeg leg, LegStatus status)
    {
        WriteInstant(to, ",\"wheels_off\":\""u8, leg.WheelsOff);
        WriteInstant(to, ",\"wheels_on\":\""u8, leg.WheelsOn);
        if (status != LegStatus.Diverted || leg.DivertedTo is not { } airport) return;
        to.Append(",\"diverted_to\":\""u8);
        to.AppendAscii(airport);
        to.Append("\""u8);
    }

    /// <summary>The cause with the most minutes, the first of equal ones, then the minutes of each.</summary>
    private static void WriteCauses(Utf8Buffer to, FlightLeg leg)
    {
        var main = -1;
        for (var cause = 0; cause < DelayCause.Count; cause++)
        {
            if (leg.CauseMinutes[cause] > (main < 0 ? 0 : leg.CauseMinutes[main])) main = cause;
        }

        if (main >= 0)
        {
            to.Append(",\"delay_cause\":\""u8);
            to.Append(DelayCause.Name(main));
            to.Append("\""u8);
        }

        for (var cause = 0; cause < DelayCause.Count; cause++)
        {
            WriteNumber(to, DelayCause.MinutesKey(cause), leg.CauseMinutes[cause]);
        }
    }

    private static void WriteInstant(Utf8Buffer to, ReadOnlySpan<byte> key, long? instant)
    {
        if (instant is not { } value) return;
        to.Append(key);
        to.AppendInstant(value);
        to.Append("\""u8);
    }

    /// <summary>Writes minutes; more than an event's field can hold are left out, the times tell them.</summary>
    private static void WriteNumber(Utf8Buffer to, ReadOnlySpan<byte> key, int? minutes)
    {
        if (minutes is not <= MaxMinutes) return;
        to.Append(key);
        to.AppendNumber(minutes.Value);
    }

    private static ReadOnlySpan<byte> Name(LegStatus status) => status switch
    {
        LegStatus.Scheduled => "scheduled"u8,
        LegStatus.Departed => "departed"u8,
        LegStatus.Arrived => "arrived"u8,
        LegStatus.Cancelled => "cancelled"u8,
        _ => "diverted"u8,
    };
}
