using AirportOps.Ingest.Families;

namespace AirportOps.Ingest.Tests;

/// <summary>One flight and one cancellation as each family writes them: the same legs, whatever the columns are called.</summary>
public sealed class FamilyTests
{
    /// <summary>AA 1 of 3 January 2025 left 15 minutes late at 07:15 and came in 20 late; AA 3 was cancelled by the weather.</summary>
    private const string Bts = """
        YEAR,MONTH,DAY,AIRLINE,FLIGHT_NUMBER,TAIL_NUMBER,ORIGIN_AIRPORT,DESTINATION_AIRPORT,SCHEDULED_DEPARTURE,DEPARTURE_TIME,DEPARTURE_DELAY,TAXI_OUT,WHEELS_OFF,SCHEDULED_TIME,ELAPSED_TIME,AIR_TIME,DISTANCE,WHEELS_ON,TAXI_IN,SCHEDULED_ARRIVAL,ARRIVAL_TIME,ARRIVAL_DELAY,DIVERTED,CANCELLED,CANCELLATION_REASON,AIR_SYSTEM_DELAY,SECURITY_DELAY,AIRLINE_DELAY,LATE_AIRCRAFT_DELAY,WEATHER_DELAY
        2025,1,3,AA,1,N101NN,JFK,LAX,0700,0715,15,20,0735,380,385,357,2475,1032,8,1020,1040,20,0,0,,5,0,15,0,0
        2025,1,3,AA,3,,JFK,LAX,1100,,,,,380,,,2475,,,1420,,,0,1,B,,,,,
        """;

    private const string Prezip = """
        "Year","Quarter","Month","DayofMonth","DayOfWeek","FlightDate","Reporting_Airline","DOT_ID_Reporting_Airline","IATA_CODE_Reporting_Airline","Tail_Number","Flight_Number_Reporting_Airline","OriginCityName","Origin","Dest","CRSDepTime","DepTime","DepDelay","DepDelayMinutes","DepTimeBlk","TaxiOut","WheelsOff","WheelsOn","TaxiIn","CRSArrTime","ArrTime","ArrDelay","Cancelled","CancellationCode","Diverted","CRSElapsedTime","ActualElapsedTime","AirTime","Distance","CarrierDelay","WeatherDelay","NASDelay","SecurityDelay","LateAircraftDelay","Div1Airport",
        "2025","1","1","3","5","2025-01-03","AA","19805","AA","N101NN","1","New York, NY","JFK","LAX","0700","0715","15.00","15.00","0700-0759","20.00","0735","1032","8.00","1020","1040","20.00","0.00","","0.00","380.00","385.00","357.00","2475.00","15.00","0.00","5.00","0.00","0.00","",
        "2025","1","1","3","5","2025-01-03","AA","19805","AA","","3","New York, NY","JFK","LAX","1100","","","","1100-1159","","","","","1420","","","1.00","B","0.00","380.00","","","2475.00","","","","","","",
        """;

    private const string Marketing = """
        FlightDate,Airline,Origin,Dest,Cancelled,Diverted,CRSDepTime,DepTime,DepDelayMinutes,DepDelay,ArrTime,ArrDelayMinutes,AirTime,CRSElapsedTime,ActualElapsedTime,Distance,Marketing_Airline_Network,Flight_Number_Marketing_Airline,Operating_Airline,IATA_Code_Operating_Airline,Tail_Number,Flight_Number_Operating_Airline,TaxiOut,WheelsOff,WheelsOn,TaxiIn,CRSArrTime,ArrDelay,CancellationCode,CarrierDelay,WeatherDelay,NASDelay,SecurityDelay,LateAircraftDelay
        2025-01-03,American Airlines Inc.,JFK,LAX,False,False,700,715.0,15.0,15.0,1040.0,20.0,357.0,380.0,385.0,2475.0,AA,4001,AA,AA,N101NN,1,20.0,735.0,1032.0,8.0,1020,20.0,,15.0,0.0,5.0,0.0,0.0
        2025-01-03,American Airlines Inc.,JFK,LAX,True,False,1100,,,,,,,380.0,,2475.0,AA,4003,AA,AA,,3,,,,,1420,,B,,,,,
        """;

    private const string DataExpo = """
        Year,Month,DayofMonth,DayOfWeek,DepTime,CRSDepTime,ArrTime,CRSArrTime,UniqueCarrier,FlightNum,TailNum,ActualElapsedTime,CRSElapsedTime,AirTime,ArrDelay,DepDelay,Origin,Dest,Distance,TaxiIn,TaxiOut,Cancelled,CancellationCode,Diverted,CarrierDelay,WeatherDelay,NASDelay,SecurityDelay,LateAircraftDelay
        2025,1,3,5,715,700,1040,1020,AA,1,N101NN,385,380,357,20,15,JFK,LAX,2475,8,20,0,,0,15,0,5,0,0
        2025,1,3,5,NA,1100,NA,1420,AA,3,000000,NA,380,NA,NA,NA,JFK,LAX,2475,0,0,1,B,0,NA,NA,NA,NA,NA
        """;

