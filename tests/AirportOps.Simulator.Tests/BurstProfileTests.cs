namespace AirportOps.Simulator.Tests;

public sealed class BurstProfileTests
{
    [Fact]
    public void A_fifth_of_the_time_brings_three_fifths_of_the_events()
    {
        var profile = new BurstProfile(100);

        Assert.Equal(
            [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(32)],
            new long[] { 0, 300, 600, 800, 1_000, 3_600 }.Select(profile.DueAfter));
    }

    [Fact]
    public void The_average_is_the_rate()
    {
        Assert.Equal(TimeSpan.FromHours(1), new BurstProfile(250).DueAfter(250 * 3_600));
    }

    [Fact]
    public void A_rate_of_nothing_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new BurstProfile(0).DueAfter(1));
    }
}
