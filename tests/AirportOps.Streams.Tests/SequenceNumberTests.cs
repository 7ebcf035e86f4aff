using System.Numerics;
using System.Text;

namespace AirportOps.Streams.Tests;

public sealed class SequenceNumberTests
{
    private static readonly string[] Ascending =
    [
        "0", "1", "9", "10", "999999999999999999", "9999999999999999999", "10000000000000000000",
        "18446744073709551615", "18446744073709551616",
        "49590338271490256608559692538361571095921575989136588897", "49590338271490256608559692538361571095921575989136588898",
        new string('9', SequenceNumber.MaxDigits),
    ];

    [Fact]
    public void Numbers_are_ordered_by_value_whatever_their_length()
    {
        var numbers = Ascending.Select(SequenceNumber.Parse).ToArray();
        for (var left = 0; left < numbers.Length; left++)
        {
            for (var right = 0; right < numbers.Length; right++)
            {
                var expected = BigInteger.Parse(Ascending[left]).CompareTo(BigInteger.Parse(Ascending[right]));
                Assert.Equal(Math.Sign(expected), Math.Sign(numbers[left].CompareTo(numbers[right])));
                Assert.Equal(expected < 0, numbers[left] < numbers[right]);
                Assert.Equal(expected > 0, numbers[left] > numbers[right]);
                Assert.Equal(expected <= 0, numbers[left] <= numbers[right]);
                Assert.Equal(expected >= 0, numbers[left] >= numbers[right]);
                Assert.Equal(expected == 0, numbers[left] == numbers[right]);
                Assert.Equal(expected != 0, numbers[left] != numbers[right]);
                Assert.Equal(expected == 0, numbers[left].Equals((object)numbers[right]));
            }
        }
    }

    [Fact]
    public void The_text_is_the_digits_in_either_encoding()
    {
        foreach (var digits in Ascending)
        {
            var number = SequenceNumber.Parse(digits);
            var utf8 = new byte[SequenceNumber.MaxDigits];

            Assert.Equal(digits, number.ToString());
            Assert.True(number.TryFormat(utf8, out var written, default, null));
            Assert.Equal(digits, Encoding.UTF8.GetString(utf8, 0, written));
            Assert.False(number.TryFormat(utf8.AsSpan(0, digits.Length - 1), out _, default, null));
        }
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(9_999_999_999_999_999_999UL)]
    [InlineData(10_000_000_000_000_000_000UL)]
    [InlineData(ulong.MaxValue)]
    public void A_number_of_64_bits_equals_its_text_and_comes_back(ulong value)
    {
        var number = SequenceNumber.FromNumber(value);

        Assert.Equal(SequenceNumber.Parse(value.ToString()), number);
        Assert.Equal(SequenceNumber.Parse(value.ToString()).GetHashCode(), number.GetHashCode());
        Assert.True(number.TryGetNumber(out var back));
        Assert.Equal(value, back);
    }

    [Fact]
    public void A_longer_number_has_no_64_bits() => Assert.False(SequenceNumber.Parse("18446744073709551616").TryGetNumber(out _));

    [Fact]
    public void The_default_is_zero() => Assert.Equal(SequenceNumber.Parse("0"), default);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("١")]
    [InlineData("LATEST")]
    public void Anything_else_is_no_number(string? text) => Assert.False(SequenceNumber.TryParse(text, out _));

    [Fact]
    public void A_number_too_long_is_refused_by_its_text()
    {
        var error = Assert.Throws<FormatException>(() => SequenceNumber.Parse(new string('1', SequenceNumber.MaxDigits + 1)));

        Assert.Contains("expected 1 to 129 decimal digits", error.Message, StringComparison.Ordinal);
    }
}
