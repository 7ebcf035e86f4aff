using AirportOps.Reliability;

namespace AirportOps.Streams;

/// <summary>Trouble with a stream outside the program: a disk, a service, another writer, damaged data.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="fault">Whose fault it is.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class StreamException(string message, Fault fault, Exception? innerException) : FaultException(message, fault, innerException);
