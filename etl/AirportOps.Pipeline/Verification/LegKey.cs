namespace AirportOps.Pipeline.Verification;

/// <summary>Identity of a flight leg.</summary>
/// <param name="Airline">IATA code of the airline.</param>
/// <param name="FlightNumber">1…9999.</param>
/// <param name="FlightSuffix">One letter, or null.</param>
/// <param name="FlightDate"><c>YYYY-MM-DD</c>, local at the origin.</param>
/// <param name="Origin">IATA code of the origin.</param>
public readonly record struct LegKey(string Airline, int FlightNumber, string? FlightSuffix, string FlightDate, string Origin)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Airline}{FlightNumber}{FlightSuffix} {FlightDate} {Origin}");
}
