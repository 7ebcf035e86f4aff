namespace AirportOps.Ingest.Tests;

public sealed class RefusedRowTests
{
    [Theory]
    [InlineData(",98,", ",ninety,", "FLIGHT_NUMBER is 'ninety', expected a whole number from 1 to 9999")]
    [InlineData(",98,", ",,", "FLIGHT_NUMBER is '', expected a whole number from 1 to 9999")]
    [InlineData(",98,", ",0,", "FLIGHT_NUMBER is '0', expected a whole number from 1 to 9999")]
    [InlineData("2015,1,1,", "2015,2,29,", "DAY is '29', expected a day of the month")]
    [InlineData("2015,1,1,", "2000,1,2,", "DAY is '2', expected a date from 2000-01-03 on")]
    [InlineData("2015,1,1,", "15,1,1,", "YEAR is '15', expected a whole number from 2000 to 2099")]
    [InlineData(",AS,", ",ZZZ,", "AIRLINE is 'ZZZ', expected an airline's IATA code")]
    [InlineData(",ANC,", ",11298,", "ORIGIN_AIRPORT is '11298', expected the IATA code of an airport whose time zone is known")]
    [InlineData(",SEA,", ",,", "DESTINATION_AIRPORT is '', expected the IATA code of an airport whose time zone is known")]
    [InlineData(",2354,", ",2360,", "DEPARTURE_TIME is '2360', expected a clock HHMM from 0000 to 2400")]
    [InlineData(",0408,", ",2401,", "ARRIVAL_TIME is '2401', expected a whole number from 0 to 2400")]
    [InlineData(",0005,", ",five past,", "SCHEDULED_DEPARTURE is 'five past', expected a whole number from 0 to 2400")]
    [InlineData(",-22,0,0,,", ",-22,0,2,,", "CANCELLED is '2', expected a whole number from 0 to 1")]
    [InlineData(",-22,0,0,,", ",-22,1,1,,", "CANCELLED and DIVERTED are both 1")]
    [InlineData(",-22,0,0,,", ",-22,0,1,E,", "CANCELLATION_REASON is 'E', expected A, B, C, D or nothing")]
    [InlineData(",194,", ",-4,", "ELAPSED_TIME is '-4', expected a whole number from 0 to 10000")]
    [InlineData("0005,2354,-11,", ",,,", "it has no time and is not cancelled")]
    [InlineData(",N407AS,", ",", "it has 30 fields, the header 31")]
    [InlineData(",N407AS,", ",N\"407AS,", "a quote stands where none may")]
    public void A_bad_row_is_refused_with_its_line_and_reason_and_the_rest_goes_on(string found, string replacement, string reason)
    {
        Assert.Contains(found, Flights.BtsRow, StringComparison.Ordinal);
        var bad = Flights.BtsRow.Replace(found, replacement, StringComparison.Ordinal);
        using var file = Flights.OpenBts(Flights.BtsRow, "", bad, Flights.BtsRow);

        Assert.Equal([new RefusedRow(4, reason)], Flights.Refused(file));
        Assert.Equal(new FlightFileCounts(Rows: 3, Legs: 2, Events: 6, Refused: 1), file.Counts);
    }

    [Fact]
    public void What_a_bad_field_holds_is_shown_up_to_a_length()
    {
        using var file = Flights.OpenBts(Flights.BtsRow.Replace("N407AS,ANC", "N407AS," + new string('x', 1000), StringComparison.Ordinal));

        Assert.Equal(
            [new RefusedRow(2, $"ORIGIN_AIRPORT is '{new string('x', 40)}…', expected the IATA code of an airport whose time zone is known")],
            Flights.Refused(file));
    }

    [Fact]
    public void An_arrival_before_the_departure_is_refused()
    {
        const string Header = "year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,tailnum,origin,dest,distance";
        using var file = Flights.Open($"{Header}\n2022,1,1,601,600,1,410,734,-204,DL,4,N970AT,LEX,ATL,304\n");

        Assert.Equal([new RefusedRow(2, "the arrival lies before the departure")], Flights.Refused(file));
    }
}
