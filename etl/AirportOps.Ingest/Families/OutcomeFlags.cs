using AirportOps.Ingest.Legs;
using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>The columns by which two of the families say that a leg was cancelled, and why, or diverted.</summary>
internal sealed class OutcomeFlags(FlightColumn cancelled, FlightColumn cancellationCode, FlightColumn diverted)
{
    /// <summary>Sets the outcome and the cancellation's cause.</summary>
    public void Read(FlightRow row, FlightLeg leg)
    {
        var isCancelled = row.Flag(cancelled);
        var isDiverted = row.Flag(diverted);
        if (isCancelled && isDiverted) row.Refuse($"{cancelled.Name} and {diverted.Name} are both 1");
        leg.Outcome = isCancelled ? LegOutcome.Cancelled : isDiverted ? LegOutcome.Diverted : LegOutcome.Flown;
        if (isCancelled) leg.CancellationCause = Cause(row);
    }

    private int? Cause(FlightRow row)
    {
        switch (row.Text(cancellationCode))
        {
            case "":
                return null;
            case [>= 'A' and <= 'D' and var code]:
                return code - 'A';
            default:
                row.Refuse(cancellationCode, "A, B, C, D or nothing");
                return null;
        }
    }
}
