using System.Globalization;
using CsvHelper;

namespace AirportOps.Ingest.Rows;

/// <summary>
/// The row a parser stands on. Reading a field that is wrong never throws: the first fault is kept, and what is read then means nothing.
/// </summary>
/// <remarks>A field that is empty or <c>NA</c> is missing. Numbers may end in <c>.0</c>, as some tools write columns with missing values.</remarks>
internal sealed class FlightRow(IParser parser)
{
    private const int MaxQuotedLength = 40;

    /// <summary>Why the row is to be refused; null as long as nothing was wrong.</summary>
    public string? Fault { get; private set; }

    public void Start(int expectedFields)
    {
        Fault = null;
        if (parser.Count != expectedFields) Refuse($"it has {parser.Count} fields, the header {expectedFields}");
    }

    public void Refuse(string reason) => Fault ??= reason;

    public void Refuse(FlightColumn column, string expected) =>
        Refuse($"{column.Name} is '{Shorten(parser[column.Index])}', expected {expected}");

    /// <summary>The field without the white space around it; empty when missing.</summary>
    public ReadOnlySpan<char> Text(FlightColumn column)
    {
        if (Fault is not null) return default;
        var text = parser[column.Index].AsSpan().Trim();
        return text is "NA" ? default : text;
    }

    /// <summary>A whole number in a range, or null when missing.</summary>
    public int? Number(FlightColumn column, int least, int most)
    {
        var text = Text(column);
        if (text.IsEmpty) return null;
        if (text.EndsWith(".0", StringComparison.Ordinal)) text = text[..^2];
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        Refuse(column, $"a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A whole number in a range that must be there; 0 with a fault when it is not.</summary>
    public int Required(FlightColumn column, int least, int most)
    {
        if (Number(column, least, most) is { } value) return value;
        if (Fault is null) Refuse(column, $"a whole number from {least} to {most}");
        return 0;
    }

    /// <summary>A flag, 0 or 1.</summary>
    public bool Flag(FlightColumn column) => Required(column, 0, 1) == 1;

    /// <summary>A clock's <c>HHMM</c> as minutes of the day, 0…1440, or null when missing. 2400 is the midnight at the day's end.</summary>
    public int? Clock(FlightColumn column)
    {
        if (Number(column, 0, 2400) is not { } value) return null;
        if (value % 100 < 60) return (value / 100 * 60) + (value % 100);
        Refuse(column, "a clock HHMM from 0000 to 2400");
        return null;
    }

    private static string Shorten(string text) => text.Length <= MaxQuotedLength ? text : string.Concat(text.AsSpan(0, MaxQuotedLength), "…");
}
