using System.Globalization;
using AirportOps.Reference.Time;
using NodaTime;

namespace AirportOps.Reference.Tests;

public sealed class LocalClockTests
{
    [Theory]
    [InlineData("America/New_York", "2026-03-01T09:05", "2026-03-01T14:05")]
    [InlineData("America/New_York", "2026-03-08T01:59", "2026-03-08T06:59")]
    [InlineData("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30")] // skipped: forward by the gap, 03:30 on the wall
    [InlineData("America/New_York", "2026-03-08T03:00", "2026-03-08T07:00")]
    [InlineData("America/New_York", "2025-11-02T01:30", "2025-11-02T05:30")] // repeated: the earlier instant
    [InlineData("America/New_York", "2025-11-02T02:00", "2025-11-02T07:00")]
    [InlineData("Australia/Lord_Howe", "2025-10-05T02:15", "2025-10-04T15:45")] // a gap of half an hour
    [InlineData("Asia/Calcutta", "2026-01-01T05:30", "2026-01-01T00:00")]
    [InlineData("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00")] // a whole day skipped
    public void A_wall_time_has_one_instant(string zone, string wall, string utc) =>
        Assert.Equal(Micros(utc), LocalClock.Find(zone)!.ToUtc(Micros(wall)));

    [Fact]
    public void Wall_times_and_instants_agree_with_the_database_around_every_change()
    {
        string[] zones = ["America/New_York", "America/Sao_Paulo", "Europe/London", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"];
        foreach (var zone in zones)
        {
            var clock = LocalClock.Find(zone)!;
            var rules = DateTimeZoneProviders.Tzdb[zone];
            var changes = rules.GetZoneIntervals(Instant.FromUtc(1990, 1, 1, 0, 0), Instant.FromUtc(2050, 1, 1, 0, 0)).Skip(1).Select(i => i.Start);
            foreach (var instant in changes.SelectMany(change => Enumerable.Range(-150, 300).Select(n => change + Duration.FromMinutes(n))))
            {
                var utc = instant.ToUnixTimeTicks() / 10;
                var local = instant.InZone(rules).LocalDateTime;
                Assert.Equal(local.ToDateTimeUnspecified(), DateTime.UnixEpoch.AddMicroseconds(clock.ToWall(utc)));
                Assert.Equal(local.Date.ToDateOnly(), DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(clock.DayAt(utc)));
                Assert.Equal(
                    local.InZone(rules, NodaTime.TimeZones.Resolvers.LenientResolver).ToInstant().ToUnixTimeTicks() / 10,
                    clock.ToUtc(clock.ToWall(utc)));
            }
        }
    }

    [Fact]
    public void A_zone_that_the_database_does_not_have_is_not_found()
    {
        Assert.Null(LocalClock.Find("Mars/Olympus"));
        Assert.Null(LocalClock.Find(null));
    }

    private static long Micros(string text) =>
        (DateTime.ParseExact(text, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) - DateTime.UnixEpoch).Ticks / 10;
}