    /// <summary>The download of 2017 and before: Data Expo's names, a date in one column, and the wheels.</summary>
    private const string OldPrezip = """
        "Year","Month","DayofMonth","FlightDate","UniqueCarrier","AirlineID","Carrier","TailNum","FlightNum","Origin","Dest","CRSDepTime","DepTime","DepDelay","TaxiOut","WheelsOff","WheelsOn","TaxiIn","CRSArrTime","ArrTime","ArrDelay","Cancelled","CancellationCode","Diverted","CRSElapsedTime","ActualElapsedTime","AirTime","Distance","CarrierDelay","WeatherDelay","NASDelay","SecurityDelay","LateAircraftDelay",
        2025,1,3,2025-01-03,"AA",19805,"AA","N101NN","1","JFK","LAX","0700","0715",15.00,20.00,"0735","1032",8.00,"1020","1040",20.00,0.00,"",0.00,380.00,385.00,357.00,2475.00,15.00,0.00,5.00,0.00,0.00
        2025,1,3,2025-01-03,"AA",19805,"AA","","3","JFK","LAX","1100","",,,"","",,"1420","",,1.00,"B",0.00,380.00,,,2475.00,,,,,
        """;

    private const string Transtats = """
        "FL_DATE","OP_UNIQUE_CARRIER","TAIL_NUM","OP_CARRIER_FL_NUM","ORIGIN","DEST","CRS_DEP_TIME","DEP_TIME","DEP_DELAY","TAXI_OUT","WHEELS_OFF","WHEELS_ON","TAXI_IN","CRS_ARR_TIME","ARR_TIME","ARR_DELAY","CANCELLED","CANCELLATION_CODE","DIVERTED","CRS_ELAPSED_TIME","ACTUAL_ELAPSED_TIME","AIR_TIME","DISTANCE","CARRIER_DELAY","WEATHER_DELAY","NAS_DELAY","SECURITY_DELAY","LATE_AIRCRAFT_DELAY",
        1/3/2025 12:00:00 AM,"AA","N101NN","1","JFK","LAX","0700","0715",15.00,20.00,"0735","1032",8.00,"1020","1040",20.00,0.00,"",0.00,380.00,385.00,357.00,2475.00,15.00,0.00,5.00,0.00,0.00,
        1/3/2025 12:00:00 AM,"AA","","3","JFK","LAX","1100","",,,"","",,"1420","",,1.00,"B",0.00,380.00,,,2475.00,,,,,,
        """;

    private const string Kaggle2018 = """
        FL_DATE,OP_CARRIER,OP_CARRIER_FL_NUM,ORIGIN,DEST,CRS_DEP_TIME,DEP_TIME,DEP_DELAY,TAXI_OUT,WHEELS_OFF,WHEELS_ON,TAXI_IN,CRS_ARR_TIME,ARR_TIME,ARR_DELAY,CANCELLED,CANCELLATION_CODE,DIVERTED,CRS_ELAPSED_TIME,ACTUAL_ELAPSED_TIME,AIR_TIME,DISTANCE,CARRIER_DELAY,WEATHER_DELAY,NAS_DELAY,SECURITY_DELAY,LATE_AIRCRAFT_DELAY,Unnamed: 27
        2025-01-03,AA,1,JFK,LAX,700,715.0,15.0,20.0,735.0,1032.0,8.0,1020,1040.0,20.0,0.0,,0.0,380.0,385.0,357.0,2475.0,15.0,0.0,5.0,0.0,0.0,
        2025-01-03,AA,3,JFK,LAX,1100,,,,,,,1420,,,1.0,B,0.0,380.0,,,2475.0,,,,,,
        """;

    private const string Kaggle2023 = """
        FL_DATE,AIRLINE,AIRLINE_DOT,AIRLINE_CODE,DOT_CODE,FL_NUMBER,ORIGIN,ORIGIN_CITY,DEST,DEST_CITY,CRS_DEP_TIME,DEP_TIME,DEP_DELAY,TAXI_OUT,WHEELS_OFF,WHEELS_ON,TAXI_IN,CRS_ARR_TIME,ARR_TIME,ARR_DELAY,CANCELLED,CANCELLATION_CODE,DIVERTED,CRS_ELAPSED_TIME,ELAPSED_TIME,AIR_TIME,DISTANCE,DELAY_DUE_CARRIER,DELAY_DUE_WEATHER,DELAY_DUE_NAS,DELAY_DUE_SECURITY,DELAY_DUE_LATE_AIRCRAFT
        2025-01-03,American Airlines Inc.,American Airlines Inc.: AA,AA,19805,1,JFK,"New York, NY",LAX,"Los Angeles, CA",700,715.0,15.0,20.0,735.0,1032.0,8.0,1020,1040.0,20.0,0.0,,0.0,380.0,385.0,357.0,2475.0,15.0,0.0,5.0,0.0,0.0
        2025-01-03,American Airlines Inc.,American Airlines Inc.: AA,AA,19805,3,JFK,"New York, NY",LAX,"Los Angeles, CA",1100,,,,,,,1420,,,1.0,B,0.0,380.0,,,2475.0,,,,,
        """;

