using AirportOps.Reliability;

namespace AirportOps.Files;

/// <summary>A file is of a kind that is not read, or not what its name says.</summary>
/// <param name="message">One line: which file, what it is, what to do.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class InputFormatException(string message, Exception? innerException = null) : FaultException(message, Fault.Operator, innerException);
