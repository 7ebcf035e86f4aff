using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using AirportOps.Reference;

namespace AirportOps.Ingest.Tests;

/// <summary>Take-off and landing.</summary>
public sealed class WheelsTests
{
    [Theory]
    [InlineData("2350,0,20,0010", "0610,5,0615", "2015-01-02T05:10:00Z", "2015-01-02T14:10:00Z")] // over midnight
    [InlineData("2350,0,10,2400", "0610,5,0615", "2015-01-02T05:00:00Z", "2015-01-02T14:10:00Z")] // 2400 is the midnight at the day's end
    [InlineData("2350,0,,0010", "0610,,0615", "2015-01-02T05:10:00Z", "2015-01-02T14:10:00Z")] // clocks alone
    [InlineData("2350,0,20,", ",5,0615", "2015-01-02T05:10:00Z", "2015-01-02T14:10:00Z")] // minutes alone
    [InlineData("2350,0,20,0015", "0608,5,0615", "2015-01-02T05:15:00Z", "2015-01-02T14:08:00Z")] // a clock that contradicts the minutes
    [InlineData("2350,0,,", ",,0615", null, null)]
    [InlineData("2350,0,20,2360", "0610,x,0615", "2015-01-02T05:10:00Z", "2015-01-02T14:10:00Z")] // what can't be read is left out
    [InlineData("2350,0,,2340", "0610,5,0615", null, null)] // before the departure: both are left out
    public void The_wheels_leave_and_touch_the_ground_between_the_gates(string departure, string arrival, string? off, string? on)
    {
        // 505 minutes from 23:50 in New York to 05:15 in Los Angeles would be 8 h 25: here 06:15, 565 minutes.
        using var file = Flights.Open(
            "YEAR,MONTH,DAY,AIRLINE,FLIGHT_NUMBER,ORIGIN_AIRPORT,DESTINATION_AIRPORT,SCHEDULED_DEPARTURE,DEPARTURE_TIME,DEPARTURE_DELAY,TAXI_OUT,WHEELS_OFF,"
            + $"WHEELS_ON,TAXI_IN,ARRIVAL_TIME,ELAPSED_TIME,DIVERTED,CANCELLED\n2015,1,1,AA,1,JFK,LAX,2350,{departure},{arrival},565,0,0\n");

        var events = Flights.Events(file).Select(one => JsonDocument.Parse(one.Json).RootElement).ToList();

        Assert.Equal([off, on], new[] { "wheels_off", "wheels_on" }.Select(name => events[^1].TryGetProperty(name, out var value) ? value.GetString() : null));
        Assert.All(events.SkipLast(1), one => Assert.False(one.TryGetProperty("wheels_off", out _)));
    }

    [Fact]
    public void A_leg_whose_arrival_is_unknown_has_its_take_off_on_its_departure()
    {
        using var file = Flights.Open("FL_DATE,OP_CARRIER,OP_CARRIER_FL_NUM,ORIGIN,DEST,CRS_DEP_TIME,DEP_TIME,TAXI_OUT\n2025-01-03,AA,1,JFK,LAX,700,705,20\n");

        Assert.EndsWith("\"wheels_off\":\"2025-01-03T12:25:00Z\"}", Flights.Events(file)[^1].Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DEN", ",\"diverted_to\":\"DEN\"}")]
    [InlineData("LAX", "}")]
    [InlineData("", "}")]
    [InlineData("???", "}")]
    public void A_diversion_says_where_it_landed(string airport, string end)
    {
        using var file = Flights.Open(
            "FlightDate,Reporting_Airline,Flight_Number_Reporting_Airline,Origin,Dest,CRSDepTime,DepTime,DepDelay,Cancelled,Diverted,Div1Airport\n"
            + $"2025-01-03,AA,1,JFK,LAX,0700,0700,0.00,0.00,1.00,{airport}\n");

        Assert.EndsWith($"\"delay_minutes\":0{end}", Flights.Events(file)[^1].Json, StringComparison.Ordinal);
    }

    /// <summary>Checked by other code: the framework's time zones and nothing of the reader's.</summary>
    [Fact]
    public void Every_recorded_wheels_clock_of_the_three_days_is_reproduced()
    {
        using var file = FlightFile.OpenBundled(ReferenceTables.Default);
        var events = Flights.Events(file).Where(one => one.Json.Contains("wheels_o", StringComparison.Ordinal)).ToDictionary(
            one => one.Key, one => JsonDocument.Parse(one.Json).RootElement);
        var zones = ReferenceTables.Default.Airports.Where(airport => airport.TimeZone is not null).DistinctBy(airport => airport.Iata).ToDictionary(
            airport => airport.Iata, airport => TimeZoneInfo.FindSystemTimeZoneById(airport.TimeZone!));
        var (recorded, told) = (0, 0);

        foreach (var row in Rows())
        {
            var date = $"{row["YEAR"]}-{row["MONTH"].PadLeft(2, '0')}-{row["DAY"].PadLeft(2, '0')}";
            events.TryGetValue($"{row["AIRLINE"]} {row["FLIGHT_NUMBER"]} {date} {row["ORIGIN_AIRPORT"]}", out var leg);
            Check("wheels_off", row["WHEELS_OFF"], row["ORIGIN_AIRPORT"]);
            Check("wheels_on", row["WHEELS_ON"], row["DESTINATION_AIRPORT"]);

            void Check(string field, string clock, string airport)
            {
                recorded += clock.Length > 0 ? 1 : 0;
                if (leg.ValueKind != JsonValueKind.Object || !leg.TryGetProperty(field, out var value)) return;
                var local = TimeZoneInfo.ConvertTime(value.GetDateTimeOffset(), zones[airport]).ToString("HHmm", CultureInfo.InvariantCulture);
                Assert.Equal((airport, clock == "2400" ? "0000" : clock), (airport, local));
                told++;
            }
        }

        Assert.Equal(recorded, told);
    }

    private static IEnumerable<Dictionary<string, string>> Rows()
    {
        using var reader = new StreamReader(new GZipStream(
            typeof(FlightFile).Assembly.GetManifestResourceStream("bts_us_2015-01-01_to_2015-01-03.csv.gz")!, CompressionMode.Decompress));
        var names = reader.ReadLine()!.Split(',');
        while (reader.ReadLine() is { } line)
        {
            yield return names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }
}
