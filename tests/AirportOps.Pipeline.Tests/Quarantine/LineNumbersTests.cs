using AirportOps.Pipeline.Quarantine;

namespace AirportOps.Pipeline.Tests.Quarantine;

public sealed class LineNumbersTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("7", 7L)]
    [InlineData("1-3,7,9-10", 1L, 2L, 3L, 7L, 9L, 10L)]
    public void Runs_are_drawn_together_and_read_back(string? text, params long[] numbers)
    {
        Assert.Equal(text, LineNumbers.Format(numbers));
        Assert.Equal(numbers, LineNumbers.Parse(text));
    }

    [Fact]
    public void Any_ascending_numbers_are_read_back()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var numbers = Enumerable.Range(1, 60).Where(_ => random.Next(3) > 0).Select(number => (long)number).ToArray();
            Assert.Equal(numbers, LineNumbers.Parse(LineNumbers.Format(numbers)));
        }
    }
}