    public static TheoryData<string, string, string> Files { get; } = new()
    {
        { "prezip", Prezip, "" },
        { "marketing", Marketing, "" },
        { "dataexpo2009", DataExpo, "" },
        { "dataexpo2009", OldPrezip, "" },
        { "transtats", Transtats, "" },
        { "transtats", Kaggle2018, "TAIL_NUM" },
        { "kaggle2023", Kaggle2023, "" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_family_tells_the_same_legs(string family, string text, string missing)
    {
        using var known = Flights.Open(Bts);
        using var file = Flights.Open(text);
        var hasTail = missing.Length == 0 && text.Contains("N101NN", StringComparison.Ordinal);

        Assert.Equal(family, file.Family);
        Assert.Equal(missing, string.Join(' ', file.MissingColumns));
        Assert.Equal(
            Flights.Events(known).Select(one => (one.Key, hasTail ? one.Json : one.Json.Replace("\"tail_number\":\"N101NN\",", "", StringComparison.Ordinal))),
            Flights.Events(file).Select(one => (one.Key, one.Json.Replace($"\"{family}", "\"bts", StringComparison.Ordinal))));
        Assert.Equal((5, 0), (file.Counts.Events, file.Counts.Refused));
    }

    [Fact]
    public void The_columns_a_file_lacks_and_those_that_say_nothing_are_named()
    {
        using var file = Flights.Open(
            "Year,Month,DayofMonth,UniqueCarrier,FlightNum,Origin,Dest,CRSDepTime,DepTime,DepDelay,Mood,CarrierDelay,Cancelled,\n"
            + "2007,5,9,WN,9001,DAL,HOU,940,1010,30,good,30,0,\n");

        Assert.Equal("dataexpo2009", file.Family);
        Assert.Equal(
            "TailNum TaxiOut TaxiIn CRSArrTime ArrTime ArrDelay CRSElapsedTime ActualElapsedTime AirTime Distance CancellationCode Diverted "
            + "WeatherDelay NASDelay SecurityDelay LateAircraftDelay",
            string.Join(' ', file.MissingColumns));
        Assert.Equal(["Mood"], file.UnknownColumns);
        Assert.Equal(2, Flights.Events(file).Count);
    }

    [Fact]
    public void Columns_that_hflights_never_had_are_used_where_they_are()
    {
        using var file = Flights.Open(
            "Year,Month,DayofMonth,DepTime,ArrTime,UniqueCarrier,FlightNum,ActualElapsedTime,ArrDelay,DepDelay,Origin,Dest,Cancelled,CarrierDelay\n"
            + "2011,1,1,1400,1520,AA,428,80,20,0,IAH,DFW,0,20\n");

        Assert.Equal("hflights", file.Family);
        Assert.Contains("\"delay_cause\":\"carrier\",\"carrier_minutes\":20}", Flights.Events(file)[^1].Json, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_families_names_every_field_and_no_name_twice()
    {
        foreach (var family in FlightFamilies.All)
        {
            var names = family.Columns.Values.SelectMany(column => column.Names).ToList();
            Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(names, name => Assert.Matches("^[A-Za-z0-9_]+$", name));
        }

        Assert.Equal(Enum.GetValues<FlightField>().Order(), FlightFamilies.All.SelectMany(family => family.Columns.Keys).Distinct().Order());
    }

    [Theory]
    [InlineData("2025-01-03", "2025-01-03")]
    [InlineData("1/3/2025", "2025-01-03")]
    [InlineData("01/03/2025 12:00:00 AM", "2025-01-03")]
    [InlineData("2025-01-03 00:00:00", "2025-01-03")]
    [InlineData("2025-01-03T00:00:00", "2025-01-03")]
    [InlineData("20250103", "2025-01-03")]
    [InlineData("13/1/2025", null)]
    [InlineData("2025-01-03 07:15:00", null)]
    [InlineData("1999-12-31", null)]
    [InlineData("", null)]
    public void A_date_in_one_column_is_read_in_the_spellings_of_BTS(string text, string? date)
    {
        using var file = Flights.Open($"FL_DATE,OP_CARRIER,OP_CARRIER_FL_NUM,ORIGIN,DEST,CRS_DEP_TIME,DEP_TIME\n{text},AA,1,JFK,LAX,700,\n");

        Assert.Equal(date is null ? null : $"AA 1 {date} JFK", Flights.Events(file).FirstOrDefault().Key);
        Assert.Equal(date is null ? 1 : 0, file.Counts.Refused);
    }

    [Theory]
    [InlineData("2025-01-03,AA,1,JFK,LAX,700,", "cancelled")]
    [InlineData("2025-01-03,AA,1,JFK,LAX,700,705", "departed")]
    public void Without_a_flag_a_leg_that_did_not_depart_was_cancelled(string row, string status)
    {
        using var file = Flights.Open($"FL_DATE,OP_CARRIER,OP_CARRIER_FL_NUM,ORIGIN,DEST,CRS_DEP_TIME,DEP_TIME\n{row}\n");

        Assert.Contains($"\"status\":\"{status}\"", Flights.Events(file)[^1].Json, StringComparison.Ordinal);
    }
}
