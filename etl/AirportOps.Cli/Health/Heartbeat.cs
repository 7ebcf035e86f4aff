using AirportOps.Cli.Hosting;
using AirportOps.Pipeline;

namespace AirportOps.Cli.Health;

/// <summary>
/// Says in a file, every few seconds, that a verb lives and how its stages do; takes the file away when the verb ends. Where no file is set it does
/// nothing. Of several processes that were given one file the first has it: a verb that somebody runs beside a service, in its container, must not speak for it.
/// </summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    /// <summary>Silence after which a process hangs, whatever it works on.</summary>
    internal static readonly TimeSpan TimeToHang = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly string _verb;
    private readonly IReadOnlyList<StageProgress> _stages;
    private readonly TextWriter _error;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _started;
    private readonly Dictionary<string, (long Signs, DateTimeOffset Since)> _signs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beating;
    private bool _hasComplained;

    private Heartbeat(string path, FileStream held, string verb, IReadOnlyList<StageProgress> stages, TextWriter error, TimeProvider clock)
    {
        (_path, _lock, _verb, _stages, _error, _clock) = (path, held, verb, stages, error, clock);
        _started = clock.GetUtcNow();
        _beating = Task.Run(BeatAsync);
    }

    /// <summary>Starts to say so; null where no file is set or another process has it.</summary>
    /// <param name="context">Names the file.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="stages">Its stages.</param>
    internal static Heartbeat? Start(VerbContext context, string verb, params IReadOnlyList<StageProgress> stages)
    {
        if (context.Settings.HealthFile is not { } path)
        {
            return null;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var held = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new Heartbeat(path, held, verb, stages, context.Error, context.Clock);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            context.Error.WriteLine($"airportops: health is not written to {path}: {refused.Message}");
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating;
        Try(() => File.Delete(_path));
        await _lock.DisposeAsync();
        _stop.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            do
            {
                var now = _clock.GetUtcNow();
                var file = new HealthFile(_verb, Environment.ProcessId, _started, now, [.. _stages.Select(stage => BeatOf(stage.Snapshot(), now))]);
                Try(() => file.Write(_path));
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The verb has ended.
        }
    }

    private StageBeat BeatOf(StageSnapshot stage, DateTimeOffset now)
    {
        if (!_signs.TryGetValue(stage.Stage, out var last) || last.Signs != stage.SignsOfLife)
        {
            _signs[stage.Stage] = last = (stage.SignsOfLife, now);
        }

        return new StageBeat(stage.Stage, last.Since, stage.Lag.TotalSeconds, stage.Outputs, stage.IsDone);
    }

    /// <summary>Does something to the file. That it can't be done is said once and stops nothing else: the events matter more.</summary>
    private void Try(Action toDo)
    {
        try
        {
            toDo();
            _hasComplained = false;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            if (!_hasComplained)
            {
                _error.WriteLine($"airportops: health is not written to {_path}: {refused.Message}");
                _hasComplained = true;
            }
        }
    }
}
