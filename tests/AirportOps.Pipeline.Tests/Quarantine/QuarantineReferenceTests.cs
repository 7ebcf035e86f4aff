using AirportOps.Pipeline.Quarantine;

namespace AirportOps.Pipeline.Tests.Quarantine;

public sealed class QuarantineReferenceTests
{
    private static readonly QuarantineReference Line = new("quarantine/date=2026-03-01/events-shard-0-000000000001-0123456789abcdef.jsonl.gz", 42);

    [Theory]
    [InlineData("date=2026-03-01/events-shard-0-000000000001-0123456789abcdef:42")]
    [InlineData("quarantine/date=2026-03-01/events-shard-0-000000000001-0123456789abcdef.jsonl.gz:42")]
    public void The_short_form_and_the_whole_key_name_the_same_line(string text)
    {
        Assert.True(QuarantineReference.TryParse(text, out var read));
        Assert.Equal(Line, read);
        Assert.Equal("date=2026-03-01/events-shard-0-000000000001-0123456789abcdef:42", read.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("date=2026-03-01/x")]
    [InlineData("date=2026-03-01/x:0")]
    [InlineData("date=2026-03-01/x:-1")]
    [InlineData("date=2026-03-01/x:one")]
    [InlineData(":1")]
    public void What_names_no_line_is_no_reference(string text) => Assert.False(QuarantineReference.TryParse(text, out _));
}
