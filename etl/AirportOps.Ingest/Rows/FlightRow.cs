using System.Globalization;
using CsvHelper;

namespace AirportOps.Ingest.Rows;

/// <summary>
/// The row a parser stands on. Reading a field that is wrong never throws: the first fault is kept, and what is read then means nothing.
/// </summary>
/// <remarks>
/// A field that is empty or <c>NA</c> is missing, and so is one whose column is not there. Numbers may end in <c>.0</c> or <c>.00</c>, as
/// BTS and some tools write them.
/// </remarks>
internal sealed class FlightRow(IParser parser)
{
    private const int MaxQuotedLength = 40;

    private static readonly string[] DateFormats = ["yyyy-MM-dd", "M/d/yyyy", "yyyyMMdd"];

    private static readonly string[] Midnights = ["12:00:00 AM", "12:00 AM", "00:00:00", "0:00", "00:00", "00:00:00Z", "00:00:00.000"];

    /// <summary>Why the row is to be refused; null as long as nothing was wrong.</summary>
    public string? Fault { get; private set; }

    /// <summary>Begins a row. The comma that a header ends in may be absent from a row.</summary>
    public void Start(FlightHeader header)
    {
        Fault = null;
        if (parser.Count != header.Count && parser.Count != header.NamedCount)
        {
            Refuse($"it has {parser.Count} fields, the header {header.NamedCount}");
        }
    }

    public void Refuse(string reason) => Fault ??= reason;

    public void Refuse(FlightColumn column, string expected) =>
        Refuse($"{column.Name} is '{Shorten(parser[column.Index])}', expected {expected}");

    /// <summary>The field without the white space around it; empty when missing.</summary>
    public ReadOnlySpan<char> Text(FlightColumn? column)
    {
        if (Fault is not null || column is not { } there) return default;
        var text = parser[there.Index].AsSpan().Trim();
        return text is "NA" ? default : text;
    }

    /// <summary>A whole number in a range, or null when missing.</summary>
    public int? Number(FlightColumn? column, int least, int most)
    {
        var text = Text(column);
        if (text.IsEmpty) return null;
        if (TryRead(text, least, most, out var value)) return value;
        Refuse(column!.Value, $"a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A whole number in a range, or null: for what a leg can do without.</summary>
    public int? NumberIfReadable(FlightColumn? column, int least, int most) => TryRead(Text(column), least, most, out var value) ? value : null;

    /// <summary>A whole number in a range that must be there; 0 with a fault when it is not.</summary>
    public int Required(FlightColumn column, int least, int most)
    {
        if (Number(column, least, most) is { } value) return value;
        if (Fault is null) Refuse(column, $"a whole number from {least} to {most}");
        return 0;
    }

    /// <summary>A flag, 0 or 1, also spelled <c>False</c> or <c>True</c>.</summary>
    public bool Flag(FlightColumn column) => bool.TryParse(Text(column), out var flag) ? flag : Required(column, 0, 1) == 1;

    /// <summary>A clock's <c>HHMM</c> as minutes of the day, 0…1440, or null when missing. 2400 is the midnight at the day's end.</summary>
    public int? Clock(FlightColumn? column)
    {
        if (Number(column, 0, 2400) is not { } value) return null;
        if (value % 100 < 60) return MinuteOf(value);
        Refuse(column!.Value, "a clock HHMM from 0000 to 2400");
        return null;
    }

    /// <summary>A clock as <see cref="Clock"/> reads it, or null: for what a leg can do without.</summary>
    public int? ClockIfReadable(FlightColumn? column) =>
        NumberIfReadable(column, 0, 2400) is { } value && value % 100 < 60 ? MinuteOf(value) : null;

    /// <summary>
    /// A date as <c>2025-01-03</c>, <c>20250103</c> or, as BTS writes it, <c>1/3/2025</c> with the month first; a midnight behind it is
    /// passed over. Null with a fault when it is none of these.
    /// </summary>
    public DateOnly? Date(FlightColumn column)
    {
        var text = Text(column);
        var end = text.IndexOfAny(' ', 'T');
        if (DateOnly.TryParseExact(end < 0 ? text : text[..end], DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && (end < 0 || Midnights.Contains(text[(end + 1)..].ToString(), StringComparer.Ordinal)))
        {
            return date;
        }

        Refuse(column, "a date such as 2025-01-03 or 1/3/2025");
        return null;
    }

    private static int MinuteOf(int clock) => (clock / 100 * 60) + (clock % 100);

    private static bool TryRead(ReadOnlySpan<char> text, int least, int most, out int value)
    {
        var point = text.LastIndexOf('.');
        if (point >= 0 && point < text.Length - 1 && text[(point + 1)..].IndexOfAnyExcept('0') < 0) text = text[..point];
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= least && value <= most;
    }

    private static string Shorten(string text) => text.Length <= MaxQuotedLength ? text : string.Concat(text.AsSpan(0, MaxQuotedLength), "…");
}
