using AirportOps.Reference.Sources;
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
    public void An_airport_of_the_newer_table_has_its_country_by_name()
    {
        var expected = new Airport(
            "XWA", "KXWA", "Williston Basin International Airport", "Williston", "United States", 48.259784, -103.750557, 2356, "America/Chicago")
        {
            Source = ReferenceSource.Newer,
        };

        Assert.Equal(expected, Tables.FindAirport("XWA"));
    }

    [Fact]
    public void Every_row_with_a_code_is_there_and_no_other()
    {
        Assert.Equal(6072, Tables.Airports.Count(row => row.Source == ReferenceSource.OpenFlights));
        Assert.Equal(1517, Tables.Airlines.Count(row => row.Source == ReferenceSource.OpenFlights));
        Assert.Equal(7884, Tables.Airports.Count(row => row.Source == ReferenceSource.Newer));
        Assert.Equal(246, Tables.AircraftTypes.Count);
        Assert.Null(Tables.FindAirport("ZZZ"));
    }

    [Fact]
    public void Rows_come_in_the_order_in_which_tables_are_asked()
    {
        Assert.Equal(Tables.Airports.Select(row => row.Source).Order(), Tables.Airports.Select(row => row.Source));
        Assert.Equal(Tables.Airlines.Select(row => row.Source).Order(), Tables.Airlines.Select(row => row.Source));
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

    [Fact]
    public void Every_code_of_the_newer_table_is_known_with_a_zone()
    {
        var codes = DelimitedRows.Csv.Read(EmbeddedFile.Read("airportsdata_iata.csv.gz"), "iata").Select(row => row[0]!).ToList();

        Assert.Equal(7884, codes.Count);
        Assert.DoesNotContain(codes, code => Tables.FindAirport(code)?.TimeZone is null);
    }

    [Theory]
    [InlineData("DOH", "Asia/Qatar")]
    [InlineData("IST", "Europe/Istanbul")]
    [InlineData("HYD", "Asia/Kolkata")]
    [InlineData("ALA", "Asia/Almaty")]
    [InlineData("VOG", "Europe/Volgograd")]
    [InlineData("BER", "Europe/Berlin")]
    [InlineData("TFU", "Asia/Shanghai")]
    [InlineData("NQZ", "Asia/Almaty")]
    [InlineData("NLU", "America/Mexico_City")]
    [InlineData("UUS", "Asia/Sakhalin")]
    [InlineData("PAM", "America/Chicago")]
    [InlineData("AAP", "Asia/Makassar")]
    public void A_zone_that_OpenFlights_lacks_or_has_outdated_is_todays(string iata, string zone) => Assert.Equal(zone, Tables.FindAirport(iata)!.TimeZone);

    [Theory]
    [InlineData("OH", "PSA Airlines", "JIA")]
    [InlineData("9E", "Endeavor Air", "EDV")]
    [InlineData("YX", "Republic Airline", "RPA")]
    [InlineData("PT", "Piedmont Airlines", "PDT")]
    public void A_code_that_passed_to_another_airline_is_todays(string iata, string name, string icao)
    {
        var airline = Tables.Airlines.First(row => row.Iata == iata);

        Assert.Equal((name, icao, ReferenceSource.Override), (airline.Name, airline.Icao, airline.Source));
    }

    [Fact]
    public void The_written_list_says_of_every_line_why()
    {
        var lines = DelimitedRows.Csv.Read(EmbeddedFile.Read("overrides.csv"), "table", "code", "why").ToList();

        Assert.Equal(lines.Count, lines.DistinctBy(line => (line[0], line[1])).Count());
        Assert.DoesNotContain(lines, line => line[2] is null || line[0] is not ("airport" or "airline"));
    }
}
