using System.Text;

namespace AirportOps.Lake.Tests;

public sealed class LakeKeyTests
{
    [Fact]
    public void The_order_of_keys_is_that_of_their_bytes()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        string[] alphabet = ["a", "b", "/", "-", "0", "é", "\uD7FF", "\uE000", "\uFFFD", "\U00010000", "\U0010FFFF", "\U0001F6EB"];
        var keys = Enumerable.Range(0, 400).Select(_ => string.Concat(random.GetItems(alphabet, random.Next(5)))).ToArray();
        foreach (var left in keys)
        {
            foreach (var right in keys)
            {
                var expected = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
                Assert.True(
                    Math.Sign(expected) == Math.Sign(LakeKey.Comparer.Compare(left, right)), $"'{left}' and '{right}', seed {Seed}");
            }
        }
    }

    [Theory]
    [InlineData("", "a segment is empty")]
    [InlineData("a//b", "a segment is empty")]
    [InlineData("a/../b", "a segment starts with a dot")]
    [InlineData("a\\b", "it has a backslash or a control character")]
    public void What_is_wrong_with_a_key_is_said(string key, string fault)
    {
        var error = Assert.Throws<ArgumentException>(() => LakeKey.Validate(key));

        Assert.StartsWith($"'{key}' is no key: {fault}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_are_counted_in_bytes()
    {
        LakeKey.Validate(new string('é', 127) + "x");
        var longest = string.Join('/', Enumerable.Repeat(new string('x', 204), 5));
        LakeKey.Validate(longest);

        Assert.Contains("a segment has more than 255 bytes", Fault(new string('é', 128)), StringComparison.Ordinal);
        Assert.Contains("it has more than 1024 bytes", Fault(longest + "y"), StringComparison.Ordinal);

        static string Fault(string key) => Assert.Throws<ArgumentException>(() => LakeKey.Validate(key)).Message;
    }
}
