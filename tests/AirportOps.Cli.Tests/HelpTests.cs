using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

public sealed class HelpTests
{
    private const string Common = "--data --stream --lake --warehouse --json --verbose --help";

    [Fact]
    public async Task The_root_lists_every_verb()
    {
        await using var folder = new TestFolder();

        var help = (await folder.RunAsync("--help")).Done();

        Assert.Empty(help.Error);
        string[] verbs =
        [
            "demo", "simulate", "ingest", "bronze", "silver", "clean", "load", "migrate", "gold", "quarantine", "generation", "verify", "sql", "run", "status", "doctor",
            "health",
        ];
        Assert.All(verbs, verb => Assert.Contains($"\n  {verb} ", help.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("demo", "--events --mess --seed --no-dashboard")]
    [InlineData("simulate", "--events --rate --seed --mess --date --ledger --endless --to --shards")]
    [InlineData("ingest flights", "<FILE> --check --to --shards")]
    [InlineData("ingest events", "<FILE> --rate --skip --to --shards")]
    [InlineData("bronze", "--once --shards --lease-table --worker --lease-seconds --heartbeat-seconds --max-shards")]
    [InlineData("silver", "--once --no-load --window-seconds --window-records --window-bytes --ids-in-memory --shards --lease-table")]
    [InlineData("clean", "<FILE> --out --bronze --accept-gaps --now --force --explain --codec --page-version --encodings --ids-in-memory")]
    [InlineData("load", "--follow --lease-table --worker --lease-seconds --heartbeat-seconds")]
    [InlineData("migrate up", "")]
    [InlineData("migrate status", "")]
    [InlineData("migrate plan", "--engine")]
    [InlineData("migrate baseline", "<VERSION>")]
    [InlineData("gold build", "")]
    [InlineData("gold test", "--select")]
    [InlineData("quarantine list", "")]
    [InlineData("quarantine show", "--reason --limit")]
    [InlineData("generation show", "")]
    [InlineData("generation begin", "--reason --dry-run --no-warehouse")]
    [InlineData("verify", "--ledger --no-gold --clean --score")]
    [InlineData("sql", "<QUERY> --csv --timeout")]
    [InlineData("run", "--once --window-seconds --window-records --window-bytes --ids-in-memory --shards --lease-table")]
    [InlineData("status", "--no-warehouse --lease-table")]
    [InlineData("doctor", "--lease-table")]
    [InlineData("health", "--within")]
    public async Task A_verb_lists_its_options_and_those_of_every_verb(string verb, string own)
    {
        await using var folder = new TestFolder();

        var help = (await folder.RunAsync([.. verb.Split(' '), "--help"])).Done();

        Assert.Empty(help.Error);
        var words = help.Output.Split([' ', ',', '\n', '[', ']'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        Assert.Superset($"{own} {Common}".Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(), words);
    }
}
