using System.IO.Compression;
using System.Text;

namespace AirportOps.Cleaning.Tests;

/// <summary>The key under which a raw record goes to a stream: what is about one thing gets one key.</summary>
public sealed class PartitionKeyTests
{
    private const string AviationStack = """
        {"flight_date":"2023-07-19","flight_status":"scheduled","departure":{"iata":"CPH","timezone":"Europe/Copenhagen","scheduled":"2023-07-19T10:00:00+00:00"},
        "arrival":{"iata":"RNN","scheduled":"2023-07-19T10:40:00+00:00"},"airline":{"name":"Danish Air","iata":"DX"},"flight":{"number":"38","iata":"DX38"}}
        """;

    private readonly PartitionKeyReader _keys = new(CleaningRun.Codes, new CleanerOptions());

    [Theory]
    [InlineData("""{"event_type":"flight","airline":"AA","flight_number":100,"flight_date":"2026-03-01","origin":"JFK","destination":"LAX"}""")]
    [InlineData("""{"flight":"AAL 0100","date":"03/01/2026","from":"KJFK","to":"LAX","status":"DLY"}""")]
    [InlineData("""{"kind":"flight","ident":"aa100a","std":"2026-03-01 23:30","dep":"jfk","arr":"LAX"}""")] // the date is that of the schedule, local
    [InlineData("""{"type":"baggage","flightno":"AA100","flight_date":"2026-03-01","origin":"JFK","bag_tag":"0001234567","station":"LAX"}""")]
    [InlineData("""{"type":"baggage","flightno":"AA100","flight_date":"2026-03-01","bag_tag":"0001234567","station":"JFK","scan":"loaded"}""")] // no origin
    [InlineData("""{"service":"fueling","carrier":"AA","number":100,"date":"2026-03-01","airport":"KJFK"}""")]
    [InlineData("""{"Type":"Notification","MessageId":"1","Message":"{\"flight\":\"AA100\",\"date\":\"2026-03-01\",\"from\":\"JFK\",\"to\":\"LAX\",\"status\":\"DEP\"}"}""")]
    [InlineData("""[{"checkpoint":"North","airport":"JFK"},{"flight":"AA100","date":"2026-03-01","from":"JFK","to":"LAX","status":"DEP"}]""")]
    public void What_is_about_one_flight_has_one_key(string record)
    {
        var key = _keys.Read(Encoding.UTF8.GetBytes(record), CleaningRun.Arrival, out var source);

        Assert.Equal((PartitionKeySource.Flight, "AA 100 2026-03-01 JFK"), (source, key));
    }

    [Fact]
    public void A_source_s_profile_is_read_and_so_is_gzip()
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(AviationStack));
        }

        Assert.Equal("DX 38 2023-07-19 CPH", _keys.Read(Encoding.UTF8.GetBytes(AviationStack), CleaningRun.Arrival, out _));
        Assert.Equal("DX 38 2023-07-19 CPH", _keys.Read(zipped.ToArray(), CleaningRun.Arrival, out _));
    }

    [Theory]
    [InlineData("""{"checkpoint":"North 1","airport":"ATL","wait_minutes":12}""", "ATL North 1")]
    [InlineData("""{"lanegroup":"North 1","station":"KATL","queue":40}""", "ATL North 1")]
    [InlineData("""{"event_type":"ground","service":"catering","phase":"start","airport":"ATL"}""", "ATL")]
    [InlineData("""{"event_type":"flight","airline":"??","flight_number":1,"flight_date":"2026-03-01","origin":"JFK"}""", "JFK")] // will be refused
    public void Without_a_flight_the_place_is_the_key(string record, string expected)
    {
        var key = _keys.Read(Encoding.UTF8.GetBytes(record), CleaningRun.Arrival, out var source);

        Assert.Equal((PartitionKeySource.Place, expected), (source, key));
    }

    [Fact]
    public void What_says_nothing_of_either_is_spread_by_its_bytes()
    {
        var records = Enumerable.Range(0, 100).SelectMany(number => new[] { $"{{\"a\":{number}", $"{{\"a\":{number}}}", $"{number}", $"\ufffd{number}" }).ToList();
        records.AddRange(["", " ", "{\"event_type\":\"weather\",\"airport\":\"JFK\"}", new string('x', (1 << 20) + 1)]);

        var keys = records.Select(record =>
        {
            var key = _keys.Read(Encoding.UTF8.GetBytes(record), CleaningRun.Arrival, out var source);
            Assert.Equal(PartitionKeySource.Bytes, source);
            Assert.Equal(key, _keys.Read(Encoding.UTF8.GetBytes(record), CleaningRun.Arrival + 1, out _));
            return key;
        }).ToList();

        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{32}$", key));
    }
}
