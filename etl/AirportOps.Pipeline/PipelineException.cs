using AirportOps.Reliability;

namespace AirportOps.Pipeline;

/// <summary>A stage that can't go on.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="fault">Whose fault it is.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class PipelineException(string message, Fault fault, Exception? innerException) : FaultException(message, fault, innerException);
