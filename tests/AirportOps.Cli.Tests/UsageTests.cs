using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "Required command was not provided (./airportops --help shows what there is)")]
    [InlineData("migrate", "Required command was not provided (./airportops migrate --help shows what there is)")]
    [InlineData("nope", "there is no verb 'nope' (./airportops --help shows what there is)")]
    [InlineData("gold nope", "there is no verb 'nope' (./airportops gold --help shows what there is)")]
    [InlineData("silver --nope", "there is no option '--nope' (./airportops silver --help shows what there is)")]
    [InlineData("silver --once extra", "'extra' is one word too many (./airportops silver --help shows what there is)")]
    [InlineData("simulate --events", "Required argument missing for option: '--events' (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --events x", "--events is 'x', expected a whole number (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --seed -1", "--seed is '-1', expected a whole number from 0 (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --mess lots", "--mess is 'lots', expected a number (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --date 2024-13-01", "--date is '2024-13-01', expected a date YYYY-MM-DD (./airportops simulate --help shows what there is)")]
    [InlineData("sql --timeout soon", "--timeout is 'soon', expected a number (./airportops sql --help shows what there is)")]
    [InlineData("simulate --mess 0,1", "--mess is '0,1', expected a number (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --rate 5,5", "--rate is '5,5', expected a number (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --rate 1,000.5", "--rate is '1,000.5', expected a number (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --rate NaN", "--rate is 'NaN', expected a number (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --rate Infinity", "--rate is 'Infinity', expected a number (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --events 1,000", "--events is '1,000', expected a whole number (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --events 0x10", "--events is '0x10', expected a whole number (./airportops simulate --help shows what there is)")]
    [InlineData("simulate --date 2024-5-1", "--date is '2024-5-1', expected a date YYYY-MM-DD (./airportops simulate --help shows what there is)")]
    [InlineData("clean --nope a.jsonl --out o", "there is no option '--nope' (./airportops clean --help shows what there is)")]
    [InlineData("clean a.jsonl --out o --nope=3", "there is no option '--nope=3' (./airportops clean --help shows what there is)")]
    [InlineData("ingest flights --nope", "there is no option '--nope' (./airportops ingest flights --help shows what there is)")]
    [InlineData("sql --nope", "there is no option '--nope' (./airportops sql --help shows what there is)")]
    [InlineData("verify", "Option '--ledger' is required (./airportops verify --help shows what there is)")]
    [InlineData("simulate --events 0", "Events is 0; it must be 1 to 1000000000.")]
    [InlineData("simulate --mess 1.5", "Mess is 1.5; it is a share, 0 to 1.")]
    [InlineData("simulate --rate 0", "--rate is 0; expected events a second, up to 10,000,000")]
    [InlineData("simulate --to nowhere", "--to is 'nowhere'; expected file:PATH or -")]
    [InlineData("simulate --endless --ledger l", "--endless and --ledger don't go together: a ledger is of one run")]
    [InlineData("health --within 0", "--within must be over 0, to 86400 seconds")]
    [InlineData("demo --events -5", "Events is -5; it must be 1 to 1000000000.")]
    [InlineData("sql --timeout 0 SELECT", "--timeout must be 0.001 to 86400 seconds")]
    public async Task A_wrong_command_line_is_refused_in_one_line_that_names_the_fault(string arguments, string line)
    {
        await using var folder = new TestFolder();

        var outcome = await folder.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(new Outcome(2, "", $"airportops: {line}\n"), outcome);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--out is empty, expected DIR (./airportops clean --help shows what there is)", "clean", "a.jsonl", "--out", "")]
    [InlineData("--out is empty, expected DIR (./airportops clean --help shows what there is)", "clean", "a.jsonl", "--out", " ")]
    [InlineData("--data is empty, expected DIR (./airportops status --help shows what there is)", "status", "--data", "")]
    [InlineData("--lake is empty, expected URI (./airportops bronze --help shows what there is)", "bronze", "--once", "--lake", "")]
    [InlineData("FILE is empty (./airportops clean --help shows what there is)", "clean", "", "--out", "o")]
    [InlineData("--rate is ' 5', expected a number (./airportops simulate --help shows what there is)", "simulate", "--rate", " 5")]
    public async Task An_empty_value_is_refused(string line, params string[] arguments)
    {
        await using var folder = new TestFolder();

        Assert.Equal(new Outcome(2, "", $"airportops: {line}\n"), await folder.RunAsync(arguments));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Behind_two_dashes_a_file_may_be_called_like_an_option()
    {
        await using var folder = new TestFolder();
        folder.Write("--odd", "{}\n");

        Assert.Equal(1, (await folder.RunAsync("clean", "--out", "o", "--json", "--", "--odd")).Done().Json.GetProperty("refused").GetInt32());
    }
}
