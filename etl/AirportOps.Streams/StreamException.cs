namespace AirportOps.Streams;

/// <summary>Trouble with a stream outside the program: a disk, a service, another writer, damaged data.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="isTransient">Whether the same call may work a little later.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class StreamException(string message, bool isTransient, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Whether the same call may work a little later without anybody doing anything.</summary>
    public bool IsTransient { get; } = isTransient;
}
