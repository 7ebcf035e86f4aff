using AirportOps.Reliability;

namespace AirportOps.Warehouse;

/// <summary>Trouble with the warehouse: its server, its connection or its content.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="fault">Whose fault it is.</param>
/// <param name="innerException">The cause, or null.</param>
public class WarehouseException(string message, Fault fault, Exception? innerException) : FaultException(message, fault, innerException);
