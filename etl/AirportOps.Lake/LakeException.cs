using AirportOps.Reliability;

namespace AirportOps.Lake;

/// <summary>Trouble with an object store outside the program.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="fault">Whose fault it is.</param>
/// <param name="innerException">The cause, or null.</param>
public class LakeException(string message, Fault fault, Exception? innerException) : FaultException(message, fault, innerException);
