using System.Text.Json;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

/// <summary>A folder in which simulated events and two recorded flights have gone through the whole pipeline.</summary>
public sealed class PipelineFixture : IAsyncLifetime
{
    internal const int SimulatedEvents = 20_000;

    internal TestFolder Folder { get; } = new();

    internal JsonElement Simulated { get; private set; }

    internal JsonElement Ingested { get; private set; }

    internal JsonElement Ran { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Folder.Write("flights.csv", Flights.Csv);
        Simulated = await JsonAsync(
            "simulate", "--events", $"{SimulatedEvents}", "--mess", "0.3", "--seed", "7", "--date", "2024-05-17", "--ledger", "ledger.jsonl");
        Ingested = await JsonAsync("ingest", "flights", "flights.csv");
        Ran = await JsonAsync("run", "--once");
    }

    /// <summary>Runs a verb that must succeed, with <c>--json</c>.</summary>
    internal async Task<JsonElement> JsonAsync(params string[] arguments) => (await Folder.RunAsync([.. arguments, "--json"])).Done().Json;

    public ValueTask DisposeAsync() => Folder.DisposeAsync();
}
