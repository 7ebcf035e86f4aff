namespace AirportOps.Cli.Tests.Support;

/// <summary>A small file of recorded flights in the columns of nycflights13.</summary>
internal static class Flights
{
    /// <summary>Two flights, three events each, and between them, on line 3, a row without a flight number.</summary>
    internal const string Csv = """
        year,month,day,dep_time,dep_delay,arr_time,arr_delay,carrier,tailnum,flight,origin,dest,air_time,distance,hour,minute
        2013,1,1,517,2,830,11,UA,N14228,1545,EWR,IAH,227,1400,5,17
        2013,1,1,533,4,850,20,UA,N24211,bad,LGA,IAH,227,1416,5,33
        2013,3,9,2306,81,203,89,B6,N658JB,35,JFK,PBI,141,1028,23,6

        """;

    internal const int Events = 6;

    /// <summary>What is said of line 3.</summary>
    internal const string Refusal = "flights.csv, line 3 is refused: flight is 'bad', expected a whole number from 1 to 9999";
}
