using System.Text;
using AirportOps.Simulator.Day;
using AirportOps.Simulator.Events;

namespace AirportOps.Simulator.Mess;

/// <summary>Other words for statuses, causes and phases.</summary>
internal static class WordMess
{
    private static readonly byte[][][] StatusWords = Words(
        "Scheduled|SCHED|sch|On Time|ontime|Planned",
        "Boarding|BRD|Boarding Started|last-call|GATE OPEN",
        "Delayed|DLY|Delay|LATE",
        "Departed|DEP|Airborne|en-route|In Air|off_block|Pushback|Take Off",
        "Arrived|ARR|Landed|LANDED|On Block|at-gate|Completed",
        "Cancelled|Canceled|CNL|CNX|cancel",
        "Diverted|DIV|Diversion");

    private static readonly byte[][][] CauseWords = Words(
        "Carrier|Airline|A|a",
        "Weather|WX|wx|B",
        "NAS|ATC|Air Traffic|c",
        "Security|D|d",
        "Late Aircraft|LATE-AIRCRAFT|late arrival|Reactionary");

    private static readonly byte[][][] PhaseWords = Words("Start|STARTED|begin|Began", "End|ended|finish|Finished|complete|COMPLETED|Done");

    private static readonly byte[] Active = "active"u8.ToArray();

    public static bool Status(EventDraft draft, SplitMix luck)
    {
        if (!draft.IsFree(Field.Status))
        {
            return false;
        }

        var status = Array.FindIndex(EventReader.Statuses, word => word == draft.Clean.Text(Field.Status));
        var word = luck.Pick<byte[]>(StatusWords[status]);

        // What "active" means hangs on whether there is an actual departure: then that must stay as it is.
        var canBeActive = status == (int)FlightStatus.Scheduled ? !draft.Clean.Has(Field.ActualDeparture)
            : status == (int)FlightStatus.Departed && draft.Clean.Has(Field.ActualDeparture);
        if (canBeActive && luck.Percent(20) && draft.AreUntouched(FieldTable.Bit(Field.ActualDeparture)))
        {
            draft.Take(FieldTable.Bit(Field.ActualDeparture));
            word = Active;
        }

        Replace(draft, Field.Status, word, Repairs.StatusAlias, luck);
        return true;
    }

    public static bool Cause(EventDraft draft, SplitMix luck)
    {
        if (FieldSet.Pick(draft.FreeValues & FieldSet.Of(Field.DelayCause, Field.CancellationCause), luck) is not { } field)
        {
            return false;
        }

        var cause = Array.FindIndex(EventReader.Causes, word => word == draft.Clean.Text(field));
        Replace(draft, field, luck.Pick<byte[]>(CauseWords[cause]), Repairs.CauseAlias, luck);
        return true;
    }

    public static bool Phase(EventDraft draft, SplitMix luck)
    {
        if (!draft.IsFree(Field.Phase))
        {
            return false;
        }

        var isEnd = draft.Clean.Text(Field.Phase).AsSpan().SequenceEqual("end"u8);
        Replace(draft, Field.Phase, luck.Pick<byte[]>(PhaseWords[isEnd ? 1 : 0]), Repairs.PhaseAlias, luck);
        return true;
    }

    private static void Replace(EventDraft draft, Field field, byte[] word, ulong repair, SplitMix luck)
    {
        var isSpaced = luck.Percent(20);
        var output = draft.BeginValue(field);
        output.Write(isSpaced ? "\" "u8 : "\""u8);
        output.Write(word);
        output.Write(isSpaced ? " \""u8 : "\""u8);
        draft.EndValue(field);
        draft.Repairs |= repair | (isSpaced ? Repairs.Trimmed : 0);
    }

    private static byte[][][] Words(params string[] rows) => [.. rows.Select(row => row.Split('|').Select(Encoding.ASCII.GetBytes).ToArray())];
}
