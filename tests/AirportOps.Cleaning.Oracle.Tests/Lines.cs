using System.Globalization;

namespace AirportOps.Cleaning.Oracle.Tests;

/// <summary>Outcomes as lines of text, the same for both cleaners: whole rows and refusals to compare and to print.</summary>
internal static class Lines
{
    public const string Duplicate = "duplicate";

    public static string Row(Entity entity, DateOnly date, IEnumerable<(string Name, string? Value)> columns) =>
        string.Create(CultureInfo.InvariantCulture, $"row {entity.Name()} {date:yyyy-MM-dd}")
        + string.Concat(columns.Where(column => column.Value is not null).Select(column => $" | {column.Name}={column.Value}"));

    public static string Refusal(string reason, string? field, string? eventId, string sequence, long arrivedMicros, ReadOnlySpan<byte> raw) =>
        string.Create(CultureInfo.InvariantCulture, $"refused {reason} | field={field} | event_id={eventId} | {sequence} at {arrivedMicros} | ")
        + Escaped(raw);

    /// <summary>Bytes as one line of ASCII.</summary>
    public static string Escaped(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder();
        foreach (var value in bytes)
        {
            text.Append(value is >= 0x20 and < 0x7F ? ((char)value).ToString() : string.Create(CultureInfo.InvariantCulture, $"<{value:X2}>"));
        }

        return text.ToString();
    }
}
