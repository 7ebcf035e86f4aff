using AirportOps.Reference.Time;

namespace AirportOps.Reference.Tests;

public sealed class ReferenceTablesTests
{
    private static readonly ReferenceTables Tables = ReferenceTables.Default;

    [Fact]
    public void An_airport_is_read_with_all_its_fields()
    {
        var expected = new Airport(
            "JFK", "KJFK", "John F Kennedy International Airport", "New York", "United States", 40.63980103, -73.77890015, 13, "America/New_York");

        Assert.Equal(expected, Tables.FindAirport("JFK"));
    }

    [Fact]
    public void Every_row_with_a_code_is_there_and_no_other()
    {
        Assert.Equal(6072, Tables.Airports.Count);
        Assert.Equal(1517, Tables.Airlines.Count);
        Assert.Equal(246, Tables.AircraftTypes.Count);
        Assert.Null(Tables.FindAirport("ZZZ"));
    }

    [Fact]
    public void Quotes_and_apostrophes_inside_names_are_unescaped()
    {
        Assert.Equal("""Châteauroux-Déols "Marcel Dassault" Airport""", Tables.FindAirport("CHR")!.Name);
        Assert.Equal("ST MARY'S", Tables.FindAirport("ISC")!.City);
        Assert.Equal("Salsa d'Haiti", Assert.Single(Tables.Airlines, airline => airline.Iata == "SO" && airline.Icao == "SLC").Name);
    }

    [Fact]
    public void Every_zone_of_an_airport_is_known_to_the_time_zone_database() =>
        Assert.DoesNotContain(Tables.Airports, airport => airport.TimeZone is not null && LocalClock.Find(airport.TimeZone) is null);
}
