using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

public sealed class TroubleTests
{
    [Theory]
    [InlineData("ingest flights absent.csv", "absent.csv: Could not find file ")]
    [InlineData("ingest flights .", "2 files could not be used, as said above; the others are sent.")]
    [InlineData("ingest flights folder", "folder is a folder without files. Name one that has some.")]
    [InlineData("ingest flights fruit.csv", "fruit.csv: the first line has none of the column names of BTS, hflights, lexflights or nycflights13.")]
    [InlineData("ingest flights empty.csv", "empty.csv: the file is empty; expected a header line with column names.")]
    [InlineData("bronze --once --data fruit.csv", "Can't open the stream in '{0}/fruit.csv/stream/airport-events': ")]
    [InlineData("bronze --once --lake file:fruit.csv", "Can't open the lake '{0}/fruit.csv': ")]
    [InlineData("load --warehouse local:fruit.csv", "The local warehouse {0}/fruit.csv can't be used: ")]
    [InlineData("verify --no-gold --ledger absent.jsonl", "The ledger absent.jsonl can't be read: Could not find file ")]
    [InlineData("verify --no-gold --ledger fruit.csv", "fruit.csv, line 1 is no line of a ledger: expected an object with \"expect\"")]
    [InlineData("verify --no-gold --ledger .", "The ledger . can't be read: ")]
    [InlineData("simulate --events 100 --to file:absent/records.jsonl", "Can't create 'absent/records.jsonl': ")]
    [InlineData("simulate --events 100 --ledger absent/ledger.jsonl", "Could not find a part of the path '{0}/absent/ledger.jsonl'.")]
    public async Task Trouble_outside_is_one_line_that_says_what_and_where(string arguments, string line)
    {
        await using var folder = new TestFolder();
        folder.Write("fruit.csv", "apple,pear\n1,2\n");
        folder.Write("empty.csv", "");
        Directory.CreateDirectory(folder["folder"]);

        var outcome = await folder.RunAsync(arguments.Split(' '));

        Assert.StartsWith(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, folder.Path), outcome.Failed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_one_line()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        await using var folder = new TestFolder();

        var records = await folder.RunAsync("simulate", "--events", "5000", "--to", "file:/dev/full");
        var ledger = await folder.RunAsync("simulate", "--events", "5000", "--to", "file:records.jsonl", "--ledger", "/dev/full");

        Assert.EndsWith(" '/dev/full': the disk is full; free space and it goes on.", records.Failed(), StringComparison.Ordinal);
        Assert.Contains("'/dev/full'", ledger.Failed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Postgres_programs_that_are_not_where_the_setting_says_are_one_line()
    {
        await using var folder = new TestFolder();
        Directory.CreateDirectory(folder["empty"]);
        var settings = new Dictionary<string, string> { ["AIRPORTOPS_PG_BIN"] = folder["empty"] };

        foreach (var verb in new[] { "load", "demo" })
        {
            Assert.StartsWith(
                $"AIRPORTOPS_PG_BIN names {folder["empty"]}, which has no PostgreSQL 15 or newer programs (initdb, pg_ctl, postgres); found none.",
                (await folder.RunAsync(settings, verb)).Failed(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stream_that_another_writer_holds_is_left_to_it()
    {
        await using var folder = new TestFolder();
        var holder = folder.Start("simulate", "--events", "1000000", "--rate", "10");
        await TestFolder.UntilAsync(() => File.Exists(folder[".airportops/stream/airport-events/writer.txt"]), holder);

        var second = await folder.RunAsync("simulate", "--events", "100");

        Assert.Contains($"{folder[".airportops/stream/airport-events"]}", second.Failed(), StringComparison.Ordinal);
        Assert.False(holder.HasEnded);
    }

    [Fact]
    public async Task A_bad_row_of_flights_is_refused_with_its_line_and_the_rest_goes_on()
    {
        await using var folder = new TestFolder();
        folder.Write("flights.csv", Flights.Csv);

        var outcome = (await folder.RunAsync("ingest", "flights", "flights.csv", "--to", "file:events.jsonl", "--json")).Done();

        Assert.Equal(["flights.csv is read as nycflights13; not used: hour, minute", Flights.Refusal], outcome.ErrorLines.Take(2));
        Assert.Equal(
            """{"file":"flights.csv","family":"nycflights13","rows":3,"legs":2,"events":6,"refused":1}""",
            System.Text.Json.JsonSerializer.Serialize(Assert.Single(outcome.Json.GetProperty("files").EnumerateArray())));
        Assert.Equal(Flights.Events, File.ReadLines(folder["events.jsonl"]).Count());
    }
}
