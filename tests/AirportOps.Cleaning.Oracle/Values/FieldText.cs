using AirportOps.Cleaning.Oracle.Json;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>A string without the white space around it.</summary>
/// <param name="Text">What is left.</param>
/// <param name="IsTrimmed">Whether there was any.</param>
internal sealed record FieldText(string Text, bool IsTrimmed)
{
    public static FieldText Of(JsonString value) => new(value.Text.Trim(), value.Text.Trim() != value.Text);
}
