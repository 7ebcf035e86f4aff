using System.Globalization;
using AirportOps.Testing;

namespace AirportOps.Chaos.Stages;

/// <summary>
/// A stage as a supervisor of the operating system keeps it: started again some time after it was hurt. That it ends by itself is a fault, unless
/// it gave way to a second one as the documents say.
/// </summary>
/// <param name="name">For messages: the verb and its first options.</param>
/// <param name="start">Starts the process.</param>
internal sealed class SupervisedStage(string name, Func<ProgramProcess> start) : IAsyncDisposable
{
    private const int Killed = 137;

    /// <summary>By SIGTERM so early that the runtime had not begun to handle signals.</summary>
    private const int Terminated = 143;

    /// <summary>Far more than any stage takes to end, on a busy machine too.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterGivingWay = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<string> _faults = [];
    private readonly List<ProgramEnd> _ends = [];
    private ProgramProcess? _current;
    private TimeSpan? _restartAfter;
    private bool _isStopping;
    private Task _running = Task.CompletedTask;

    /// <summary>For messages.</summary>
    internal string Name => name;

    /// <summary>What it did that no stage may do; empty when all was well.</summary>
    internal IReadOnlyList<string> Faults
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>Whether the stage may give way, because a second one was started.</summary>
    internal bool MayGiveWay { get; set; }

    /// <summary>Starts the stage, and keeps it until <see cref="StopAsync"/>.</summary>
    internal void Start() => _running = Task.Run(KeepAsync);

    /// <summary>Sends the stage's process a signal, if there is one.</summary>
    /// <param name="signal">KILL and TERM end it; STOP and CONT don't.</param>
    /// <param name="restartAfter">How long after its end it is started again; null where the signal doesn't end it.</param>
    /// <returns>False where the process is down.</returns>
    internal async Task<bool> SignalAsync(string signal, TimeSpan? restartAfter)
    {
        ProgramProcess? process;
        lock (_lock)
        {
            process = _current;
            if (process is null || process.HasEnded)
            {
                return false;
            }

            _restartAfter = restartAfter ?? _restartAfter;
        }

        return await process.SignalAsync(signal);
    }

    /// <summary>Waits until the process that runs now has ended.</summary>
    internal async Task UntilEndedAsync(CancellationToken cancellationToken)
    {
        var process = _current;
        if (process is not null)
        {
            await Deadline.UntilAsync($"{name} has ended after SIGTERM", () => _current != process, TimeToEnd, cancellationToken);
        }
    }

    /// <summary>Ends the stage by SIGTERM, for good; it must end in time and with 0.</summary>
    internal async Task StopAsync()
    {
        ProgramProcess? process;
        lock (_lock)
        {
            _isStopping = true;
            process = _current;
        }

        if (process is not null)
        {
            await process.SignalAsync("TERM");
        }

        try
        {
            await _running.WaitAsync(TimeToEnd);
        }
        catch (TimeoutException)
        {
            Fault($"has not ended {TimeToEnd.TotalSeconds:0} s after SIGTERM");
            process?.Kill();
            await _running;
        }
    }

    /// <summary>The last lines that its processes wrote to standard error, the newest process last.</summary>
    internal IEnumerable<string> LastLines(int count)
    {
        lock (_lock)
        {
            var texts = _ends.Select(end => string.Create(CultureInfo.InvariantCulture, $"{end.Error}[ended with {end.ExitCode}]"))
                .Append(_current?.ErrorSoFar ?? string.Empty);
            return [.. texts.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).TakeLast(count)];
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isStopping = true;
            if (_current is { HasEnded: false })
            {
                _current.Kill();
            }
        }

        await _running;
    }

    private async Task KeepAsync()
    {
        while (true)
        {
            ProgramProcess process;
            lock (_lock)
            {
                if (_isStopping)
                {
                    return;
                }

                (process, _restartAfter) = (start(), null);
                _current = process;
            }

            await using var owned = process;
            var end = await process.WaitAsync(Forever, CancellationToken.None);
            if (Ended(end) is not { } pause)
            {
                return;
            }

            await Task.Delay(pause);
        }
    }

    /// <summary>Judges an end.</summary>
    /// <returns>How long to wait before the next start; null to stay down.</returns>
    private TimeSpan? Ended(ProgramEnd end)
    {
        lock (_lock)
        {
            _current = null;
            _ends.Add(end);
            var wasAsked = _restartAfter is not null || _isStopping;
            var gaveWay = MayGiveWay && end.ExitCode == 1 && end.Error.Contains("Another ", StringComparison.Ordinal);
            var isFine = gaveWay || (wasAsked && end.ExitCode is 0 or Killed or Terminated);
            if (!isFine)
            {
                Fault($"ended {(wasAsked ? "on request" : "by itself")} with {end.ExitCode.ToString(CultureInfo.InvariantCulture)}");
            }

            return _isStopping || !isFine ? null : _restartAfter ?? AfterGivingWay;
        }
    }

    private void Fault(string what)
    {
        lock (_lock)
        {
            _faults.Add($"{name} {what}");
        }
    }
}
