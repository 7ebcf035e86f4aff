using AirportOps.Cleaning.Oracle.Keys;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>The rows <c>status_alias</c>, <c>cause_alias</c>, <c>phase_alias</c>, with the words at the end of the contract's section 3.</summary>
internal static class WordRules
{
    private const string Active = "active";

    private static readonly Dictionary<string, string> Statuses = Words(
        "scheduled: sched, sch, ontime, planned",
        "boarding: brd, boardingstarted, lastcall, gateopen",
        "delayed: dly, delay, late",
        "departed: dep, airborne, enroute, inair, offblock, pushback, takeoff",
        "arrived: arr, landed, onblock, atgate, completed",
        "cancelled: canceled, cnl, cnx, cancel",
        "diverted: div, diversion");

    private static readonly Dictionary<string, string> Causes = Words(
        "carrier: airline, a",
        "weather: wx, b",
        "nas: atc, airtraffic, c",
        "security: d",
        "late_aircraft: latearrival, reactionary");

    private static readonly Dictionary<string, string> Phases = Words(
        "start: started, begin, began",
        "end: ended, finish, finished, complete, completed, done");

    public static FieldReading Status(FieldText text, bool hasDeparted) => KeyRules.Normalised(text.Text) == Active
        ? FieldReading.Of(hasDeparted ? "departed" : "scheduled", text.IsTrimmed, "status_alias")
        : Read(text, Statuses, "status_alias");

    public static FieldReading Cause(FieldText text) => Read(text, Causes, "cause_alias");

    public static FieldReading Phase(FieldText text) => Read(text, Phases, "phase_alias");

    private static FieldReading Read(FieldText text, Dictionary<string, string> words, string repair)
    {
        if (!words.TryGetValue(KeyRules.Normalised(text.Text), out var word))
        {
            return FieldReading.Bad;
        }

        return word == text.Text ? FieldReading.Of(word, text.IsTrimmed) : FieldReading.Of(word, text.IsTrimmed, repair);
    }

    /// <summary>Lines of <c>word: alias, alias</c> as a table from each, normalised, to the word.</summary>
    private static Dictionary<string, string> Words(params string[] lines) => lines
        .Select(line => line.Split(": "))
        .SelectMany(line => line[1].Split(", ").Append(KeyRules.Normalised(line[0])).Select(spelling => (spelling, word: line[0])))
        .ToDictionary(pair => pair.spelling, pair => pair.word, StringComparer.Ordinal);
}
