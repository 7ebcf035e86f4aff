using AirportOps.Ingest.Legs;
using AirportOps.Reference.Time;

namespace AirportOps.Ingest;

/// <summary>
/// Holds the instants computed for a flight file's legs against the local clocks its rows record: shown on the clock of the airport,
/// each must give the recorded time, 2400 being 0000.
/// </summary>
public static class ClockCheck
{
    private const int MaxDifferences = 10;

    /// <summary>
    /// Where an arrival had to be found from its clock, that clock proves nothing. Then the minutes on the ground do: less than this many,
    /// so that no other day would fit. The most in a year of New York's departures is under four hours.
    /// </summary>
    private const int MaxGroundMinutes = 6 * 60;

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">Just opened; read to its end.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="FlightFileException">The file can't be read.</exception>
    public static ClockCheckReport Run(FlightFile file, CancellationToken cancellationToken)
    {
        long rows = 0, refusedRows = 0, departures = 0, departuresEqual = 0, arrivals = 0, arrivalsEqual = 0;
        var differences = new List<ClockDifference>();
        var leg = new FlightLeg();
        while (file.ReadLeg(leg, out var refused))
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows++;
            if (refused is not null)
            {
                refusedRows++;
                continue;
            }

            if (leg is { ActualDeparture: { } departure, DepartureClock: { } departureClock })
            {
                departures++;
                if (Compare("departure", leg.OriginClock, departure, departureClock)) departuresEqual++;
            }

            if (leg is { Outcome: LegOutcome.Flown, ActualArrival: { } arrival, ArrivalClock: { } arrivalClock })
            {
                arrivals++;
                if (Compare("arrival", leg.DestinationClock, arrival, arrivalClock) && GroundTimeFits(arrival)) arrivalsEqual++;
            }
        }

        return new ClockCheckReport(rows, refusedRows, departures, departuresEqual, arrivals, arrivalsEqual, differences);

        bool Compare(string what, LocalClock clock, long instant, int recorded)
        {
            var computed = Calendar.MinuteOfDay(clock, instant);
            if (computed == recorded % Calendar.MinutesPerDay) return true;
            Add(what, recorded, computed);
            return false;
        }

        bool GroundTimeFits(long arrival)
        {
            if (leg.AirMinutes is not { } airMinutes || leg.ActualDeparture is not { } departure) return true;
            var ground = ((arrival - departure) / Calendar.MicrosPerMinute) - airMinutes;
            if (ground < MaxGroundMinutes) return true;
            Add("minutes on the ground", MaxGroundMinutes, (int)ground);
            return false;
        }

        void Add(string what, int recorded, int computed)
        {
            if (differences.Count < MaxDifferences) differences.Add(new ClockDifference(file.Line, what, recorded, computed));
        }
    }
}
