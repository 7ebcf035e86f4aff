using System.Globalization;
using System.IO.Compression;
using System.Text;
using AirportOps.Cli.Tests.Support;
using AirportOps.Ingest;

namespace AirportOps.Cli.Tests;

public sealed class IngestFlightsTests
{
    private const string AllRefused = "year,month,day,dep_time,dep_delay,carrier,flight,origin,dest\n2013,1,1,517,2,??,1,EWR,IAH\n2013,1,1,517,2,??,2,EWR,IAH\n";

    [Fact]
    public async Task A_folder_is_read_as_its_files_and_one_that_cannot_be_read_does_not_stop_the_others()
    {
        await using var folder = new TestFolder();
        Directory.CreateDirectory(folder["data/2013"]);
        folder.Write("data/readme.txt", "Flights of 2013.");
        folder.Write("data/2013/a.csv", Flights.Csv);
        folder.Write("data/2013/b.csv", AllRefused);

        var outcome = await folder.RunAsync("ingest", "flights", "data", "--to", "file:events.jsonl", "--json");

        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Equal(
            ["data/2013/a.csv 6", "data/2013/b.csv 0"],
            outcome.Json.GetProperty("files").EnumerateArray().Select(file => $"{file.GetProperty("file")} {file.GetProperty("events")}"));
        Assert.Contains(outcome.ErrorLines, line => line.StartsWith("data/readme.txt: the first line has none of the column names", StringComparison.Ordinal));
        Assert.Equal("airportops: 2 files could not be used, as said above; the others are sent.", outcome.ErrorLines[^1]);
        Assert.Equal(Flights.Events, File.ReadLines(folder["events.jsonl"]).Count());
    }

    [Fact]
    public async Task A_file_of_which_every_row_is_refused_is_a_failure()
    {
        await using var folder = new TestFolder();
        folder.Write("flights.csv", AllRefused);

        var outcome = await folder.RunAsync("ingest", "flights", "flights.csv", "--to", "file:events.jsonl");

        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Equal(
            "airportops: flights.csv: all 2 rows are refused; line 2: carrier is '??', expected an airline's IATA code. Nothing of it was sent.",
            outcome.ErrorLines[^1]);
    }

