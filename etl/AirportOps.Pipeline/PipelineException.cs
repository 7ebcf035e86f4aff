namespace AirportOps.Pipeline;

/// <summary>A stage that can't go on.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="isTransient">Whether the same work may succeed a little later.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class PipelineException(string message, bool isTransient, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Whether the same work may succeed a little later without anybody doing anything.</summary>
    public bool IsTransient { get; } = isTransient;
}
