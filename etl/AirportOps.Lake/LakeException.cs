namespace AirportOps.Lake;

/// <summary>Trouble with an object store outside the program.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="isTransient">Whether the same call may work a little later.</param>
/// <param name="innerException">The cause, or null.</param>
public class LakeException(string message, bool isTransient, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Whether the same call may work a little later without anybody doing anything.</summary>
    public bool IsTransient { get; } = isTransient;
}
