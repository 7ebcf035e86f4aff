using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

/// <summary>A demo interrupted by Ctrl-C while all stages work, and after it one that is left alone.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    internal Outcome Interrupted { get; private set; } = null!;

    /// <summary>What still ran when the interrupted demo had ended.</summary>
    internal IReadOnlyList<string> LeftByInterrupted { get; private set; } = [];

    internal Outcome Demo { get; private set; } = null!;

    /// <summary>What still ran when the demo had ended.</summary>
    internal IReadOnlyList<string> LeftByDemo { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var interrupted = _folder.Start("demo", "--events", "5000", "--no-dashboard");
        await TestFolder.UntilAsync(() => _folder.HasFile(".airportops/demo/lake/silver/_windows"), interrupted);
        await interrupted.SignalAsync("INT");
        Interrupted = await interrupted.WaitAsync();
        LeftByInterrupted = _folder.Processes();
        Demo = await _folder.RunAsync("demo", "--events", "5000", "--no-dashboard", "--json");
        LeftByDemo = _folder.Processes();
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}
