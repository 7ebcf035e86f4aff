namespace AirportOps.Pipeline.Quarantine;

/// <summary>A window that accepted events.</summary>
/// <param name="FirstArrived">The earliest arrival in it.</param>
/// <param name="LastArrived">The latest arrival in it.</param>
/// <param name="IdsKey">Where its ids lie.</param>
internal sealed record AcceptedWindow(DateTimeOffset FirstArrived, DateTimeOffset LastArrived, string IdsKey);
