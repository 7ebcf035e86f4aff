using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

public sealed class SettingsTests
{
    private static readonly string[] Check = ["bronze", "--once"];

    [Theory]
    [InlineData("""{"Shards": 0}""", "the setting Shards is '0', expected a whole number from 1 to 64")]
    [InlineData("""{"Shards": "several"}""", "the setting Shards is 'several', expected a whole number from 1 to 64")]
    [InlineData("""{"Shards": 1.5}""", "the setting Shards is '1.5', expected a whole number from 1 to 64")]
    [InlineData("""{"Window": {"Seconds": -1}}""", "the setting Window:Seconds is '-1', expected a number from 0.001 to 3600")]
    [InlineData("""{"Lake": "ftp://somewhere"}""", "the lake 'ftp://somewhere' is of no kind that this version opens; expected file:DIR or s3://BUCKET/PREFIX")]
    [InlineData(
        """{"Shards": 65, "Window": {"Records": 0}}""",
        "the setting Shards is '65', expected a whole number from 1 to 64; the setting Window:Records is '0', expected a whole number from 1 to 10000000")]
    public async Task A_bad_setting_in_the_file_is_refused_by_name(string file, string line)
    {
        await using var folder = new TestFolder();
        folder.Write("appsettings.json", file);

        Assert.Equal(new Outcome(2, "", $"airportops: {line}\n"), await folder.RunAsync(Check));
    }

    [Fact]
    public async Task A_damaged_settings_file_is_refused_with_its_line()
    {
        await using var folder = new TestFolder();
        folder.Write("appsettings.json", "{\n  \"Shards\": 4,,\n}");

        var outcome = await folder.RunAsync(Check);

        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        var line = Assert.Single(outcome.ErrorLines);
        Assert.StartsWith($"airportops: Failed to load configuration from file '{folder["appsettings.json"]}': ", line, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 1", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AIRPORTOPS_METRICS__SECONDS", "0", "the setting Metrics:Seconds is '0', expected a number from 1 to 3600")]
    [InlineData("AIRPORTOPS_METRICS__BYSHARD", "yes", "the setting Metrics:ByShard is 'yes', expected true or false")]
    [InlineData(
        "AIRPORTOPS_ALERTS__TOPICARN", "alerts", "the setting Alerts:TopicArn: 'alerts' is no ARN of a topic; expected arn:aws:sns:REGION:ACCOUNT:NAME")]
    [InlineData("AIRPORTOPS_ALERTS__EVERYMINUTES", "0", "the setting Alerts:EveryMinutes is '0', expected a number from 1 to 10080")]
    [InlineData("AIRPORTOPS_ALERTS__QUARANTINEPERCENT", "101", "the setting Alerts:QuarantinePercent is '101', expected a number from 0 to 100")]
    [InlineData("AIRPORTOPS_SHARDS", "100", "the setting Shards is '100', expected a whole number from 1 to 64")]
    [InlineData("AIRPORTOPS_WINDOW__BYTES", "0", "the setting Window:Bytes is '0', expected a whole number from 1 to 1073741824")]
    [InlineData("AIRPORTOPS_STREAM", "pigeon:post", "the stream 'pigeon:post' is of no kind that this version opens; expected local:DIR or kinesis:NAME")]
    public async Task A_bad_setting_in_the_environment_is_refused_by_name(string name, string value, string line)
    {
        await using var folder = new TestFolder();

        Assert.Equal(
            new Outcome(2, "", $"airportops: {line}\n"),
            await folder.RunAsync(new Dictionary<string, string> { [name] = value }, Check));
    }

