namespace AirportOps.Cleaning.Oracle.Json;

/// <summary>The text is no JSON from some byte on. <c>EndsEarly</c>: more bytes could have made it JSON.</summary>
internal sealed class BrokenJsonException(bool endsEarly) : Exception(endsEarly ? "The JSON ends early." : "This is not JSON.")
{
    public bool EndsEarly { get; } = endsEarly;

    /// <summary>The reason for which the event is refused.</summary>
    public string Reason => EndsEarly ? "truncated" : "not_json";
}