    /// <summary>The three days as BTS has them today: other names, quotes, decimals, a comma at the end, a zip file with a page of help.</summary>
    [Fact]
    public async Task The_present_format_of_the_three_days_gives_the_same_Gold()
    {
        await using var folder = new TestFolder();
        WritePresentFormat(folder["present.zip"]);
        string[] queries =
        [
            """
            SELECT f.airline, f.flight_number, f.flight_suffix, f.flight_date, f.origin, f.destination, f.status, f.tail_number, f.scheduled_departure,
                f.actual_departure, f.scheduled_arrival, f.actual_arrival, f.departure_delay_minutes, f.arrival_delay_minutes, f.carrier_minutes,
                f.weather_minutes, f.nas_minutes, f.security_minutes, f.late_aircraft_minutes, f.delay_cause, f.cancellation_cause, f.is_cancelled,
                f.is_diverted, f.first_event_time, f.last_event_time, f.event_count,
                l.airline_name, o.airport AS from_airport, d.airport AS to_airport, a.tail_number AS aircraft
            FROM gold.fact_flight f
            JOIN gold.dim_airline l ON l.airline_key = f.airline_key JOIN gold.dim_airport o ON o.airport_key = f.origin_airport_key
            JOIN gold.dim_airport d ON d.airport_key = f.destination_airport_key JOIN gold.dim_aircraft a ON a.aircraft_key = f.aircraft_key
            ORDER BY f.flight_date, f.airline, f.flight_number, f.origin
            """,
            "SELECT flight_date, status, previous_status, minutes_since_previous, changed_at, COUNT(*) FROM gold.fact_flight_status GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5",
            "SELECT * FROM bi.airline_delays_daily ORDER BY flight_date, airline",
            "SELECT * FROM bi.route_performance ORDER BY origin, destination",
            "SELECT status, wheels_off, wheels_on, COUNT(*) FROM staging.flight_event GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        ];

        (await folder.RunAsync("ingest", "flights", "--data", "known")).Done();
        (await folder.RunAsync("ingest", "flights", "present.zip", "--data", "present")).Done();
        foreach (var data in new[] { "known", "present" })
        {
            (await folder.RunAsync("run", "--once", "--data", data)).Done();
        }

        foreach (var query in queries)
        {
            var known = (await folder.RunAsync("sql", query, "--csv", "--data", "known")).Done().Output.Split('\n');
            Assert.Equal(known, (await folder.RunAsync("sql", query, "--csv", "--data", "present")).Done().Output.Split('\n'));
            Assert.InRange(known.Length, 20, int.MaxValue);
        }
    }

    private static void WritePresentFormat(string path)
    {
        using var reader = new StreamReader(new GZipStream(
            typeof(FlightFile).Assembly.GetManifestResourceStream("bts_us_2015-01-01_to_2015-01-03.csv.gz")!, CompressionMode.Decompress));
        var names = reader.ReadLine()!.Split(',').Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        using (var help = archive.CreateEntry("readme.html").Open())
        {
            help.Write("<html></html>"u8);
        }

        using var table = archive.CreateEntry("On_Time_Reporting_Carrier_On_Time_Performance_(1987_present)_2015_1.csv").Open();
        using var writer = new StreamWriter(table, Encoding.ASCII);
        writer.WriteLine(
            "\"Year\",\"Quarter\",\"Month\",\"DayofMonth\",\"DayOfWeek\",\"FlightDate\",\"Reporting_Airline\",\"DOT_ID_Reporting_Airline\","
            + "\"IATA_CODE_Reporting_Airline\",\"Tail_Number\",\"Flight_Number_Reporting_Airline\",\"OriginAirportID\",\"Origin\",\"OriginCityName\","
            + "\"DestAirportID\",\"Dest\",\"DestCityName\",\"CRSDepTime\",\"DepTime\",\"DepDelay\",\"TaxiOut\",\"WheelsOff\",\"WheelsOn\",\"TaxiIn\",\"CRSArrTime\","
            + "\"ArrTime\",\"ArrDelay\",\"Cancelled\",\"CancellationCode\",\"Diverted\",\"CRSElapsedTime\",\"ActualElapsedTime\",\"AirTime\",\"Flights\","
            + "\"Distance\",\"CarrierDelay\",\"WeatherDelay\",\"NASDelay\",\"SecurityDelay\",\"LateAircraftDelay\",");
        while (reader.ReadLine()?.Split(',') is { } row)
        {
            var airline = At("AIRLINE");
            string[] fields =
            [
                At("YEAR"), "1", At("MONTH"), At("DAY"), At("DAY_OF_WEEK"), $"{At("YEAR")}-{At("MONTH").PadLeft(2, '0')}-{At("DAY").PadLeft(2, '0')}", airline, "19805",
                airline, At("TAIL_NUMBER"), At("FLIGHT_NUMBER"), "12478", At("ORIGIN_AIRPORT"), "New York, NY",
                "12892", At("DESTINATION_AIRPORT"), "Los Angeles, CA", At("SCHEDULED_DEPARTURE"), At("DEPARTURE_TIME"), Decimal("DEPARTURE_DELAY"),
                Decimal("TAXI_OUT"), At("WHEELS_OFF"), At("WHEELS_ON"), Decimal("TAXI_IN"), At("SCHEDULED_ARRIVAL"),
                At("ARRIVAL_TIME"), Decimal("ARRIVAL_DELAY"), Decimal("CANCELLED"), At("CANCELLATION_REASON"), Decimal("DIVERTED"), Decimal("SCHEDULED_TIME"),
                Decimal("ELAPSED_TIME"), Decimal("AIR_TIME"), "1.00",
                Decimal("DISTANCE"), Decimal("AIRLINE_DELAY"), Decimal("WEATHER_DELAY"), Decimal("AIR_SYSTEM_DELAY"), Decimal("SECURITY_DELAY"),
                Decimal("LATE_AIRCRAFT_DELAY"),
            ];
            writer.WriteLine(string.Concat(fields.Select(field => $"\"{field}\",")));

            string At(string name) => row[names[name]];

            string Decimal(string name) =>
                At(name).Length == 0 ? "" : decimal.Parse(At(name), CultureInfo.InvariantCulture).ToString("0.00", CultureInfo.InvariantCulture);
        }
    }
}