    [Theory]
    [InlineData("silver --once --no-load --window-seconds x", "the setting Window:Seconds is 'x', expected a number from 0.001 to 3600")]
    [InlineData("silver --once --no-load --window-records 0.5", "the setting Window:Records is '0.5', expected a whole number from 1 to 10000000")]
    [InlineData("bronze --once --emf here", "the setting Metrics:Emf is 'here', expected off, stderr, stdout or file:PATH")]
    [InlineData("bronze --once --shards 0", "the setting Shards is '0', expected a whole number from 1 to 64")]
    [InlineData("bronze --once --stream here", "the stream 'here' is of no kind that this version opens; expected local:DIR or kinesis:NAME")]
    [InlineData("bronze --once --stream kinesis:a/b", "'a/b' is no name of a Kinesis stream: expected 1 to 128 letters, digits, '-', '_' and, not first, '.'")]
    [InlineData("bronze --once --lake s3://A", "'A' is no name of a bucket: expected 3 to 63 lower-case letters, digits, '-' and '.'")]
    [InlineData(
        "bronze --once --aws-endpoint here",
        "the setting Aws:Endpoint: 'here' is no endpoint; expected http://HOST:PORT, https://HOST, or one of these after SERVICE=")]
    [InlineData("bronze --once --lake file:", "the lake 'file:' is of no kind that this version opens; expected file:DIR or s3://BUCKET/PREFIX")]
    public async Task A_bad_setting_as_an_option_is_refused_by_name(string arguments, string line)
    {
        await using var folder = new TestFolder();

        Assert.Equal(new Outcome(2, "", $"airportops: {line}\n"), await folder.RunAsync(arguments.Split(' ')));
    }

    [Theory]
    [InlineData("5,5")]
    [InlineData("1,000")]
    [InlineData(" 5")]
    [InlineData("5 ")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-1")]
    [InlineData("0x1F")]
    public async Task A_number_that_is_none_is_refused_from_the_environment_and_from_a_file(string value)
    {
        await using var folder = new TestFolder();
        var line = $"airportops: the setting Window:Seconds is '{value}', expected a number from 0.001 to 3600\n";
        var environment = new Dictionary<string, string> { ["AIRPORTOPS_WINDOW__SECONDS"] = value };
        if (value.Length > 0)
        {
            Assert.Equal(new Outcome(2, "", line), await folder.RunAsync(environment, "silver", "--once"));
        }

        folder.Write("appsettings.json", $$$"""{"Window": {"Seconds": "{{{value}}}"}}""");

        Assert.Equal(new Outcome(2, "", line), await folder.RunAsync("silver", "--once"));
    }

    [Fact]
    public async Task An_empty_place_in_the_environment_is_none()
    {
        await using var folder = new TestFolder();
        var settings = new Dictionary<string, string> { ["AIRPORTOPS_STREAM"] = "", ["AIRPORTOPS_LAKE"] = "", ["AIRPORTOPS_WAREHOUSE"] = "", ["AIRPORTOPS_DATA"] = "" };

        (await folder.RunAsync(settings, Check)).Done();

        Assert.True(Directory.Exists(folder[".airportops/stream/airport-events"]));
    }

    [Theory]
    [InlineData(null, null, null, 4, ".airportops")]
    [InlineData(2, null, null, 2, "of-file")]
    [InlineData(2, 3, null, 3, "of-environment")]
    [InlineData(2, 3, 5, 5, "of-option")]
    [InlineData(2, null, 5, 5, "of-option")]
    public async Task The_environment_overrides_the_file_and_options_override_both(int? file, int? environment, int? option, int shards, string data)
    {
        await using var folder = new TestFolder();
        var settings = new Dictionary<string, string>();
        string[] options = [];
        if (file is not null)
        {
            folder.Write("appsettings.json", $$"""{"Data": "of-file", "Shards": {{file}}}""");
        }

        if (environment is not null)
        {
            settings = new() { ["AIRPORTOPS_DATA"] = "of-environment", ["AIRPORTOPS_SHARDS"] = $"{environment}" };
        }

        if (option is not null)
        {
            options = ["--data", "of-option", "--shards", $"{option}"];
        }

        (await folder.RunAsync(settings, [.. Check, .. options])).Done();

        Assert.Equal([data], Directory.EnumerateDirectories(folder.Path).Select(Path.GetFileName));
        Assert.Equal(shards, Directory.EnumerateDirectories(folder[$"{data}/stream/airport-events"]).Count());
    }
}
