using System.Globalization;
using AirportOps.Pipeline;

namespace AirportOps.Cli.Output;

/// <summary>
/// Shows what stages do while they do it: on a terminal a block of lines renewed twice a second, elsewhere one line a stage every five seconds.
/// Disposing shows the last state.
/// </summary>
internal sealed class ProgressDisplay : IAsyncDisposable
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(5);

    private readonly LiveConsole _console;
    private readonly IReadOnlyList<StageProgress> _stages;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _showing;

    private ProgressDisplay(LiveConsole console, IReadOnlyList<StageProgress> stages, TimeProvider clock)
    {
        _console = console;
        _stages = stages;
        _clock = clock;
        _started = clock.GetTimestamp();
        _showing = ShowAsync();
    }

    /// <summary>Starts to show stages.</summary>
    internal static ProgressDisplay Start(LiveConsole console, TimeProvider clock, params IReadOnlyList<StageProgress> stages) =>
        new(console, stages, clock);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _showing;
        Render();
        _console.Release();
        _stop.Dispose();
    }

    private async Task ShowAsync()
    {
        using var timer = new PeriodicTimer(_console.IsTerminal ? TerminalInterval : LogInterval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                Render();
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop: the last state is shown by whoever disposes.
        }
    }

    private void Render()
    {
        var elapsed = _clock.GetElapsedTime(_started);
        _console.Show([.. _stages.Select(stage => Line(stage.Snapshot(), elapsed))]);
    }

    private static string Line(StageSnapshot stage, TimeSpan elapsed)
    {
        var culture = CultureInfo.InvariantCulture;
        var rate = elapsed > TimeSpan.Zero ? stage.Records / elapsed.TotalSeconds : 0;
        var lag = stage switch
        {
            { IsDone: true } => "done",
            { ShareRead: > 0 and var share } => string.Create(culture, $"{share,4:0%}, {elapsed.TotalSeconds * (1 - share) / share:0} s left"),
            _ => string.Create(culture, $"lag {stage.Lag.TotalSeconds:0.0} s"),
        };
        return string.Create(
            culture,
            $"{elapsed.TotalSeconds,6:0.0} s  {stage.Stage,-9}{stage.Records,11:N0} records{rate,9:N0}/s{stage.Rows,11:N0} rows{stage.Duplicates,7:N0} dup{stage.Refused,7:N0} refused  {lag}");
    }
}
