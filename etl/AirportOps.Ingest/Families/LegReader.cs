using AirportOps.Ingest.Legs;
using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>Makes a leg of each row of one family. What the families share is here; each adds how its times are found.</summary>
/// <remarks>
/// A time is a scheduled instant plus a recorded delay or duration wherever the row allows it: clocks alone tell neither the day nor, in
/// the hour that a clock change repeats, the instant.
/// </remarks>
internal abstract class LegReader
{
    /// <summary>Delays over this are taken for errors. The longest recorded ones are about two days.</summary>
    private const int MaxDelayMinutes = 10_000;

    private const int MaxTailLength = 10;

    /// <summary>A departure that has a clock and no delay lies within 24 hours from here, in minutes before its schedule.</summary>
    private const int EarliestDepartureMinutes = 6 * 60;

    /// <summary>No airliner covers more miles in a minute, so none arrives earlier than this speed allows.</summary>
    private const int MaxMilesPerMinute = 12;

    // An event before 2000 is refused downstream, and a leg's first event lies a day before its departure.
    private static readonly DateOnly FirstDate = new(2000, 1, 3);

    private readonly FlightColumn _year;
    private readonly FlightColumn _month;
    private readonly FlightColumn _day;
    private readonly FlightColumn _airline;
    private readonly FlightColumn _flightNumber;
    private readonly FlightColumn _tailNumber;
    private readonly FlightColumn _origin;
    private readonly FlightColumn _destination;
    private readonly FlightColumn _departureClock;
    private readonly FlightColumn _departureDelay;
    private readonly FlightColumn _arrivalClock;
    private readonly FlightColumn _arrivalDelay;
    private readonly FlightColumn _distance;
    private readonly KnownCodes _codes;

    protected LegReader(CommonColumns columns, FlightHeader header, KnownCodes codes)
    {
        _year = header[columns.Year];
        _month = header[columns.Month];
        _day = header[columns.Day];
        _airline = header[columns.Airline];
        _flightNumber = header[columns.FlightNumber];
        _tailNumber = header[columns.TailNumber];
        _origin = header[columns.Origin];
        _destination = header[columns.Destination];
        _departureClock = header[columns.DepartureClock];
        _departureDelay = header[columns.DepartureDelay];
        _arrivalClock = header[columns.ArrivalClock];
        _arrivalDelay = header[columns.ArrivalDelay];
        _distance = header[columns.Distance];
        _codes = codes;
    }

    /// <summary>Reads the row. When it has no fault afterwards, the leg holds it.</summary>
    public void Read(FlightRow row, FlightLeg leg)
    {
        leg.Reset();
        ReadIdentity(row, leg);
        leg.DepartureClock = row.Clock(_departureClock);
        leg.ArrivalClock = row.Clock(_arrivalClock);
        leg.DelayMinutes = Minutes(row, _departureDelay);
        var arrivalDelay = Minutes(row, _arrivalDelay);
        if (row.Fault is not null) return;

        ReadTimes(row, leg, arrivalDelay);
        if (leg.ActualArrival < leg.ActualDeparture) row.Refuse("the arrival lies before the departure");
        if (leg.Outcome != LegOutcome.Cancelled && leg.ScheduledDeparture is null && leg.ActualDeparture is null && leg.ActualArrival is null)
        {
            row.Refuse("it has no time and is not cancelled");
        }
    }

    /// <summary>Finds the outcome, the four times and whatever else the family knows. The row has no fault yet.</summary>
    protected abstract void ReadTimes(FlightRow row, FlightLeg leg, int? arrivalDelay);

    protected static int? Minutes(FlightRow row, FlightColumn column) => row.Number(column, -Calendar.MinutesPerDay, MaxDelayMinutes);

    protected static int? Duration(FlightRow row, FlightColumn column) => row.Number(column, 0, MaxDelayMinutes);

    protected static long? Plus(long? instant, int? minutes) => instant + (minutes * Calendar.MicrosPerMinute);

    /// <summary>
    /// The scheduled departure where only the actual one's clock and its delay are recorded. The date is the scheduled one, so the
    /// difference, however many midnights lie between, is a minute of that day.
    /// </summary>
    protected static long? ScheduledFromClock(FlightLeg leg)
    {
        if (leg.DepartureClock is not { } clock || leg.DelayMinutes is not { } delay) return null;
        var minute = (clock - delay) % Calendar.MinutesPerDay;
        if (minute < 0) minute += Calendar.MinutesPerDay;

        // On time at 2400 is the midnight at the day's end.
        return Calendar.InstantOf(leg.OriginClock, leg.Day, minute == 0 && clock == Calendar.MinutesPerDay ? clock : minute);
    }

    /// <summary>The actual departure where its clock is recorded and its delay is not.</summary>
    protected static long? DepartureFromClock(FlightLeg leg) =>
        Plus(leg.ScheduledDeparture, -EarliestDepartureMinutes) is { } earliest && leg.DepartureClock is { } clock
            ? Calendar.FirstAtOrAfter(leg.OriginClock, earliest, clock)
            : null;

    /// <summary>The first instant after a departure at which the destination's clock shows a time and the aircraft can be there.</summary>
    /// <param name="row">The row, for its distance.</param>
    /// <param name="leg">The leg, for its destination.</param>
    /// <param name="departure">The departure, scheduled or actual.</param>
    /// <param name="clock">The arrival's clock, scheduled or actual.</param>
    /// <param name="airMinutes">Minutes in the air; null when not recorded, the distance is then the bound.</param>
    protected long? ArrivalFromClock(FlightRow row, FlightLeg leg, long? departure, int? clock, int? airMinutes)
    {
        if (departure is not { } from || clock is not { } minute) return null;
        var least = airMinutes ?? ((row.Number(_distance, 0, 20_000) ?? 0) / MaxMilesPerMinute);
        return Calendar.FirstAtOrAfter(leg.DestinationClock, from + (least * Calendar.MicrosPerMinute), minute);
    }

    private void ReadIdentity(FlightRow row, FlightLeg leg)
    {
        var year = row.Required(_year, FirstDate.Year, 2099);
        var month = row.Required(_month, 1, 12);
        var day = row.Required(_day, 1, 31);
        leg.Airline = _codes.Airline(row, _airline);
        leg.FlightNumber = row.Required(_flightNumber, 1, 9999);
        (leg.Origin, leg.OriginClock) = _codes.Airport(row, _origin);
        (leg.Destination, leg.DestinationClock) = _codes.Airport(row, _destination);
        leg.TailNumber = TailNumber(row);
        if (row.Fault is not null) return;

        if (day > DateTime.DaysInMonth(year, month))
        {
            row.Refuse(_day, "a day of the month");
            return;
        }

        var date = new DateOnly(year, month, day);
        if (date < FirstDate) row.Refuse(_day, $"a date from {FirstDate:yyyy-MM-dd} on");
        leg.Day = date.DayNumber - Calendar.EpochDayNumber;
    }

    /// <summary>A registration of letters, digits and hyphens; words that stand for an unknown one (<c>UNKNOW</c>) have no digit.</summary>
    private string? TailNumber(FlightRow row)
    {
        var text = row.Text(_tailNumber);
        var digits = false;
        foreach (var c in text)
        {
            digits |= char.IsAsciiDigit(c);
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return null;
        }

        return digits && text.Length <= MaxTailLength ? text.ToString().ToUpperInvariant() : null;
    }
}
