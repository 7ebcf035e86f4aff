using System.Text;
using AirportOps.Parquet.Encodings;

namespace AirportOps.Parquet.Tests.Encodings;

public sealed class DictionaryTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(300, 2)]
    [InlineData(20_000, 3)]
    public void Entries_stand_in_order_of_appearance_and_indexes_lead_to_them(int distinct, int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, 8 * distinct).Select(_ => random.NextInt64(distinct) * 60_000_000).ToArray();
        using var numbers = new FixedWidthDictionary<long>();
        using var strings = new Utf8Dictionary();
        var (bytes, offsets) = Strings(values.Select(value => $"{value}"));
        var indexes = new int[values.Length];

        Assert.True(numbers.TryEncode(values, indexes, 1 << 20));
        Assert.Equal(values.Distinct(), numbers.Entries.ToArray());
        Assert.Equal(values, indexes.Select(index => numbers.Entries[index]));

        Assert.True(strings.TryEncode(bytes, offsets, indexes, 1 << 20));
        Assert.Equal(values, indexes.Select(index => long.Parse(Encoding.UTF8.GetString(strings.Entry(index)), null)));
        Assert.Equal(values.Distinct().Sum(value => 4L + $"{value}".Length), strings.Page.Length);
    }

    [Fact]
    public void A_dictionary_over_its_limit_is_given_up()
    {
        var values = Enumerable.Range(0, 4000).Select(i => i % 100).ToArray();
        using var numbers = new FixedWidthDictionary<int>();
        using var strings = new Utf8Dictionary();
        var (bytes, offsets) = Strings(values.Select(value => $"{value:D2}"));

        Assert.True(numbers.TryEncode(values, new int[4000], 400));
        Assert.False(numbers.TryEncode(values, new int[4000], 399));
        Assert.True(strings.TryEncode(bytes, offsets, new int[4000], 600));
        Assert.False(strings.TryEncode(bytes, offsets, new int[4000], 599));
    }

    [Fact]
    public void Unique_values_are_given_up_after_the_sample()
    {
        var values = Enumerable.Range(0, 100_000).ToArray();
        using var dictionary = new FixedWidthDictionary<int>();

        Assert.False(dictionary.TryEncode(values, new int[values.Length], 1 << 20));
        Assert.Equal(DictionaryRule.SampleSize, dictionary.Count);
    }

    [Fact]
    public void A_dictionary_larger_than_the_values_is_not_used()
    {
        using var dictionary = new FixedWidthDictionary<int>();

        Assert.False(dictionary.TryEncode([1, 2, 3, 1], new int[4], 1 << 20));
    }

    [Fact]
    public void Values_made_to_collide_are_given_up_in_bounded_time()
    {
        // Multiplied by the inverse of the hash's factor, the numbers from 0 up are their own hashes: all the same in the upper half.
        const ulong inverse = 0xF1DE83E19937733D;
        var values = Enumerable.Range(0, 50_000).Select(i => unchecked((long)((ulong)i % 30_000 * inverse))).ToArray();
        using var dictionary = new FixedWidthDictionary<long>();

        Assert.Equal(1UL, unchecked(inverse * 0x9E3779B97F4A7C15));
        Assert.False(dictionary.TryEncode(values, new int[values.Length], 1 << 20));
        Assert.InRange(dictionary.Count, 1, 1000);
    }

    [Fact]
    public void Equal_strings_hash_equal_wherever_they_lie_and_others_spread()
    {
        var random = new Random(5);
        var memory = new byte[300];
        random.NextBytes(memory);
        for (var length = 0; length < 100; length++)
        {
            memory.AsSpan(0, length).CopyTo(memory.AsSpan(150));
            Assert.Equal(ByteKey.Of(memory.AsSpan(0, length)), ByteKey.Of(memory.AsSpan(150, length)));
        }

        var hashes = Enumerable.Range(0, 100_000).Select(i => ByteKey.Of(Encoding.UTF8.GetBytes($"evt-{i}")).Hash).Distinct().Count();
        Assert.InRange(hashes, 99_990, 100_000);
    }

    private static (byte[] Bytes, int[] Offsets) Strings(IEnumerable<string> values)
    {
        var encoded = values.Select(Encoding.UTF8.GetBytes).ToArray();
        var offsets = new int[encoded.Length + 1];
        for (var i = 0; i < encoded.Length; i++)
        {
            offsets[i + 1] = offsets[i] + encoded[i].Length;
        }

        return ([.. encoded.SelectMany(value => value)], offsets);
    }
}
