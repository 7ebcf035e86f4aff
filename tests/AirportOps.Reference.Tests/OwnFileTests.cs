namespace AirportOps.Reference.Tests;

public sealed class OwnFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"airportops-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Airports_of_ones_own_come_behind_all_others()
    {
        File.WriteAllText(_path, "name,iata,time_zone,latitude\r\n\"Field, Old\",Q0Q,Europe/Berlin,52.5\r\n\r\nNot Kennedy,JFK,Asia/Tokyo,\r\n");

        var tables = ReferenceTables.Load(_path, null);

        Assert.Equal(new Airport("Q0Q", null, "Field, Old", null, null, 52.5, 0, 0, "Europe/Berlin") { Source = ReferenceSource.Own }, tables.FindAirport("Q0Q"));
        Assert.Equal("America/New_York", tables.FindAirport("JFK")!.TimeZone);
        Assert.NotEqual(ReferenceTables.Default.Version, tables.Version);
    }

    [Fact]
    public void Airlines_of_ones_own_are_active_unless_the_file_says_N()
    {
        File.WriteAllText(_path, "iata,icao,name,active\nZ0,ZZO,Own Air,\n0Z,,Old Air,N\n");

        var own = ReferenceTables.Load(null, _path).Airlines.Where(row => row.Source == ReferenceSource.Own).ToList();

        Assert.Equal(
            [new Airline("Z0", "ZZO", "Own Air", null, null, true) { Source = ReferenceSource.Own }, new Airline("0Z", null, "Old Air", null, null, false) { Source = ReferenceSource.Own }],
            own);
    }

    [Theory]
    [InlineData("iata,name\nQ0Q,Field\n", "has no column time_zone; its first line names the columns: iata,name,time_zone,icao")]
    [InlineData("", "has no column iata, name, time_zone; its first line names the columns")]
    [InlineData("iata,name,time_zone\n\nq0q,Field,Europe/Berlin\n", "line 3: iata is 'q0q', not 3 upper-case letters or digits; correct the line")]
    [InlineData("iata,name,time_zone\nQ0Q,Field,Berlin\n", "line 2: time_zone is 'Berlin', which is not an IANA zone")]
    [InlineData("iata,name,time_zone\nQ0Q,,Europe/Berlin\n", "line 2: name is missing; correct the line")]
    [InlineData("iata,name,time_zone,icao\nQ0Q,Field,Europe/Berlin,ABC\n", "line 2: icao is 'ABC', not 4 upper-case letters or digits")]
    [InlineData("iata,name,time_zone,latitude\nQ0Q,Field,Europe/Berlin,95\n", "line 2: latitude is '95', not a number from -90 to 90")]
    public void A_wrong_file_is_named_with_its_line_and_field(string content, string expected)
    {
        File.WriteAllText(_path, content);

        var wrong = Assert.Throws<ReferenceFileException>(() => ReferenceTables.Load(_path, null));

        Assert.Contains(_path, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(_path, Assert.Throws<ReferenceFileException>(() => ReferenceTables.Load(null, _path)).Message, StringComparison.Ordinal);
}
