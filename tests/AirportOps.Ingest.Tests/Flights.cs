using System.Text;
using AirportOps.Reference;

namespace AirportOps.Ingest.Tests;

/// <summary>Opens flight files that tests write by hand, and reads them whole.</summary>
internal static class Flights
{
    public const string BtsHeader =
        "YEAR,MONTH,DAY,DAY_OF_WEEK,AIRLINE,FLIGHT_NUMBER,TAIL_NUMBER,ORIGIN_AIRPORT,DESTINATION_AIRPORT,SCHEDULED_DEPARTURE,DEPARTURE_TIME,"
        + "DEPARTURE_DELAY,TAXI_OUT,WHEELS_OFF,SCHEDULED_TIME,ELAPSED_TIME,AIR_TIME,DISTANCE,WHEELS_ON,TAXI_IN,SCHEDULED_ARRIVAL,ARRIVAL_TIME,"
        + "ARRIVAL_DELAY,DIVERTED,CANCELLED,CANCELLATION_REASON,AIR_SYSTEM_DELAY,SECURITY_DELAY,AIRLINE_DELAY,LATE_AIRCRAFT_DELAY,WEATHER_DELAY";

    /// <summary>A BTS row that nothing is wrong with.</summary>
    public const string BtsRow = "2015,1,1,4,AS,98,N407AS,ANC,SEA,0005,2354,-11,21,0015,205,194,169,1448,0404,4,0430,0408,-22,0,0,,,,,,";

    public static FlightFile Open(string text) => Open(Encoding.UTF8.GetBytes(text));

    public static FlightFile Open(byte[] content) => FlightFile.Open("flights.csv", new MemoryStream(content), ReferenceTables.Default);

    public static FlightFile OpenBts(params string[] rows) => Open(string.Join('\n', [BtsHeader, .. rows]) + "\n");

    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Flights).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>Every event of a file, as partition key and JSON.</summary>
    public static List<(string Key, string Json)> Events(FlightFile file, int maxRows = 1000)
    {
        var events = new List<(string, string)>();
        var batch = new FlightEventBatch();
        while (file.Read(batch, maxRows))
        {
            events.AddRange(batch.Select(e => (e.PartitionKey, Encoding.UTF8.GetString(e.Data.Span))));
        }

        return events;
    }

    public static List<RefusedRow> Refused(FlightFile file)
    {
        var refused = new List<RefusedRow>();
        var batch = new FlightEventBatch();
        while (file.Read(batch, maxRows: 2))
        {
            refused.AddRange(batch.Refused);
        }

        return refused;
    }
}
