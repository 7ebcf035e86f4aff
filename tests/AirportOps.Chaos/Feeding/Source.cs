using System.Globalization;
using AirportOps.Testing;

namespace AirportOps.Chaos.Feeding;

/// <summary>Sends a round's events: <c>simulate</c>, and after each time it is killed <see cref="ResumedSource"/>, until all are sent.</summary>
/// <param name="folder">The round's folder.</param>
/// <param name="options">What is sent.</param>
internal sealed class Source(RoundFolder folder, SourceOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private ProgramProcess? _current;
    private TimeSpan? _restartAfter;

    /// <summary>Sends.</summary>
    /// <returns>What went wrong; null when all was sent.</returns>
    internal async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var isFirst = true;
        while (true)
        {
            await using var process = isFirst
                ? folder.Start([.. options.Arguments, "--ledger", folder.Ledger])
                : folder.StartSelf([ResumedSource.Verb, folder.Stream, folder.Ledger, .. options.Resumed]);
            isFirst = false;
            lock (_lock)
            {
                (_current, _restartAfter) = (process, null);
            }

            ProgramEnd end;
            TimeSpan? pause;
            try
            {
                end = await process.WaitAsync(Patience, cancellationToken);
            }
            finally
            {
                lock (_lock)
                {
                    (_current, pause) = (null, _restartAfter);
                }
            }

            if (end.ExitCode == 0)
            {
                return null;
            }

            if (pause is null)
            {
                return $"the source ended by itself with {end.ExitCode.ToString(CultureInfo.InvariantCulture)}: {end.Error.Trim()}";
            }

            await Task.Delay(pause.Value, cancellationToken);
        }
    }

    /// <summary>Kills the process that sends now.</summary>
    /// <returns>False where there is none, for instance because all is sent.</returns>
    internal async Task<bool> KillAsync(TimeSpan restartAfter)
    {
        ProgramProcess process;
        lock (_lock)
        {
            if (_current is not { HasEnded: false } current)
            {
                return false;
            }

            (process, _restartAfter) = (current, restartAfter);
        }

        return await process.SignalAsync("KILL");
    }
}
