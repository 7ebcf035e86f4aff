namespace AirportOps.Reliability;

/// <summary>A failure that says whose fault it is. Each boundary of the program has its own kind.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="fault">Whose fault it is.</param>
/// <param name="innerException">The cause, or null.</param>
public abstract class FaultException(string message, Fault fault, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Whose fault it is.</summary>
    public Fault Fault { get; } = fault;
}
