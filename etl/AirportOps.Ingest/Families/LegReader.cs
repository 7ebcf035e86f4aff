using AirportOps.Ingest.Legs;
using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>Makes a leg of each row of a file, by the columns that its family knows and the file has.</summary>
/// <param name="columns">Where each <see cref="FlightField"/> stands; null where it does not.</param>
/// <param name="codes">The airlines and airports that are known.</param>
internal sealed class LegReader(FlightColumn?[] columns, KnownCodes codes)
{
    private const int MaxTailLength = 10;

    // An event before 2000 is refused downstream, and a leg's first event lies a day before its departure.
    private static readonly DateOnly FirstDate = new(2000, 1, 3);

    private readonly LegTimes _times = new(columns);
    private readonly OutcomeFlags _flags = new(
        columns[(int)FlightField.Cancelled], columns[(int)FlightField.CancellationCode], columns[(int)FlightField.Diverted]);

    /// <summary>Reads the row. When it has no fault afterwards, the leg holds it.</summary>
    public void Read(FlightRow row, FlightLeg leg)
    {
        leg.Reset();
        ReadIdentity(row, leg);
        leg.DepartureClock = row.Clock(At(FlightField.DepartureClock));
        leg.ArrivalClock = row.Clock(At(FlightField.ArrivalClock));
        leg.DelayMinutes = LegTimes.Delay(row, At(FlightField.DepartureDelay));
        var arrivalDelay = LegTimes.Delay(row, At(FlightField.ArrivalDelay));
        if (row.Fault is not null) return;

        // Where no flag says so, a leg without a departure was cancelled, one without an arrival's delay diverted.
        _flags.Read(
            row,
            leg,
            hasDeparted: At(FlightField.DepartureClock) is null ? leg.DelayMinutes is not null : leg.DepartureClock is not null,
            hasArrived: At(FlightField.ArrivalDelay) is null || arrivalDelay is not null);
        _times.Read(row, leg, arrivalDelay);
        for (var cause = 0; cause < DelayCause.Count; cause++)
        {
            leg.CauseMinutes[cause] = LegTimes.Duration(row, At(FlightField.CarrierMinutes + cause));
        }

        if (leg.Outcome == LegOutcome.Diverted
            && codes.FindAirport(row.Text(At(FlightField.DivertedTo))) is { } landed && landed != leg.Destination)
        {
            leg.DivertedTo = landed;
        }

        if (leg.ActualArrival < leg.ActualDeparture) row.Refuse("the arrival lies before the departure");
        if (leg.Outcome != LegOutcome.Cancelled && leg.ScheduledDeparture is null && leg.ActualDeparture is null && leg.ActualArrival is null)
        {
            row.Refuse("it has no time and is not cancelled");
        }
    }

    private FlightColumn? At(FlightField field) => columns[(int)field];

    private FlightColumn There(FlightField field) => columns[(int)field]!.Value;

    private void ReadIdentity(FlightRow row, FlightLeg leg)
    {
        var date = ReadDate(row);
        leg.Airline = codes.Airline(row, There(FlightField.Airline));
        leg.FlightNumber = row.Required(There(FlightField.FlightNumber), 1, 9999);
        (leg.Origin, leg.OriginClock) = codes.Airport(row, There(FlightField.Origin));
        (leg.Destination, leg.DestinationClock) = codes.Airport(row, There(FlightField.Destination));
        leg.TailNumber = TailNumber(row);
        if (row.Fault is null) leg.Day = date.DayNumber - Calendar.EpochDayNumber;
    }

    private DateOnly ReadDate(FlightRow row)
    {
        var date = default(DateOnly);
        var last = At(FlightField.Date);
        if (last is { } column)
        {
            date = row.Date(column) ?? date;
        }
        else
        {
            last = There(FlightField.Day);
            var year = row.Required(There(FlightField.Year), FirstDate.Year, 2099);
            var month = row.Required(There(FlightField.Month), 1, 12);
            var day = row.Required(last.Value, 1, 31);
            if (row.Fault is not null) return date;
            if (day > DateTime.DaysInMonth(year, month)) row.Refuse(last.Value, "a day of the month");
            else date = new DateOnly(year, month, day);
        }

        if (date < FirstDate || date.Year > 2099) row.Refuse(last.Value, $"a date from {FirstDate:yyyy-MM-dd} on");
        return date;
    }

    /// <summary>
    /// A registration of letters, digits and hyphens; words that stand for an unknown one (<c>UNKNOW</c>) have no digit, and zeros say
    /// nothing either.
    /// </summary>
    private string? TailNumber(FlightRow row)
    {
        var text = row.Text(At(FlightField.TailNumber));
        var digits = false;
        foreach (var c in text)
        {
            digits |= char.IsAsciiDigit(c);
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return null;
        }

        return digits && text.IndexOfAnyExcept('0') >= 0 && text.Length <= MaxTailLength ? text.ToString().ToUpperInvariant() : null;
    }
}
