namespace AirportOps.Cleaning.Oracle.Tests.Fuzzing;

/// <summary>A member of an event in the making.</summary>
/// <param name="field">The field that it is meant for; null for an extra.</param>
/// <param name="key">The key, without quotes.</param>
/// <param name="json">The value as JSON.</param>
internal sealed class FuzzMember(string? field, string key, string json)
{
    public string? Field { get; } = field;

    public string Key { get; set; } = key;

    public string Json { get; set; } = json;
}
