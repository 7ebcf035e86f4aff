using AirportOps.Cleaning.Oracle.Values;
using AirportOps.Reference;
using NodaTime;

namespace AirportOps.Cleaning.Oracle;

/// <summary>What rules ask of the reference rows.</summary>
internal sealed class ReferenceRules
{
    private readonly ReferenceTables _reference;

    public ReferenceRules(ReferenceTables reference)
    {
        _reference = reference;
        Airlines = CodeRules.OfAirlines(reference);
        Airports = CodeRules.OfAirports(reference);
        Designators = new DesignatorRules(Airlines);
    }

    public CodeRules Airlines { get; }

    public CodeRules Airports { get; }

    public DesignatorRules Designators { get; }

    /// <summary>The zone of an airport; null where it has none.</summary>
    public DateTimeZone? ZoneOf(string iata) =>
        _reference.FindAirport(iata)!.TimeZone is { } zone ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) : null;
}
