namespace AirportOps.Ingest.Tests;

public sealed class ClockCheckTests
{
    [Fact]
    public void A_clock_that_does_not_fit_is_counted_and_shown()
    {
        using var file = Flights.OpenBts(
            Flights.BtsRow,
            Flights.BtsRow.Replace(",2354,", ",2355,", StringComparison.Ordinal),
            Flights.BtsRow.Replace(",0408,", ",0508,", StringComparison.Ordinal),
            Flights.BtsRow.Replace(",98,", ",,", StringComparison.Ordinal));

        var report = ClockCheck.Run(file, TestContext.Current.CancellationToken);

        Assert.Equal((4, 1), (report.Rows, report.Refused));
        Assert.Equal((3, 2, 3, 2), (report.Departures, report.DeparturesEqual, report.Arrivals, report.ArrivalsEqual));
        Assert.Equal([new ClockDifference(3, "departure", 1435, 1434), new ClockDifference(4, "arrival", 308, 248)], report.Differences);
    }

    [Fact]
    public void An_arrival_found_from_its_clock_must_leave_little_time_on_the_ground()
    {
        const string Header = "year,month,day,dep_time,dep_delay,arr_time,arr_delay,carrier,tailnum,flight,origin,dest,air_time,distance";
        using var file = Flights.Open($"{Header}\n2013,1,1,517,2,830,11,UA,N14228,1545,EWR,IAH,227,1400\n2013,1,2,517,2,730,11,UA,N14228,1545,EWR,IAH,227,1400\n");

        var report = ClockCheck.Run(file, TestContext.Current.CancellationToken);

        Assert.Equal((2, 1), (report.Arrivals, report.ArrivalsEqual));
        Assert.Equal([new ClockDifference(3, "minutes on the ground", 360, 1406)], report.Differences);
    }
}
