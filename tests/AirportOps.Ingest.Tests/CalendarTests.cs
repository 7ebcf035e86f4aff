using System.Globalization;
using AirportOps.Reference.Time;

namespace AirportOps.Ingest.Tests;

public sealed class CalendarTests
{
    [Theory]
    [InlineData("2013-01-01T15:00Z", 10 * 60, "2013-01-01T15:00Z")] // now
    [InlineData("2013-01-01T15:01Z", 10 * 60, "2013-01-02T15:00Z")] // just over
    [InlineData("2013-01-01T15:00Z", 1440, "2013-01-02T05:00Z")]
    [InlineData("2013-03-10T06:30Z", 123, "2013-03-10T07:03Z")] // 02:03 is skipped, and counts as 03:03
    [InlineData("2013-11-03T05:00Z", 90, "2013-11-03T05:30Z")] // 01:30, before the change
    [InlineData("2013-11-03T05:40Z", 90, "2013-11-03T06:30Z")] // 01:30 again, after it
    [InlineData("2013-11-03T06:40Z", 90, "2013-11-04T06:30Z")]
    public void The_first_instant_of_a_clock_is_found_across_midnights_and_clock_changes(string earliest, int minuteOfDay, string expected)
    {
        var found = Calendar.FirstAtOrAfter(LocalClock.Find("America/New_York")!, Micros(earliest), minuteOfDay);

        Assert.Equal(expected, DateTimeOffset.FromUnixTimeMilliseconds(found / 1000).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));
    }

    private static long Micros(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1000;
}
