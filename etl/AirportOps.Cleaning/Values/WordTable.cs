using System.Text;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Values;

/// <summary>The words a field takes and the other spellings that mean them.</summary>
internal sealed class WordTable
{
    /// <summary>Longer spellings are unknown.</summary>
    internal const int LongestSpelling = 24;

    private readonly byte[][] _words;
    private readonly ByteKeyMap _spellings;

    /// <param name="words">Each word, followed by its aliases as <see cref="KeyText"/> leaves them.</param>
    internal WordTable(params string[][] words)
    {
        _words = [.. words.Select(row => Encoding.ASCII.GetBytes(row[0]))];
        _spellings = new ByteKeyMap(words.SelectMany((row, index) => row
            .Append(row[0].Replace("_", "", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Select(spelling => (Encoding.ASCII.GetBytes(spelling), index))));
        Listed = string.Join(", ", words.Select(row => row[0]));
    }

    internal static WordTable Status { get; } = new(
        ["scheduled", "sched", "sch", "ontime", "planned"],
        ["boarding", "brd", "boardingstarted", "lastcall", "gateopen"],
        ["delayed", "dly", "delay", "late"],
        ["departed", "dep", "airborne", "enroute", "inair", "offblock", "pushback", "takeoff"],
        ["arrived", "arr", "landed", "onblock", "atgate", "completed"],
        ["cancelled", "canceled", "cnl", "cnx", "cancel"],
        ["diverted", "div", "diversion"]);

    internal static WordTable Cause { get; } = new(
        ["carrier", "airline", "a"],
        ["weather", "wx", "b"],
        ["nas", "atc", "airtraffic", "c"],
        ["security", "d"],
        ["late_aircraft", "latearrival", "reactionary"]);

    internal static WordTable Phase { get; } = new(
        ["start", "started", "begin", "began"],
        ["end", "ended", "finish", "finished", "complete", "completed", "done"]);

    internal static WordTable ScanPoint { get; } = new(["checkin"], ["sorter"], ["loaded"], ["unloaded"], ["claim"], ["mishandled"]);

    internal static WordTable Service { get; } =
        new(["deboarding"], ["cleaning"], ["catering"], ["fueling"], ["baggage"], ["boarding"], ["pushback"]);

    internal static WordTable EventType { get; } = new([.. EntityNames.All.Select(entity => new[] { entity.EventType() })]);

    /// <summary>The words, for a message.</summary>
    internal string Listed { get; }

    internal ReadOnlySpan<byte> this[int word] => _words[word];

    /// <summary>Finds a word by itself, or by a spelling as <see cref="KeyText"/> leaves it.</summary>
    internal bool TryFind(ReadOnlySpan<byte> spelling, out int word) => _spellings.TryFind(spelling, out word);
}
