using System.IO.Compression;
using System.Text;
using AirportOps.Reference;

namespace AirportOps.Ingest.Tests;

public sealed class FlightFileTests
{
    [Fact]
    public void The_family_follows_from_the_names_in_the_header_whatever_their_case_order_and_company()
    {
        const string Header = "\ufeffNote,ARR_DELAY,arr_time,Dep_Delay,dep_time,day,month,year,carrier,\"flight\",tailnum,origin,dest, distance ,air_time";
        using var file = Flights.Open($"{Header}\r\n\"a \"\"note\"\", long\",11,830.0,2.0,517,1,1,2013,UA,1545,N14228,\"EWR\",IAH,1400,227\r\n");

        var events = Flights.Events(file);

        Assert.Equal("nycflights13", file.Family);
        Assert.Equal(3, events.Count);
        Assert.Contains("\"actual_arrival\":\"2013-01-01T14:30:00Z\"", events[2].Json, StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_is_known_by_its_content_not_by_the_file_s_name()
    {
        using var plain = Flights.OpenBts(Flights.BtsRow);
        using var compressed = Flights.Open(Compress($"{Flights.BtsHeader}\n{Flights.BtsRow}\n"));

        Assert.Equal(Flights.Events(plain), Flights.Events(compressed));
    }

    [Theory]
    [InlineData("", "flights.csv: the file is empty; expected a header line with column names.")]
    [InlineData(
        "a,b,c\n1,2,3\n",
        "flights.csv: the first line has none of the column names of BTS, hflights, lexflights or nycflights13. Name a file with such a header.")]
    [InlineData(
        "year,month,day,dep_time,dep_delay,arr_time,arr_delay,carrier,tailnum,origin,dest,air_time\n",
        "flights.csv: the header is of no known family; it comes nearest to nycflights13 and lacks flight. Add these columns.")]
    public void A_header_of_no_known_family_is_one_clear_line(string text, string message)
    {
        var exception = Assert.Throws<FlightFileException>(() => Flights.Open(text));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData(",", "", 0)] // the header ends in a comma, the row need not
    [InlineData(",", ",", 0)]
    [InlineData("", ",", 1)] // a comma too many may be one within a field, after which all columns are others
    public void A_comma_at_the_end_of_the_header_names_no_column(string header, string row, long refused)
    {
        using var file = Flights.Open($"{Flights.BtsHeader}{header}\n{Flights.BtsRow}{row}\n");

        Assert.Equal(refused, Flights.Refused(file).Count);
        Assert.Equal(["DAY_OF_WEEK"], file.UnknownColumns);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_clear_line()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "flights.csv");

        var exception = Assert.Throws<FlightFileException>(() => FlightFile.Open(path, ReferenceTables.Default));

        Assert.StartsWith($"{path}: Could not find", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_download_gives_what_is_whole_and_then_fails()
    {
        var rows = Enumerable.Range(1, 5000).Select(number => Flights.BtsRow.Replace(",98,", $",{number},", StringComparison.Ordinal));
        var compressed = Compress(string.Join('\n', [Flights.BtsHeader, .. rows]));
        using var file = Flights.Open(compressed[..^100]);
        var batch = new FlightEventBatch();

        var exception = Assert.Throws<FlightFileException>(() =>
        {
            while (file.Read(batch, maxRows: 1))
            {
                Assert.Empty(batch.Refused);
            }
        });

        Assert.Matches(
            @"^flights\.csv, after line \d+: gzip member 1, which begins at byte 0, ends early, at byte \d+\. Fetch the file again, or decompress it first\.$",
            exception.Message);
        Assert.Empty(batch);
        Assert.InRange(file.Counts.Legs, 1, 4999);
    }

    [Fact]
    public void Damaged_gzip_is_one_clear_line()
    {
        var compressed = Compress(string.Join('\n', [Flights.BtsHeader, .. Enumerable.Repeat(Flights.BtsRow, 5000)]));
        compressed.AsSpan(compressed.Length / 2, 20).Fill(0xff);

        var exception = Assert.Throws<FlightFileException>(() =>
        {
            using var file = Flights.Open(compressed);
            Flights.Events(file);
        });

        Assert.StartsWith("flights.csv, after line ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_never_closed_does_not_swallow_the_file()
    {
        using var file = Flights.OpenBts([Flights.BtsRow.Replace("N407AS", "\"N407AS", StringComparison.Ordinal), .. Enumerable.Repeat(Flights.BtsRow, 100)]);

        var exception = Assert.Throws<FlightFileException>(() => Flights.Events(file));

        Assert.EndsWith(
            "a field is longer than 4096 characters. Look there for a quote that is never closed.", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Compress(string text)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return result.ToArray();
    }
}
