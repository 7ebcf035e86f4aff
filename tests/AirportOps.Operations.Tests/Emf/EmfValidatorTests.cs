namespace AirportOps.Operations.Tests.Emf;

/// <summary>The validator refuses what the specification refuses.</summary>
public sealed class EmfValidatorTests
{
    private const string Good =
        """{"_aws":{"Timestamp":1772366400000,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[["D"]],"Metrics":[{"Name":"M","Unit":"Count"}]}]},"D":"d","M":1}""";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1772366400000);

    [Fact]
    public void A_good_line_has_no_fault() => Assert.Empty(EmfValidator.Faults(Good, Now));

    [Theory]
    [InlineData("1772366400000", "1772366400", "Timestamp is not in milliseconds around now")]
    [InlineData("1772366400000", "\"2026-03-01\"", "Timestamp is no whole number")]
    [InlineData("\"Count\"", "\"Events\"", "metric M has the unit Events, which is none")]
    [InlineData(",\"M\":1", "", "metric M is neither a number nor 1 to 100 numbers at the root")]
    [InlineData(",\"M\":1", ",\"M\":\"1\"", "metric M is neither a number nor 1 to 100 numbers at the root")]
    [InlineData("\"d\"", "3", "dimension D has no value of 1 to 1024 printable characters at the root")]
    [InlineData("\"d\"", "\"\"", "dimension D has no value of 1 to 1024 printable characters at the root")]
    [InlineData("[[\"D\"]]", "[]", "a directive has no set of dimensions")]
    [InlineData("\"N\"", "\"\"", "Namespace is no string of 1 to 255 characters")]
    [InlineData("\"_aws\"", "\"_AWS\"", "the root is no object with the metadata object _aws")]
    [InlineData("{\"_aws\"", "note: {\"_aws\"", "no JSON")]
    public void A_bad_line_is_refused(string part, string instead, string fault) =>
        Assert.StartsWith(fault, Assert.Single(EmfValidator.Faults(Good.Replace(part, instead, StringComparison.Ordinal), Now)), StringComparison.Ordinal);
}
