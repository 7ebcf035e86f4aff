using Microsoft.Extensions.Logging;

namespace AirportOps.Cli.Output;

/// <summary>Writes log entries as lines: what an operator should know always, the rest when asked for more.</summary>
/// <param name="output">Where to.</param>
/// <param name="least">The least level written.</param>
internal sealed class LineLogger(TextWriter output, LogLevel least) : ILogger
{
    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            output.WriteLine(exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
        }
    }
}
