using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>A window that accepted events.</summary>
/// <param name="FirstArrived">The earliest arrival in it.</param>
/// <param name="LastArrived">The latest arrival in it.</param>
/// <param name="Ids">Its ids.</param>
internal sealed record AcceptedWindow(DateTimeOffset FirstArrived, DateTimeOffset LastArrived, WindowObject Ids);
