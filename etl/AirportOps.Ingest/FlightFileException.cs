using AirportOps.Reliability;

namespace AirportOps.Ingest;

/// <summary>A flight file that can't be read: absent, damaged, or of no known kind. Trying again does not help.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class FlightFileException(string message, Exception? innerException) : FaultException(message, Fault.Operator, innerException);
