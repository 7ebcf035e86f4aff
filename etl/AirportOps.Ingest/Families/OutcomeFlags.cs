using AirportOps.Ingest.Legs;
using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>The columns that say whether a leg was cancelled, and why, or diverted; each may be absent.</summary>
internal sealed class OutcomeFlags(FlightColumn? cancelled, FlightColumn? cancellationCode, FlightColumn? diverted)
{
    /// <summary>Sets the outcome and the cancellation's cause.</summary>
    /// <param name="row">The row.</param>
    /// <param name="leg">The leg.</param>
    /// <param name="hasDeparted">Where there is no flag: whether it was not cancelled.</param>
    /// <param name="hasArrived">Where there is no flag: whether it was not diverted.</param>
    public void Read(FlightRow row, FlightLeg leg, bool hasDeparted, bool hasArrived)
    {
        bool? saysCancelled = cancelled is { } first ? row.Flag(first) : null;
        bool? saysDiverted = diverted is { } second ? row.Flag(second) : null;
        if (saysCancelled is true && saysDiverted is true) row.Refuse($"{cancelled?.Name} and {diverted?.Name} are both 1");
        var isCancelled = saysCancelled ?? (saysDiverted is not true && !hasDeparted);
        var isDiverted = saysDiverted ?? (!isCancelled && !hasArrived);
        leg.Outcome = isCancelled ? LegOutcome.Cancelled : isDiverted ? LegOutcome.Diverted : LegOutcome.Flown;
        if (isCancelled && cancellationCode is { } code) leg.CancellationCause = Cause(row, code);
    }

    private static int? Cause(FlightRow row, FlightColumn column)
    {
        switch (row.Text(column))
        {
            case "":
                return null;
            case [>= 'A' and <= 'D' and var code]:
                return code - 'A';
            default:
                row.Refuse(column, "A, B, C, D or nothing");
                return null;
        }
    }
}
