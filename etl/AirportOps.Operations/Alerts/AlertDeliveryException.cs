using AirportOps.Reliability;

namespace AirportOps.Operations.Alerts;

/// <summary>An alert was not delivered.</summary>
/// <param name="message">One line: why and what to do.</param>
/// <param name="innerException">The cause.</param>
public sealed class AlertDeliveryException(string message, Exception innerException) : FaultException(message, Fault.Outside, innerException);
