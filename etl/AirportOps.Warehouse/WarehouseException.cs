namespace AirportOps.Warehouse;

/// <summary>Trouble with the warehouse: its server, its connection or its content.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="isTransient">Whether the same call may work a little later.</param>
/// <param name="innerException">The cause, or null.</param>
public class WarehouseException(string message, bool isTransient, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Whether the same call may work a little later without anybody doing anything.</summary>
    public bool IsTransient { get; } = isTransient;
}
