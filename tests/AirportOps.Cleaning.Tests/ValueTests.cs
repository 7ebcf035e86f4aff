using System.Globalization;
using System.Text;
using AirportOps.Cleaning.Text;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning.Tests;

/// <summary>The parsers of single values against the framework's.</summary>
public sealed class ValueTests
{
    [Fact]
    public void Days_are_those_of_the_calendar_from_year_1_to_9999()
    {
        var day = DateOnly.MinValue.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        for (var date = DateOnly.MinValue; date < DateOnly.MaxValue; date = date.AddDays(1), day++)
        {
            Assert.True(CalendarDate.TryCreate(date.Year, date.Month, date.Day, out var actual) && actual == day, $"{date:O}: {actual}");
        }
    }

    [Theory]
    [InlineData(31)]
    public void Numbers_are_the_nearest_doubles(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 100_000; i++)
        {
            var text = Number(random);
            var bytes = Encoding.ASCII.GetBytes(text);

            Assert.True(NumberText.TryParse(bytes, out var number), text);
            var expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            Assert.True(expected == number.ToDouble(bytes), $"seed {seed}: {text}");
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && text.Length < 18)
            {
                var isWhole = exact == decimal.Truncate(exact) && Math.Abs(exact) < long.MaxValue;
                Assert.True(number.TryToInteger(out var whole) == isWhole && (!isWhole || whole == exact), $"seed {seed}: {text}");
            }
        }
    }

    /// <summary>Published values of MurmurHash3 x64 128 with seed 0.</summary>
    [Theory]
    [InlineData("", "00000000000000000000000000000000")]
    [InlineData("hello", "cbd8a7b341bd9b025b1e906a48ae1d19")]
    [InlineData("The quick brown fox jumps over the lazy dog", "e34bbc7bbc071b6c7a433ca9c49a9347")]
    public void Ids_have_stable_hashes(string text, string expected) =>
        Assert.Equal(expected, StableHash.Hash128(Encoding.UTF8.GetBytes(text)).ToString("x32", CultureInfo.InvariantCulture));

    private static string Number(Random random)
    {
        var text = new StringBuilder(random.Next(2) == 0 ? "-" : "").Append(random.NextInt64(random.Next(4) == 0 ? long.MaxValue : 100_000));
        if (random.Next(3) > 0)
        {
            text.Append('.').Append(random.NextInt64(random.Next(4) == 0 ? long.MaxValue : 1_000));
        }

        if (random.Next(3) == 0)
        {
            text.Append('e').Append(random.Next(-30, 30));
        }

        return text.ToString();
    }
}
