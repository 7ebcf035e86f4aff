using AirportOps.Reliability;

namespace AirportOps.Warehouse.Migrations;

/// <summary>A warehouse that can't be brought to its version, or whose scripts don't fit it.</summary>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="fault">Whose fault it is.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class MigrationException(string message, Fault fault, Exception? innerException)
    : WarehouseException(message, fault, innerException)
{
    /// <summary>The script it is about; null when it is about none.</summary>
    public string? Script { get; init; }

    /// <summary>The number of the line in it; null when no line is to blame.</summary>
    public int? Line { get; init; }
}
