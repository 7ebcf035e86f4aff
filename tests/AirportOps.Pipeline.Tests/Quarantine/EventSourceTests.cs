using System.Text;
using AirportOps.Pipeline.Quarantine;

namespace AirportOps.Pipeline.Tests.Quarantine;

public sealed class EventSourceTests
{
    [Theory]
    [InlineData("""{"source":"aodb"}""", "aodb")]
    [InlineData("""{"Source-System":" bhs ","gate":"A1"}""", "bhs")]
    [InlineData("""{"src":"second","source":"first"}""", "first")]
    [InlineData("""{"source":"first","src":"second"}""", "first")]
    [InlineData("""{"flight":{"source":"inner"},"legs":[{"source":"inner"}],"src":"outer"}""", "outer")]
    [InlineData("""[{"source":"one"},{"source":"two"}]""", "one")]
    [InlineData(""" "{\"source\":\"wrapped\"}" """, "wrapped")]
    [InlineData("\uFEFF{\"source\":\"marked\"}", "marked")]
    [InlineData("""{"source":"cut","status":"depar""", "cut")]
    [InlineData("""{"source":"broken","gate":A1}""", "broken")]
    [InlineData("""{"source":12,"gate":"A1"}""", null)]
    [InlineData("""{"source":""}""", null)]
    [InlineData("""{"gate":"A1"}""", null)]
    [InlineData("<flight/>", null)]
    [InlineData("true", null)]
    [InlineData("", null)]
    public void The_source_is_read_as_far_as_the_event_can_be(string raw, string? source) =>
        Assert.Equal(source, EventSource.Read(Encoding.UTF8.GetBytes(raw)));

    [Fact]
    public void Bytes_that_are_no_text_end_the_reading() =>
        Assert.Null(EventSource.Read(new byte[] { (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}' }));
}
